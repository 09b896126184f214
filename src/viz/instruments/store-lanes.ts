import { type Lane, round, type Shape, type Strip } from './shapes.ts';

/** A store and when it was in which trouble, in order of time; outside of the spans it was well. */
export interface StoreSpans {
  readonly name: string;
  readonly spans: readonly { readonly fromMs: number; readonly toMs: number; readonly state: StoreTrouble }[];
}

export type StoreTrouble = 'down' | 'paused' | 'slow' | 'full';

const FILLS = { down: 'hollow', paused: 'hatch', slow: 'dots', full: 'dots' } as const;

/** One low strip a store: a solid bar while it is well, an outline while it is down, another filling for other trouble. */
export function storeLanes(stores: readonly StoreSpans[]): ((strip: Strip) => Lane)[] {
  return stores.map(({ name, spans }) => (strip) => {
    const end = Math.min(strip.nowMs, strip.toMs);
    const shapes: Shape[] = [];
    const bar = (fromMs: number, toMs: number, state: StoreTrouble | null): void => {
      const from = Math.max(fromMs, strip.fromMs);
      const to = Math.min(toMs, end);
      if (to <= from) return;
      const x = round(strip.x(from));
      shapes.push({
        kind: 'bar',
        x,
        y: strip.top + (state === null ? 4 : 0),
        w: Math.max(1.5, round(strip.x(to) - x)),
        h: strip.bottom - strip.top - (state === null ? 8 : 0),
        tone: state === null ? 'blue' : 'red',
        fill: state === null ? 'solid' : FILLS[state],
      });
    };
    let at = strip.fromMs;
    for (const span of spans) {
      bar(at, span.fromMs, null);
      bar(span.fromMs, span.toMs, span.state);
      at = Math.max(at, span.toMs);
    }
    bar(at, end, null);
    const during = (ms: number): string => spans.find((s) => s.fromMs <= ms && ms < s.toMs)?.state ?? 'up';
    const msOf = (bin: number): number =>
      strip.fromMs + ((bin + 0.5) / strip.bins) * (strip.toMs - strip.fromMs);
    return {
      id: `store ${name}`,
      label: name,
      scale: '',
      top: strip.top,
      bottom: strip.bottom,
      shapes,
      words:
        spans.length === 0
          ? `Store ${name}: up all the time.`
          : `Store ${name}: ${spans.map((s) => `${s.state} from ${round(s.fromMs / 1000)} s to ${round(Math.min(s.toMs, end) / 1000)} s`).join(', ')}.`,
      read: (bin) => during(msOf(bin)),
    };
  });
}
