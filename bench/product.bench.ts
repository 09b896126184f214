/** The product's engine against our own anchor loop and against simjs, and what it leaves on the heap. */
import { createRun } from '../src/sim/create-run.ts';
import { anchorLoop } from './anchor-loop.ts';
import { LESSON_MS, large, lesson } from './herds.ts';
import { loadSimJs, simJsLoop } from './simjs-loop.ts';
import { cpu, judge, note, nsPerEvent } from './support.ts';

const LARGE_WARM_MS = 2000;
const LARGE_MS = 6000;

/** Runs the scenario, then goes on from `fromMs`: what is paid once at the start is not an event's cost. */
function product(make: () => ReturnType<typeof createRun>, fromMs: number, toMs: number): () => number {
  const run = make();
  run.advance(fromMs);
  const start = run.checkpoint();
  return () => {
    run.restore(start);
    const before = run.events;
    run.advance(toMs);
    return run.events - before;
  };
}

const simjs = await loadSimJs();
const cost = nsPerEvent({
  simjs10: () => simJsLoop(simjs, 10, 0.8, 20_000, 7),
  simjs1000: () => simJsLoop(simjs, 1000, 0.8, 20_000, 7),
  anchor10: () => anchorLoop('roundrobin', 10, 0.8, 250_000, 7).events,
  anchor1000: () => anchorLoop('roundrobin', 1000, 0.8, 250_000, 7).events,
  lessonMemory: product(() => createRun(lesson('memory')), 0, LESSON_MS),
  lessonRedis: product(() => createRun(lesson('redis')), 0, LESSON_MS),
  largeMemory: product(() => createRun(large('memory')), LARGE_WARM_MS, LARGE_MS),
  largeRedis: product(() => createRun(large('redis')), LARGE_WARM_MS, LARGE_MS),
});
for (const [what, ns] of Object.entries(cost)) note(what, `${ns.toFixed(1)} ns an event`);
judge('lesson, sessions in memory, against the anchor loop', cost.lessonMemory / cost.anchor10, 3.5, '×');
judge('lesson, sessions in Redis, against the anchor loop', cost.lessonRedis / cost.anchor10, 3.5, '×');
judge('1,000 containers and 10^5 sessions in memory', cost.largeMemory / cost.anchor1000, 3.5, '×');
judge('1,000 containers and 10^5 sessions in Redis', cost.largeRedis / cost.anchor1000, 3.5, '×');
judge(
  'simjs against a lesson, 10 workers',
  cost.simjs10 / Math.max(cost.lessonMemory, cost.lessonRedis),
  8,
  '×',
  true,
);
judge(
  'simjs against the large herd, 1,000 workers',
  cost.simjs1000 / Math.max(cost.largeMemory, cost.largeRedis),
  8,
  '×',
  true,
);

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
