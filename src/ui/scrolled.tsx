/** What may be larger than its place scrolls in itself, by keyboard too: in Safari only what takes the focus does. */
import { useEffect, useRef, type ReactNode } from 'react';

interface ScrolledProps {
  /** What it is, for whoever comes to it by keyboard. */
  label: string;
  /** Which way it scrolls; sideways if nothing is said. */
  className?: string;
  children: ReactNode;
}

export function Scrolled({ label, className = 'overflow-x-auto', children }: ScrolledProps) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const sizes = new ResizeObserver(() => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      // A stop for Tab only where there is something to scroll.
      if (scrollWidth > clientWidth || scrollHeight > clientHeight) element.tabIndex = 0;
      else element.removeAttribute('tabindex');
    });
    for (const sized of [element, ...element.children]) sizes.observe(sized);
    return () => sizes.disconnect();
  }, []);
  return (
    <section ref={place} aria-label={label} className={className}>
      {children}
    </section>
  );
}
