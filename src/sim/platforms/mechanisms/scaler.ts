import { alive, type Container } from '../../model/container.ts';
import { EV } from '../../model/events.ts';
import type { Scaler } from '../../model/upkeep.ts';
import type { World } from '../../model/world.ts';
import { type Proposal, type Sample, stabilised } from './autoscaler.ts';
import { membersOf, staying } from './members.ts';
import { threshold } from './threshold.ts';

/** What the scaler of the herd remembers. Plain data, replaced when it changes. */
export interface ScalerState {
  /** When it last decided; the meters were read then. */
  readonly readAt: number;
  /** Looks at the number of requests in flight since. */
  readonly looks: number;
  readonly proposals: readonly Proposal[];
  /** What it measured when it last decided, a container; null = nothing yet. */
  readonly usage: number | null;
}

/** Between two looks at the requests in flight, in ms. */
const LOOK_MS = 1000;
/** CPU of a container that is this young says nothing while it is not ready (S-74). */
const INITIAL_MS = 300_000;

/** Begins to scale, if the scenario has a scaler and none is at work. */
export function startScaler(w: World): void {
  if (w.app.scaler === null || w.scaler !== null) return;
  readMeters(w);
  // What runs counts as proposed when it begins: it does not scale down before its window is over (S-72).
  const proposals = [{ t: w.now, n: w.services[w.herd].wanted }];
  w.scaler = { readAt: w.now, looks: 0, proposals, usage: null };
  next(w, w.app.scaler);
}

const next = (w: World, s: Scaler): void =>
  w.after(s.metric === 'in-flight' ? Math.min(LOOK_MS, s.intervalMs) : s.intervalMs, EV.scaler, 0);

/** Reads the meters of every container: the next reading counts from here. */
function readMeters(w: World): void {
  for (const c of w.containers) {
    if (c.service !== w.herd) continue;
    c.readAt = w.now;
    c.readWorkMs = c.workMs;
    c.readTaken = c.taken;
    c.load = 0;
  }
}

/** Looks, and decides when its interval is over. Returns the number that it set, 0 = none. */
export function onScaler(w: World): number {
  const s = w.app.scaler;
  const state = w.scaler;
  if (s === null || state === null) {
    w.scaler = null;
    return 0;
  }
  next(w, s);
  if (s.metric === 'in-flight')
    for (const c of w.containers) if (c.service === w.herd) c.load += c.active + c.backlog.length;
  const looked = { ...state, looks: state.looks + 1 };
  w.scaler = looked;
  return w.now - state.readAt < s.intervalMs ? 0 : decide(w, s, looked);
}

function decide(w: World, s: Scaler, state: ScalerState): number {
  const rule = w.platform.autoscaler ?? threshold;
  const current = w.services[w.herd].wanted;
  const samples = membersOf(w, w.herd)
    .filter(staying)
    .map((c) => sampleOf(w, c, s, state));
  readMeters(w);
  const proposals = [
    ...state.proposals.filter((p) => p.t > w.now - s.windowMs),
    { t: w.now, n: rule.propose(current, samples, s) },
  ];
  w.scaler = { readAt: w.now, looks: 0, proposals, usage: usageOf(samples) };
  // Nothing is wanted by hand: the scaler rests until somebody scales up again.
  if (current === 0) return 0;
  const wish = Math.min(stabilised(proposals, w.now, s.windowMs), rule.limit(current, s));
  // Beyond its bounds it goes to the bound first, whatever is measured.
  const n = current > s.max ? s.max : Math.min(s.max, Math.max(s.min, current < s.min ? s.min : wish));
  if (n === current) return 0;
  const entry = w.journal.add(w.now, 'scaled', -1, -1, -1, -1, n, reading(samples, s));
  w.platform.rescale(w, w.herd, n, entry);
  return n;
}

/** What a container used since the meters were read. */
function sampleOf(w: World, c: Container, s: Scaler, state: ScalerState): Sample {
  const unready = isUnready(w, c, s);
  if (c.readAt !== state.readAt) return { usage: null, unready };
  const elapsed = w.now - state.readAt;
  switch (s.metric) {
    case 'cpu':
      return { usage: (c.workMs - c.readWorkMs) / (elapsed * capacityOf(w, s)), unready };
    case 'rps':
      return { usage: ((c.taken - c.readTaken) * 1000) / elapsed, unready };
    case 'in-flight':
      return { usage: c.load / Math.max(1, state.looks), unready };
  }
}

/** CPU counts only of containers that have been ready for as long as they are measured, while they are young (S-74). */
function isUnready(w: World, c: Container, s: Scaler): boolean {
  if (!alive(c)) return c.phase === 'created' || s.metric === 'cpu';
  if (s.metric !== 'cpu') return false;
  if (w.now - c.startedAt < INITIAL_MS)
    return !c.ready || (c.readySince > 0 && w.now - c.readySince < s.intervalMs);
  return !c.ready && c.readySince < c.startedAt;
}

/** Requests worked on at once that make a container busy. */
const capacityOf = (w: World, s: Scaler): number =>
  s.capacity ?? (w.app.concurrency === Infinity ? 8 : w.app.concurrency);

/** The average of those that were measured; null = there is none. */
function usageOf(samples: readonly Sample[]): number | null {
  const measured = samples.flatMap((x) => (x.usage === null || x.unready ? [] : [x.usage]));
  return measured.length === 0 ? null : measured.reduce((a, b) => a + b, 0) / measured.length;
}

function reading(samples: readonly Sample[], { metric, target }: Scaler): string {
  const average = usageOf(samples) ?? 0;
  return metric === 'cpu'
    ? `cpu ${Math.round(100 * average)} % of ${Math.round(100 * target)} %`
    : `${Math.round(10 * average) / 10} ${metric === 'rps' ? 'requests a second' : 'requests in flight'} a container, ${target} are the target`;
}
