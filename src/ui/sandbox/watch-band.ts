/** Which of several elements has been scrolled to, where no pointer says what is looked at. */

/** A band in the lower half of the screen: on a phone the herd stands above it. */
const BAND = '-72% 0px -20% 0px';

/** Tells the first of `elements` in the band, or null; returns how to stop. */
export function watchBand(
  elements: readonly HTMLElement[],
  tell: (element: HTMLElement | null) => void,
): () => void {
  const inside = new Set<Element>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries)
        if (isIntersecting) inside.add(target);
        else inside.delete(target);
      tell(elements.find((element) => inside.has(element)) ?? null);
    },
    { rootMargin: BAND },
  );
  for (const element of elements) observer.observe(element);
  return () => observer.disconnect();
}
