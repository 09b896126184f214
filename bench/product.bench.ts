/** The product's engine against our own anchor loop and against simjs, and what it leaves on the heap. */
import { createRun } from '../src/sim/create-run.ts';
import { anchorLoop } from './anchor-loop.ts';
import { LESSON_MS, large, lesson } from './herds.ts';
import { loadSimJs, simJsHerd, simJsLoop } from './simjs-loop.ts';
import type { Scenario } from '../src/sim/model/scenario.ts';
import { cpu, judge, note, nsPerEvent } from './support.ts';

const LARGE_WARM_MS = 2000;
const LARGE_MS = 6000;

/** Puts the run back to `fromMs`, untimed, and runs it to `toMs`: what is paid once at the start is not an event's cost. */
function product(scenario: Scenario, fromMs: number, toMs: number): Work {
  const run = createRun(scenario);
  run.advance(fromMs);
  const start = run.checkpoint();
  run.advance(toMs);
  const handled = run.metrics(fromMs, toMs)['requests.total'] ?? 0;
  const events = run.events;
  run.restore(start);
  return {
    perRequest: (events - run.events) / handled,
    ready: () => {
      run.restore(start);
      const before = run.events;
      return () => {
        run.advance(toMs);
        return run.events - before;
      };
    },
  };
}

interface Work {
  /** Events a request. */
  readonly perRequest: number;
  ready(): () => number;
}

const simjs = await loadSimJs();
const runs = {
  lessonMemory: product(lesson('memory'), 0, LESSON_MS),
  lessonRedis: product(lesson('redis'), 0, LESSON_MS),
  largeMemory: product(large('memory'), LARGE_WARM_MS, LARGE_MS),
  largeRedis: product(large('redis'), LARGE_WARM_MS, LARGE_MS),
};
const cost = nsPerEvent({
  anchor10: () => () => anchorLoop('roundrobin', 10, 0.8, 250_000, 7).events,
  anchor1000: () => () => anchorLoop('roundrobin', 1000, 0.8, 250_000, 7).events,
  lessonMemory: runs.lessonMemory.ready,
  lessonRedis: runs.lessonRedis.ready,
  largeMemory: runs.largeMemory.ready,
  largeRedis: runs.largeRedis.ready,
  simjs10: () => () => simJsLoop(simjs, 10, 0.8, 20_000, 7),
  simjs1000: () => () => simJsLoop(simjs, 1000, 0.8, 20_000, 7),
});
// Requests, not events: the hops, the work and the trips to the store of the same herd, as one would write them there.
const perRequest = nsPerEvent({
  lesson: () => () => simJsHerd(simjs, 10, 50, 12_000, 7),
  large: () => () => simJsHerd(simjs, 1000, 5000, 12_000, 7),
});

for (const [what, ns] of Object.entries(cost)) note(what, `${ns.toFixed(1)} ns an event`);
judge('lesson, sessions in memory, against the anchor loop', cost.lessonMemory / cost.anchor10, 3.5, '×');
judge('lesson, sessions in Redis, against the anchor loop', cost.lessonRedis / cost.anchor10, 3.5, '×');
judge('1,000 containers and 10^5 sessions in memory', cost.largeMemory / cost.anchor1000, 3.5, '×');
judge('1,000 containers and 10^5 sessions in Redis', cost.largeRedis / cost.anchor1000, 3.5, '×');

const nsARequest = (what: keyof typeof runs): number => cost[what] * runs[what].perRequest;
for (const what of ['lessonMemory', 'lessonRedis', 'largeMemory', 'largeRedis'] as const)
  note(what, `${runs[what].perRequest.toFixed(2)} events a request, ${nsARequest(what).toFixed(0)} ns`);
note('the same lesson in simjs', `${perRequest.lesson.toFixed(0)} ns a request, queues and hops only`);
note('the same large herd in simjs', `${perRequest.large.toFixed(0)} ns a request, queues and hops only`);
// Like against like: the same loop in both; then the same herd, where simjs does the movements alone.
judge('simjs against the anchor loop, 10 workers', cost.simjs10 / cost.anchor10, 10, '×', true);
judge('simjs against the anchor loop, 1,000 workers', cost.simjs1000 / cost.anchor1000, 10, '×', true);
judge('simjs against a lesson, a request', perRequest.lesson / nsARequest('lessonMemory'), 2, '×', true);
judge('simjs against the large herd, a request', perRequest.large / nsARequest('largeMemory'), 2, '×', true);
// An event of simjs's small loop against one of the whole product.
const simjsEvent = [cost.simjs10 / cost.lessonMemory, cost.simjs1000 / cost.largeMemory] as const;
note('simjs against a lesson, an event', `${simjsEvent[0].toFixed(2)}×`);
judge('simjs against the large herd, an event', simjsEvent[1], 8, '×', true);

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
