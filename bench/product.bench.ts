/** The product's engine against our own anchor loop and against simjs, and what it leaves on the heap. */
import { createRun } from '../src/sim/create-run.ts';
import { AnchorHerd } from './anchor-loop.ts';
import { LESSON_MS, large, lesson } from './herds.ts';
import { simJsHerd } from './simjs-herd.ts';
import { loadSimJs, simJsLoop } from './simjs-loop.ts';
import type { Scenario } from '../src/sim/model/scenario.ts';
import { cpu, judge, note, nsPerEvent } from './support.ts';

/** Of a run, in ms: where it is put back to, untimed; where it has found its feet again; and where it is timed to. */
type Stretch = readonly [fromMs: number, warmMs: number, toMs: number];
const LESSON: Stretch = [60_000, 65_000, 90_000];
const LARGE: Stretch = [2000, 3500, 3800];
/** Short stretches all of them, of some 10,000 events: the machine leaves one or the other alone. */
const ANCHOR_REQUESTS = 5000;
const SIMJS_TURNS = 10_000;

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

/** The anchor loop, once it has found its feet. */
function anchor(workers: number): () => () => number {
  const herd = new AnchorHerd('roundrobin', workers, 0.8 * workers, Infinity, 7);
  herd.advance(100 * workers);
  return () => () => {
    herd.advance(herd.served + ANCHOR_REQUESTS);
    return 2 * ANCHOR_REQUESTS;
  };
}

const lib = await loadSimJs();
const simjs = {
  lesson: simJsHerd(lib, 10, 300, 50, 7),
  large: simJsHerd(lib, 1000, 100_000, 5000, 7),
  loop10: simJsLoop(lib, 10, 0.8, 7),
  loop1000: simJsLoop(lib, 1000, 0.8, 7),
};
// Until cancelled time-outs leave as fast as new ones come: 15 s of virtual time.
simjs.lesson.run(10_000);
simjs.large.run(800_000);
simjs.loop1000(100_000);

const runs = {
  lessonMemory: product(lesson('memory'), LESSON),
  lessonRedis: product(lesson('redis'), LESSON),
  largeMemory: product(large('memory'), LARGE),
  largeRedis: product(large('redis'), LARGE),
};
const cost = nsPerEvent(
  {
    anchor10: anchor(10),
    anchor1000: anchor(1000),
    lessonMemory: runs.lessonMemory.ready,
    lessonRedis: runs.lessonRedis.ready,
    largeMemory: runs.largeMemory.ready,
    largeRedis: runs.largeRedis.ready,
    simjs10: () => () => simjs.loop10(SIMJS_TURNS),
    simjs1000: () => () => simjs.loop1000(SIMJS_TURNS),
    // The same herds, event for event, as one would write them there.
    simjsLesson: () => () => simjs.lesson.run(SIMJS_TURNS),
    simjsLarge: () => () => simjs.large.run(SIMJS_TURNS),
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
judge('simjs against the anchor loop, 10 workers', cost.simjs10 / cost.anchor10, 10, '×', true);
judge('simjs against the anchor loop, 1,000 workers', cost.simjs1000 / cost.anchor1000, 10, '×', true);
// An event of the whole product against one of the smallest loop there, which looks nothing up and keeps no books.
judge('simjs’s loop, 10 workers, against the lesson', cost.simjs10 / cost.lessonMemory, 8, '×', true);
judge('simjs’s loop, 1,000, against the large herd', cost.simjs1000 / cost.largeMemory, 8, '×', true);
// Like against like: the same herd, an event for an event. Many of those are plain timers there, cheaper than its loop's.
for (const [name, there, nsThere, here] of [
  ['lesson', simjs.lesson, cost.simjsLesson, 'lessonMemory'],
  ['large herd', simjs.large, cost.simjsLarge, 'largeMemory'],
] as const) {
  const each = there.perRequest();
  const times = `${(nsThere / cost[here]).toFixed(2)}× ours`;
  note(
    `the same ${name} in simjs`,
    `${times}; ${each.toFixed(2)} events a request, ${(nsThere * each).toFixed(0)} ns`,
  );
}

// What a person waits for: one lesson from its start, creation included, as a file is read once and played with many seeds.
const whole = lesson('redis');
const first = createRun(whole);
first.advance(LESSON_MS);
const seconds = cpu(() => {
  for (let seed = 1; seed <= 5; seed++) createRun(whole, seed).advance(LESSON_MS);
});
note(
  'a whole lesson',
  `${first.events} events, ${((seconds / 5) * 1000).toFixed(1)} ms; 200 seeds ${(seconds * 40).toFixed(1)} s`,
);
