import type { Legs } from '../../sim/view.ts';
import { CAUSE, isInside } from './failure-words.ts';
import { CROSS_MS, paceOf, type StageInput } from './input.ts';
import { FLAG, nodeKind, OUTCOME, NODE } from './legs.ts';

/** Failures that ended at one place, told as one. */
export interface FailureMark {
  /** Node where it is drawn, numbered as in `Legs`. */
  readonly node: number;
  /** Wall ms since the latest of them: it fades by this. */
  age: number;
  /** Wall ms since the first that is still shown: it was drawn by this. */
  drawn: number;
  count: number;
  cause: number;
  /** The application says 503: it is not ready. */
  is503: boolean;
  /** Whether the balancer or client tries again elsewhere: not a failure yet. */
  retried: boolean;
}

export const MARK_MS = 2 * CROSS_MS.stroke + CROSS_MS.hold + CROSS_MS.fade;

/** The way to a server that each user's request took last, by the user's number. */
interface LastTries {
  /** Node of the server; 0 = the request has been nowhere yet. */
  readonly node: Int32Array;
  readonly t0: Float64Array;
  /** 1 = that try failed. */
  readonly failed: Uint8Array;
}

/**
 * Where requests ended badly, from the legs in order of their time. A failure is counted once: at the node where its
 * request was when it failed, although the bad news travels back to the user.
 */
export function failureMarks(input: StageInput): FailureMark[] {
  const { legs, t, stretchMs } = input;
  if (!someBad(legs)) return [];
  const pace = paceOf(stretchMs);
  const travel = input.reducedMotion ? 0 : stretchMs;
  const tries = noTries(legs);
  const marks = new Map<number, FailureMark>();
  for (let i = 0; i < legs.length; i++) {
    const outcome = legs.outcome[i]!;
    const to = legs.to[i]!;
    const t0 = legs.t0[i]!;
    const bad = isBad(outcome);
    const from = legs.from[i]!;
    const user = legs.user[i]!;
    const forward = to > from;
    const last = user < 0 ? 0 : tries.node[user]!;
    if (forward && user >= 0 && nodeKind(to) === 'container') {
      tries.node[user] = to;
      tries.t0[user] = t0;
      tries.failed[user] = bad ? 1 : 0;
    } else if (
      last !== 0 &&
      (from === NODE.users || (to === NODE.balancer && !bad && nodeKind(from) === 'container'))
    ) {
      tries.node[user] = 0;
    }
    if (!bad) continue;
    if (outcome === OUTCOME.retried && nodeKind(from) === 'container') {
      const arrived = (last === 0 ? t0 : tries.t0[user]!) + travel;
      const age = (t - Math.max(t0, arrived)) / pace;
      if (age >= 0 && age < MARK_MS) note(marks, from, { age, cause: -1, is503: false, retried: true });
      if (last !== 0) tries.failed[user] = 1;
      continue;
    }
    const place = forward ? { node: to, t0 } : placeOfAnswer(legs, i, tries);
    if (place === null) continue;
    // Not before the request has visibly arrived where it failed.
    const age = (t - Math.max(t0, place.t0 + travel)) / pace;
    if (age >= 0 && age < MARK_MS) {
      const is503 = (legs.flags[i]! & FLAG.is503) !== 0;
      note(marks, place.node, { age, cause: legs.cause[i]!, is503, retried: outcome === OUTCOME.retried });
    }
  }
  // Where only some users' legs are here, their failures stand for those of all.
  for (const mark of marks.values()) mark.count *= legs.every;
  return [...marks.values()];
}

/** Mostly all goes well, and there is nothing to find. */
function someBad({ length, outcome }: Legs): boolean {
  for (let i = 0; i < length; i++) if (isBad(outcome[i]!)) return true;
  return false;
}

const isBad = (outcome: number): boolean => outcome === OUTCOME.failed || outcome === OUTCOME.retried;

const known = new WeakMap<StageInput, readonly FailureMark[]>();

/** The same, found once for a picture. */
export function marksOf(input: StageInput): readonly FailureMark[] {
  let marks = known.get(input);
  if (marks === undefined) {
    marks = failureMarks(input);
    known.set(input, marks);
  }
  return marks;
}

function noTries({ length, user }: Legs): LastTries {
  let most = -1;
  for (let i = 0; i < length; i++) if (user[i]! > most) most = user[i]!;
  return {
    node: new Int32Array(most + 1),
    t0: new Float64Array(most + 1),
    failed: new Uint8Array(most + 1),
  };
}

/** A failed answer tells where its request failed; its hop from the server is the same failure once more. */
function placeOfAnswer(legs: Legs, i: number, tries: LastTries): { node: number; t0: number } | null {
  const from = legs.from[i]!;
  const t0 = legs.t0[i]!;
  const user = legs.user[i]!;
  // Its own error is told by the hop from the server itself: its user may have another request under way elsewhere.
  if (isInside(legs.cause[i]!) && nodeKind(from) !== 'store') {
    if (nodeKind(from) !== 'container') return null;
    return { node: from, t0: user >= 0 && tries.node[user] === from ? tries.t0[user]! : t0 };
  }
  if (legs.to[i] !== NODE.users) return nodeKind(from) === 'store' ? { node: from, t0 } : null;
  const last = user < 0 ? 0 : tries.node[user]!;
  if (last !== 0 && tries.failed[user] === 1) return null;
  switch (legs.cause[i]) {
    case CAUSE.noServer:
    case CAUSE.queueTimeout:
      return { node: NODE.balancer, t0 };
    case CAUSE.clientTimeout:
      return { node: NODE.users, t0 };
    default:
      return last === 0 ? { node: from, t0 } : { node: last, t0: tries.t0[user]! };
  }
}

function note(
  marks: Map<number, FailureMark>,
  node: number,
  { age, cause, is503, retried }: Pick<FailureMark, 'age' | 'cause' | 'is503' | 'retried'>,
): void {
  const known = marks.get(node);
  if (known === undefined) {
    marks.set(node, { node, age, drawn: age, count: 1, cause, is503, retried });
    return;
  }
  if (retried && !known.retried) return;
  known.count = known.retried && !retried ? 1 : known.count + 1;
  known.retried = retried;
  if (age <= known.age) {
    known.cause = cause;
    known.is503 = is503;
  }
  known.age = Math.min(known.age, age);
  known.drawn = Math.max(known.drawn, age);
}
