/** The drawers there are, in the order of their buttons. */
import type { Drawer } from '../../store/herd-state.ts';

export const DRAWERS: readonly { readonly name: Drawer; readonly label: string }[] = [
  { name: 'instruments', label: 'Instruments' },
  { name: 'inspect', label: 'Inspect' },
  { name: 'journal', label: 'Journal' },
  { name: 'console', label: 'Console' },
];
