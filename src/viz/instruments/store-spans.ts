import type { StoreSpans, StoreTrouble } from './store-lanes.ts';

/** What the journal tells of a store, by kind of entry. */
const TROUBLE: Readonly<Record<string, StoreTrouble | null>> = {
  'store-down': 'down',
  'store-paused': 'paused',
  'store-slow': 'slow',
  'store-full': 'full',
  'store-up': null,
  'store-resumed': null,
};

/** Folds entries, oldest first, into the spans in which each store was in trouble. */
export function storeSpans(
  names: readonly string[],
  entries: readonly { readonly kind: string; readonly subject: string; readonly t: number }[],
): StoreSpans[] {
  return names.map((name) => {
    const spans: { fromMs: number; toMs: number; state: StoreTrouble }[] = [];
    let now: StoreTrouble | null = null;
    let since = 0;
    const close = (t: number): void => {
      if (now !== null) spans.push({ fromMs: since, toMs: t, state: now });
    };
    for (const { kind, subject, t } of entries) {
      const state = TROUBLE[kind];
      if (subject !== name || state === undefined || state === now) continue;
      close(t);
      now = state;
      since = t;
    }
    close(Infinity);
    return { name, spans };
  });
}
