/** Time travel: restore the nearest checkpoint and run on to a random moment, bit for bit the same as going straight. */
import { Stream } from '../src/sim/engine/random.ts';
import type { Scenario } from '../src/sim/model/scenario.ts';
import { Checkpoints } from '../src/sim/engine/checkpoints.ts';
import type { Checkpoint } from '../src/sim/run.ts';
import { createRun } from '../src/sim/create-run.ts';
import { LESSON_MS, lesson } from './herds.ts';
import { app, balancer, scenario } from '../test/support/fixtures.ts';
import { cpu, judge, note, quantile } from './support.ts';

const SEEKS = 200;
const MB = 1024 * 1024;
/** What a browser tab may spend on its past. */
const BUDGET = 128 * MB;
/** Checkpoints that are timed, after the seeks: their store is as full as it gets, and its room has been used before. */
const SAVES = 40;
/**
 * What the target of 3 ms was set by, where it was set: a herd of this size as one flat table of 19.3 MB, copied into room
 * that was there, in 2.9 ms. So a checkpoint is judged by that copy in the same run, and its ms are the machine's.
 */
const FLAT_BYTES = 19.3e6;
const SAVE_BOUND = Math.round((100 * 3) / 2.9) / 100;
const flat = new Float64Array(FLAT_BYTES / 8).fill(1);
/** In turns, so that none is still at hand from the copy before. */
const rooms = Array.from({ length: 4 }, () => new Float64Array(flat.length).fill(0));

interface Case {
  readonly name: string;
  readonly scenario: Scenario;
  /** Checkpoints are kept from here on, and seeks go to moments between the two. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Events between checkpoints. */
  readonly every: number;
  readonly bound: number;
}

/** 1,000 containers, 10^6 sessions, and 50,000 requests in the herd at once: 5,000 a second, each for 10 s. */
const crowd = scenario(
  [
    app({ replicas: 1000, serviceTime: { kind: 'uniform', min: 8000, max: 12_000 } }),
    balancer({ sticky: 'cookie', serverTimeoutMs: 60_000 }),
  ],
  { platform: 'swarm' },
  { users: 1_000_000, rate: 5000, timeoutMs: 60_000 },
);

const cases: Case[] = [
  { name: 'lesson', scenario: lesson('redis'), fromMs: 0, toMs: LESSON_MS, every: 5000, bound: 10 },
  {
    name: '1,000 containers, 50,000 requests, 10^6 sessions',
    scenario: crowd,
    fromMs: 12_000,
    toMs: 22_000,
    every: 25_000,
    bound: 50,
  },
];

for (const { name, scenario: s, fromMs, toMs, every, bound } of cases) {
  const run = createRun(s);
  run.advance(fromMs);
  const checkpoints = new Checkpoints<Checkpoint>(BUDGET, (gone) => run.recycle(gone));
  checkpoints.add(run.checkpoint());
  const first: number[] = [];
  const marks: { readonly t: number; readonly hash: string }[] = [];
  const random = new Stream(11, 0);
  const moments = Array.from(
    { length: SEEKS },
    () => fromMs + Math.floor(random.uniform() * (toMs - fromMs)),
  ).sort((a, b) => a - b);
  let events = run.events;
  const advance = (to: number, saves: number[]): void => {
    run.advance(to);
    if (run.events - events < every) return;
    events = run.events;
    saves.push(1000 * cpu(() => checkpoints.add(run.checkpoint())));
  };
  for (const t of moments) {
    while (run.now < t) advance(Math.min(t, run.now + 100), first);
    marks.push({ t, hash: run.hash() });
  }

  // In a random order, as a hand on the time axis would.
  for (let i = marks.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [marks[i], marks[j]] = [marks[j]!, marks[i]!];
  }
  const took: number[] = [];
  let wrong = 0;
  for (const { t, hash } of marks) {
    // CPU time: what else the machine does is no part of a seek.
    const seek = (): void => {
      run.restore(checkpoints.before(t)!);
      run.advance(t);
    };
    took.push(1000 * cpu(seek));
    if (run.hash() !== hash) wrong++;
  }
  run.restore(checkpoints.before(toMs)!);
  events = run.events;
  const saves: number[] = [];
  while (saves.length < SAVES) advance(run.now + 100, saves);
  const copies = saves.map((_, i) => 1000 * cpu(() => rooms[i % rooms.length]!.set(flat)));

  note(name, `${run.view().totals.inFlight} in flight, ${run.view().totals.sessionsHeld} sessions held`);
  note(
    'checkpoints',
    `${checkpoints.length}, ${(checkpoints.bytes / MB).toFixed(1)} MB, saved in ${quantile(saves, 0.5).toFixed(1)} ms (p95 ${quantile(saves, 0.95).toFixed(1)} ms; the first ones ${quantile(first, 0.5).toFixed(1)} ms; a flat copy of 19.3 MB ${quantile(copies, 0.5).toFixed(1)} ms)`,
  );
  note(
    'seek',
    `p50 ${quantile(took, 0.5).toFixed(1)} ms, p95 ${quantile(took, 0.95).toFixed(1)} ms, max ${quantile(took, 1).toFixed(1)} ms`,
  );
  judge('seeks that end at another hash', wrong, 0, '');
  judge('checkpoints within their budget', checkpoints.bytes / MB, BUDGET / MB, ' MB');
  judge('a checkpoint of a flat copy, p50', quantile(saves, 0.5) / quantile(copies, 0.5), SAVE_BOUND, 'x');
  judge('seek, p95', quantile(took, 0.95), bound, ' ms');
}
