/** The header's buttons where there is no room for them. */
import { useCallback, useRef, useState } from 'react';
import { Menu, type MenuItem } from './menu/menu.tsx';

export function MoreMenu({ items }: { items: readonly MenuItem[] }) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => {
    setOpen(false);
    button.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="relative min-[700px]:hidden">
      <button
        ref={button}
        type="button"
        className="btn btn-icon"
        aria-label="More"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <svg width="20" height="6" aria-hidden="true" className="fill-current">
          <circle cx="3" cy="3" r="2.25" />
          <circle cx="10" cy="3" r="2.25" />
          <circle cx="17" cy="3" r="2.25" />
        </svg>
      </button>
      {open && <Menu label="More" className="top-full right-0 mt-1" items={items} close={close} />}
    </div>
  );
}
