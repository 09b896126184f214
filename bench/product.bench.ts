/** The product's engine against our own anchor loop and against simjs, and what it leaves on the heap. */
import { createRun } from '../src/sim/create-run.ts';
import { anchorLoop } from './anchor-loop.ts';
import { LESSON_MS, large, lesson } from './herds.ts';
import { simJsHerd } from './simjs-herd.ts';
import { loadSimJs, simJsLoop } from './simjs-loop.ts';
import type { Scenario } from '../src/sim/model/scenario.ts';
import { cpu, judge, note, nsPerEvent } from './support.ts';

/** Of a run, in ms: where it is put back to, untimed; where it has found its feet again; and where it is timed to. */
type Stretch = readonly [fromMs: number, warmMs: number, toMs: number];
const LESSON: Stretch = [60_000, 80_000, 180_000];
const LARGE: Stretch = [2000, 2500, 3500];

interface Work {
  /** Events a request. */
  readonly perRequest: number;
  ready(): () => number;
}

function product(scenario: Scenario, [fromMs, warmMs, toMs]: Stretch): Work {
  const run = createRun(scenario);
  run.advance(fromMs);
  const start = run.checkpoint();
  run.advance(warmMs);
  const before = run.events;
  run.advance(toMs);
  return {
    perRequest: (run.events - before) / (run.metrics(warmMs, toMs)['requests.total'] ?? 0),
    ready: () => {
      run.restore(start);
      run.advance(warmMs);
      const events = run.events;
      return () => {
        run.advance(toMs);
        return run.events - events;
      };
    },
  };
}

const simjs = await loadSimJs();
const runs = {
  lessonMemory: product(lesson('memory'), LESSON),
  lessonRedis: product(lesson('redis'), LESSON),
  largeMemory: product(large('memory'), LARGE),
  largeRedis: product(large('redis'), LARGE),
};
const cost = nsPerEvent(
  {
    anchor10: () => () => anchorLoop('roundrobin', 10, 0.8, 40_000, 7).events,
    anchor1000: () => () => anchorLoop('roundrobin', 1000, 0.8, 40_000, 7).events,
    lessonMemory: runs.lessonMemory.ready,
    lessonRedis: runs.lessonRedis.ready,
    largeMemory: runs.largeMemory.ready,
    largeRedis: runs.largeRedis.ready,
    simjs10: () => () => simJsLoop(simjs, 10, 0.8, 3000, 7),
    simjs1000: () => () => simJsLoop(simjs, 1000, 0.8, 5000, 7),
    // The same herds, event for event, as one would write them there.
    simjsLesson: () => {
      const herd = simJsHerd(simjs, 10, 300, 50, 3000, 7);
      return () => herd().events;
    },
    simjsLarge: () => {
      const herd = simJsHerd(simjs, 1000, 100_000, 5000, 5000, 7);
      return () => herd().events;
    },
  },
  30,
);

for (const [what, ns] of Object.entries(cost)) note(what, `${ns.toFixed(1)} ns an event`);
judge('lesson, sessions in memory, against the anchor loop', cost.lessonMemory / cost.anchor10, 3.5, '×');
judge('lesson, sessions in Redis, against the anchor loop', cost.lessonRedis / cost.anchor10, 3.5, '×');
judge('1,000 containers and 10^5 sessions in memory', cost.largeMemory / cost.anchor1000, 3.5, '×');
judge('1,000 containers and 10^5 sessions in Redis', cost.largeRedis / cost.anchor1000, 3.5, '×');

const nsARequest = (what: keyof typeof runs): number => cost[what] * runs[what].perRequest;
for (const what of ['lessonMemory', 'lessonRedis', 'largeMemory', 'largeRedis'] as const)
  note(what, `${runs[what].perRequest.toFixed(2)} events a request, ${nsARequest(what).toFixed(0)} ns`);
// Like against like: the same loop in both; then the same herd, an event for an event and a request for a request.
judge('simjs against the anchor loop, 10 workers', cost.simjs10 / cost.anchor10, 10, '×', true);
judge('simjs against the anchor loop, 1,000 workers', cost.simjs1000 / cost.anchor1000, 10, '×', true);
const herds = [
  ['lesson', simJsHerd(simjs, 10, 300, 50, 3000, 7)(), cost.simjsLesson, 'lessonMemory'],
  ['large herd', simJsHerd(simjs, 1000, 100_000, 5000, 5000, 7)(), cost.simjsLarge, 'largeMemory'],
] as const;
for (const [name, there, nsThere, here] of herds) {
  const perRequest = there.events / there.requests;
  note(
    `the same ${name} in simjs`,
    `${perRequest.toFixed(2)} events a request, ${(nsThere * perRequest).toFixed(0)} ns`,
  );
  judge(`simjs against the ${name}, an event`, nsThere / cost[here], 8, '×', true);
  judge(`simjs against the ${name}, a request`, (nsThere * perRequest) / nsARequest(here), 8, '×', true);
}

// What a person waits for: one lesson from its start, creation included.
const whole = createRun(lesson('redis'));
whole.advance(LESSON_MS);
const seconds = cpu(() => {
  for (let seed = 1; seed <= 5; seed++) createRun(lesson('redis'), seed).advance(LESSON_MS);
});
note(
  'a whole lesson',
  `${whole.events} events, ${((seconds / 5) * 1000).toFixed(1)} ms; 200 seeds ${(seconds * 40).toFixed(1)} s`,
);
