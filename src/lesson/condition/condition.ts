/**
 * Conditions as data: what `parse.ts` makes of a line such as `sessions.lost == 0 during 0s..10s after first command`,
 * and `evaluate.ts` decides. Plain JSON, so that a compiled lesson carries no parser. Times are ms of virtual time.
 */
import type { MetricName } from '../../sim/metrics/names.ts';

export type Comparator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** A carried-out command: any, or one whose line begins with `prefix`; the first such or the last. */
export interface Anchor {
  readonly which: 'first' | 'last';
  /** '' = any command. */
  readonly prefix: string;
}

/** The part of the run that is measured. `anchor: null` counts from the start of the run. */
export type Window =
  /** From the anchor until now. */
  | { readonly kind: 'since'; readonly anchor: Anchor | null }
  /** Closed: [anchor + from, anchor + to]. */
  | {
      readonly kind: 'during';
      readonly fromMs: number;
      readonly toMs: number;
      readonly anchor: Anchor | null;
    }
  /** At some instant of (anchor, anchor + for]. Comparisons of counters and gauges only. */
  | { readonly kind: 'within'; readonly forMs: number; readonly anchor: Anchor | null };

/** A number read from a run. */
export interface Measure {
  readonly metric: MetricName;
  readonly window: Window;
  readonly source: string;
}

/** `share` is set for `40% of sessions.created`: the bound is then that share of `metric` in the same window. */
export type Bound =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'metric'; readonly metric: MetricName; readonly share: number };

export type Expression =
  | {
      readonly kind: 'compare';
      readonly metric: MetricName;
      readonly comparator: Comparator;
      readonly bound: Bound;
      readonly window: Window;
      /** These characters of the condition's source. */
      readonly span: readonly [number, number];
    }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] };

export interface Condition {
  readonly source: string;
  readonly expression: Expression;
}
