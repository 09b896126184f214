/** Beside the drawer's name: what chooses among its contents stays in sight there while they scroll. */
import { createContext, use, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** Null until the drawer has been rendered; undefined outside of one. */
export const DrawerTopContext = createContext<HTMLElement | null | undefined>(undefined);

/** Where there is no drawer it stands where it is written. */
export function DrawerTop({ children }: { children: ReactNode }) {
  const place = use(DrawerTopContext);
  if (place === undefined) return children;
  return place && createPortal(children, place);
}
