/** What each drawer holds. Each comes when it is first opened; the grammar of the commands comes with the console. */
import { lazy } from 'react';
import type { Contents } from './drawer.tsx';

export const CONTENTS: Contents = {
  console: lazy(() => import('./console.tsx').then(({ Console }) => ({ default: Console }))),
  inspect: lazy(() => import('../inspect/inspect.tsx').then(({ Inspect }) => ({ default: Inspect }))),
  journal: lazy(() => import('./journal.tsx').then(({ Journal }) => ({ default: Journal }))),
  instruments: lazy(() =>
    import('../instruments/instruments-panel.tsx').then(({ InstrumentsPanel }) => ({
      default: InstrumentsPanel,
    })),
  ),
};
