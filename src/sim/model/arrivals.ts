import { EV } from './events.ts';
import { drawFor, load, peakLoad } from './load.ts';
import { SIGN_IN } from './requests.ts';
import { ask } from './traffic.ts';
import type { World } from './world.ts';

/** Outcome codes. */
const DONE = 0;
const STALE = 1;

/** First events of the traffic, at t = 0. */
export function startTraffic(w: World): void {
  const t = w.traffic;
  if (t.users > 0) {
    if (t.rate !== null) scheduleArrival(w);
    else for (let u = 0; u < t.users; u++) w.after(t.thinkMs * w.users.exponential(u), EV.think, u);
  }
  for (let k = 0; k < t.streams.clients; k++) w.after(0, EV.connectStream, k);
}

/** Poisson arrivals; a varying rate is thinned from its peak, so that arrival times stay comparable. */
function scheduleArrival(w: World): void {
  const rate = w.traffic.rate ?? 0;
  if (rate > 0) w.after((w.random.arrivals.exponential() * 1000) / (rate * peakLoad(w)), EV.arrive, 0);
}

export function onArrive(w: World): number {
  scheduleArrival(w);
  const choices = w.random.choices;
  const t = w.traffic;
  const peak = peakLoad(w);
  const varies = t.wave !== null || t.spike !== null;
  if (varies && choices.uniform() * peak >= load(w)) return STALE;
  const user = choices.below(t.users);
  // Every draw is made whatever the state of things, so that the n-th request is the same in every branch.
  const pick = choices.uniform();
  const target = choices.uniform();
  const draw = w.random.work.draw(w.app.serviceTime);
  const kind = mustSignIn(w, user) ? SIGN_IN : kindOf(w, pick);
  ask(w, user, kind, draw, target);
  return DONE;
}

/** A user in closed load has thought enough. */
export function onThink(w: World, user: number): number {
  const users = w.users;
  const pick = users.uniform(user);
  const target = users.uniform(user);
  const draw = drawFor(w, user);
  ask(w, user, mustSignIn(w, user) ? SIGN_IN : kindOf(w, pick), draw, target);
  return DONE;
}

/** No session to show, or one that is known to be refused and that the user renews when next wanting something. */
function mustSignIn(w: World, user: number): boolean {
  if (w.users.session(user) < 0) return true;
  return w.users.isStale(user);
}

function kindOf(w: World, uniform: number): number {
  const upTo = w.mixUpTo();
  const at = uniform * upTo[upTo.length - 1];
  for (let i = 0; i < upTo.length; i++) if (at < upTo[i]) return i;
  return 0;
}
