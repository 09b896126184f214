/** What lies over the rest takes the focus while it is open, and gives it back; Escape leaves it. */
import { useEffect, useEffectEvent, type RefObject } from 'react';

/** `open` says which of them is there, or null; another one takes the focus anew. */
export function useOverlay(
  place: RefObject<HTMLElement | null>,
  open: string | null,
  onEscape: () => void,
): void {
  const leave = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Escape') onEscape();
  });
  useEffect(() => {
    const opened = place.current;
    if (open === null || !opened) return undefined;
    const before = document.activeElement;
    opened.focus({ preventScroll: true });
    // A low window has it below its edge.
    opened.scrollIntoView({ block: 'nearest' });
    const onKeyDown = (event: KeyboardEvent): void => leave(event);
    opened.addEventListener('keydown', onKeyDown);
    return () => {
      opened.removeEventListener('keydown', onKeyDown);
      const now = document.activeElement;
      // Whoever has gone on to something else stays there.
      const isHere = now === null || now === document.body || opened.contains(now);
      if (isHere && before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, [place, open]);
}
