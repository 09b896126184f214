/** Whether anybody can see something: the page is shown, and the element is on the screen. */

/** Calls back at once and at every change; returns how to stop. */
export function watchSight(element: Element, tell: (seen: boolean) => void): () => void {
  const { ownerDocument } = element;
  let onScreen = true;
  const say = (): void => tell(onScreen && ownerDocument.visibilityState !== 'hidden');
  const observer =
    typeof IntersectionObserver === 'undefined'
      ? null
      : new IntersectionObserver((entries) => {
          onScreen = entries.at(-1)?.isIntersecting ?? true;
          say();
        });
  observer?.observe(element);
  ownerDocument.addEventListener('visibilitychange', say);
  say();
  return () => {
    observer?.disconnect();
    ownerDocument.removeEventListener('visibilitychange', say);
  };
}
