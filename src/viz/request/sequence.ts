import { ellipsize, textWidth } from '../text-width.ts';
import type { RequestTrace, TraceStage, TraceStep } from '../../sim/trace.ts';

/** Who takes part, from left to right. */
export interface Lane {
  readonly id: string;
  readonly label: string;
  readonly x: number;
}

export type Row = {
  readonly y: number;
  /** ms since the request was sent. */
  readonly at: number;
  /** ms that the step took; null while it lasts. */
  readonly took: number | null;
  readonly words: string;
  /** Journal entry that explains it, -1 = none. */
  readonly because: number;
} & (
  | { readonly kind: 'arrow'; readonly from: number; readonly to: number; readonly mark: Mark }
  | { readonly kind: 'bar'; readonly x: number; readonly fill: 'solid' | 'hollow' | 'hatch' }
  | { readonly kind: 'end'; readonly x: number; readonly mark: Mark }
);

/** How an arrow or the whole ends: arrived, refused or broken there, a user asked to sign in. */
export type Mark = 'ok' | 'failed' | 'half';

export interface Sequence {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly Lane[];
  readonly rows: readonly Row[];
  readonly top: number;
  readonly bottom: number;
}

const TOP = 44;
const PITCH = 30;
const LEFT = 96;
const RIGHT = 150;
/** Names at the head of the lanes, and what is left free between two. */
const LABEL_SIZE = 14;
const LABEL_MAX = 140;
const APART = 14;

/** A small sequence diagram of one request: one row a step, in order; not to scale in time. Pure. */
export function sequence(trace: RequestTrace, width: number, hasBalancer: boolean): Sequence {
  const ids = ['user', ...(hasBalancer ? ['balancer'] : [])];
  for (const { name, stage } of trace.steps) {
    if (name !== '' && !ids.includes(name)) ids.push(name);
    if (stage === 'store' || stage === 'store-wait') ids.push('store');
  }
  const ordered = [
    ...new Set([...ids.filter((id) => id !== 'store'), ...ids.filter((id) => id === 'store')]),
  ];
  const gaps = Math.max(1, ordered.length - 1);
  const labels = ordered.map((id) => ellipsize(labelOf(id, trace), LABEL_MAX, LABEL_SIZE, 700));
  const widths = labels.map((label) => textWidth(label, LABEL_SIZE, 700));
  const least = Math.max(...widths.slice(1).map((w, i) => (w + widths[i]!) / 2 + APART), APART);
  // Names of neighbours stay apart; where there is no room for that, the picture is wider than its window.
  const wide = Math.max(width, Math.ceil(LEFT + RIGHT + gaps * least));
  const gap = (wide - LEFT - RIGHT) / gaps;
  const lanes = ordered.map((id, i) => ({ id, label: labels[i]!, x: Math.round(LEFT + i * gap) }));
  const x = (id: string): number => lanes.find((lane) => lane.id === id)?.x ?? lanes[0]!.x;
  const front = hasBalancer ? 'balancer' : 'user';
  const sentAt = trace.steps[0]?.t ?? 0;
  const rows: Row[] = [];
  const add = (row: RowDraft, step: TraceStep, next: TraceStep | undefined): void => {
    rows.push({
      ...row,
      y: TOP + 22 + rows.length * PITCH,
      at: step.t - sentAt,
      took: next ? next.t - step.t : null,
      because: step.because,
    });
  };
  trace.steps.forEach((step, i) => {
    const next = trace.steps[i + 1];
    const holder = step.name === '' ? front : step.name;
    switch (step.stage) {
      case 'to-balancer':
        if (hasBalancer)
          add(
            { kind: 'arrow', from: x('user'), to: x('balancer'), mark: 'ok', words: WORDS[step.stage] },
            step,
            next,
          );
        break;
      case 'to-server': {
        const arrived =
          next !== undefined && next.name === step.name && INSIDE.includes(next.stage) && !byBalancer(next);
        const open = next === undefined;
        const words = arrived || open ? 'sent on' : brokenWords(next);
        add(
          { kind: 'arrow', from: x(front), to: x(holder), mark: arrived || open ? 'ok' : 'failed', words },
          step,
          next,
        );
        break;
      }
      case 'store':
        add(
          { kind: 'arrow', from: x(holder), to: x('store'), mark: 'ok', words: WORDS[step.stage] },
          step,
          next,
        );
        break;
      case 'store-wait':
        add({ kind: 'bar', x: x('store'), fill: 'hatch', words: WORDS[step.stage] }, step, next);
        break;
      case 'backlog':
      case 'working':
        add(
          {
            kind: 'bar',
            x: x(holder),
            fill: step.stage === 'working' ? 'solid' : 'hollow',
            words: WORDS[step.stage],
          },
          step,
          next,
        );
        break;
      case 'queued':
      case 'turnaround':
        add({ kind: 'bar', x: x(front), fill: 'hollow', words: WORDS[step.stage] }, step, next);
        break;
      case 'at-client':
        add({ kind: 'bar', x: x('user'), fill: 'hollow', words: WORDS[step.stage] }, step, next);
        break;
      case 'answering': {
        const from = fromInside(trace.steps[i - 1]) && !byBalancer(step) ? holder : front;
        const cut = step.status === 0 || step.status === null;
        const words = cut ? 'the connection broke' : `answers ${step.status}`;
        if (from !== 'user')
          add({ kind: 'arrow', from: x(from), to: x('user'), mark: markOf(step.status), words }, step, next);
        break;
      }
      case 'ended':
        add({ kind: 'end', x: x('user'), mark: markOf(step.status), words: endWords(step) }, step, next);
        break;
    }
  });
  const bottom = TOP + 22 + rows.length * PITCH;
  return { width: wide, height: bottom + 8, lanes, rows, top: TOP, bottom };
}

type RowDraft = DistributiveOmit<Row, 'y' | 'at' | 'took' | 'because'>;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

const INSIDE: readonly TraceStage[] = ['backlog', 'working', 'store', 'store-wait', 'answering'];
/** Answers that the balancer gives in a container's stead. */
const byBalancer = ({ stage, cause }: TraceStep): boolean =>
  stage === 'answering' &&
  (cause === 'connect-refused' ||
    cause === 'no-server' ||
    cause === 'queue-timeout' ||
    cause === 'server-timeout');
const fromInside = (step: TraceStep | undefined): boolean =>
  step !== undefined && ['backlog', 'working', 'store', 'store-wait', 'to-server'].includes(step.stage);

const WORDS = {
  'at-client': 'the user waits before trying again',
  'to-balancer': 'asks',
  queued: 'waits in the balancer for room',
  turnaround: 'the balancer waits before it tries again',
  backlog: 'waits for a turn',
  working: 'is worked on',
  store: 'asks the store',
  'store-wait': 'the store does not answer',
} as const;

const labelOf = (id: string, trace: RequestTrace): string =>
  id === 'user' ? `user ${trace.user + 1}` : id === 'balancer' ? 'balancer' : id;

const markOf = (status: number | null): Mark =>
  status === 200 ? 'ok' : status === 401 || status === 404 ? 'half' : 'failed';

const brokenWords = (next: TraceStep): string =>
  next.stage === 'ended' || next.stage === 'answering' ? 'nobody takes it' : 'refused, so another attempt';

function endWords({ status, cause }: TraceStep): string {
  if (status === 200) return 'done';
  if (status === 401) return 'is asked to sign in';
  if (status === 404) return 'not found';
  return `failed: ${(cause ?? 'no answer').replaceAll('-', ' ')}${status ? ` (${status})` : ''}`;
}
