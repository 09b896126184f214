import { describe, expect, test } from 'vitest';
import { createRun } from './create-run.ts';
import { parseCommand } from '../commands/parse-command.ts';
import { parseScenario } from '../scenario/parse.ts';
import type { RequestTrace } from './trace.ts';

const source = (lb: string): string => `
name: shop
x-paddock: { platform: bare, traffic: { users: 40, rate: 60/s, mix: { browse: 3, post: 1 } } }
services:
  app:
    image: shop:1.0
    deploy: { replicas: 3 }
    x-paddock: { boot: 1s, service-time: { exponential: 150ms }, state: { sessions: redis, uploads: none } }
  cache: { image: "redis:7-alpine" }
  lb: { image: "haproxy:3.2", x-paddock: { ${lb} } }
`;

function begin(lb = 'check: {}, redispatch: true') {
  const { scenario } = parseScenario(source(lb), 'compose.yaml');
  if (!scenario) throw new Error('the scenario does not read');
  return createRun(scenario);
}

function kill(run: ReturnType<typeof begin>): void {
  const line = 'docker kill shop-app-2';
  const parsed = parseCommand(line);
  if (!parsed.ok) throw new Error(parsed.message);
  run.apply(parsed.command, line);
}

/** The trace of a request, from a run of its own. */
function traceOf(request: number, lb?: string): RequestTrace {
  const run = begin(lb);
  run.trace(request);
  run.advance(3000);
  kill(run);
  run.advance(20_000);
  return run.traced()!;
}

describe('the way of one request, re-simulated', () => {
  test('one that went well asks its store, works and answers', () => {
    const { steps, ended, duplicated } = traceOf(5);
    expect(steps.map(({ stage }) => stage)).toEqual([
      'to-balancer',
      'to-server',
      'store',
      'working',
      'answering',
      'ended',
    ]);
    expect(steps.at(-1)).toMatchObject({ status: 200, cause: null });
    expect(steps.every(({ t }, i) => i === 0 || t >= steps[i - 1]!.t)).toBe(true);
    expect([ended, duplicated]).toEqual([true, false]);
  });

  test('each failure ends in the trace as it does in the journal (R-1)', () => {
    const run = begin();
    run.advance(3000);
    kill(run);
    run.advance(20_000);
    const failures = run.journal(0, run.journalLength()).filter(({ kind }) => kind === 'request-failed');
    expect(failures.length).toBeGreaterThan(1);
    for (const failure of failures.slice(0, 5)) {
      const last = traceOf(failure.request).steps.at(-1)!;
      expect(last).toMatchObject({
        stage: 'ended',
        cause: 'reset',
        because: failure.cause,
        container: failure.container,
      });
      expect(last.t).toBe(failure.t);
    }
  });

  test('a refused request is seen to try elsewhere', () => {
    const run = begin();
    run.advance(3000);
    kill(run);
    const first = run.metrics(0, 3000)['requests.total']! + run.metrics(0, 3000)['requests.in-flight']!;
    const moved = Array.from({ length: 12 }, (_, i) => traceOf(first + 1 + i)).filter(
      ({ steps }) => steps.filter(({ stage }) => stage === 'to-server').length > 1,
    );
    expect(moved.length).toBeGreaterThan(0);
    for (const { steps } of moved) {
      const tried = steps.filter(({ stage }) => stage === 'to-server').map(({ container }) => container);
      expect(tried[0]).not.toBe(tried[1]);
    }
  });

  test('a request that two containers executed says so', () => {
    const traces = Array.from({ length: 60 }, (_, i) =>
      traceOf(140 + i, 'check: {}, redispatch: true, retry-on: all-retryable-errors'),
    );
    expect(traces.some(({ duplicated }) => duplicated)).toBe(true);
  });

  test('it is the same by single events', () => {
    const [whole, single] = [begin(), begin()];
    for (const run of [whole, single]) run.trace(5);
    whole.advance(3000);
    while (single.now < 3000) single.step();
    expect(single.traced()!.steps.length).toBeGreaterThan(3);
    expect(single.traced()).toEqual(whole.traced());
  });

  test('looking changes nothing', () => {
    const plain = begin();
    const traced = begin();
    traced.trace(50);
    for (const run of [plain, traced]) run.advance(5000);
    expect(traced.hash()).toBe(plain.hash());
    expect(plain.underWay(5).map(({ request }) => request)).toEqual(
      traced.underWay(5).map(({ request }) => request),
    );
    expect(plain.underWay(100)).toHaveLength(plain.view().totals.inFlight);
  });
});
