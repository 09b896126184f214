/** A menu as assistive tools know it: arrow keys move, Home and End jump, Escape and Tab leave, focus goes back. */
import { useEffect, useRef, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';

export interface MenuItem {
  readonly label: string;
  /** Set for one choice out of several. */
  readonly checked?: boolean;
  readonly hint?: ReactNode;
  act(): void;
}

interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  /** Called when it should go away; the caller puts the focus back. */
  close(): void;
  style?: CSSProperties;
  className?: string;
}

export function Menu({ label, items, close, style, className = '' }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const menu = list.current;
    const first =
      menu?.querySelector<HTMLElement>('[aria-checked="true"]') ??
      menu?.querySelector<HTMLElement>('[role^="menuitem"]');
    first?.focus({ preventScroll: true });
    const leave = (event: PointerEvent): void => {
      if (event.target instanceof Node && !menu?.contains(event.target)) close();
    };
    document.addEventListener('pointerdown', leave);
    return () => document.removeEventListener('pointerdown', leave);
  }, [close]);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
    const at = all.findIndex((item) => item === document.activeElement);
    const to: Partial<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const next = to[event.key];
    if (next !== undefined) {
      event.preventDefault();
      all.at(next % all.length)?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault();
      close();
    }
    event.stopPropagation();
  }

  return (
    <div
      ref={list}
      role="menu"
      tabIndex={-1}
      aria-label={label}
      className={`menu absolute z-30 ${className}`}
      style={style}
      onKeyDown={onKeyDown}
    >
      {items.map((item) => (
        <button
          key={item.label}
          type="button"
          tabIndex={-1}
          role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
          aria-checked={item.checked}
          onClick={() => {
            item.act();
            close();
          }}
        >
          {item.label}
          {item.hint}
        </button>
      ))}
    </div>
  );
}
