import { describe, expect, it } from 'vitest';
import { anchorLoop, type Policy } from '../../bench/anchor-loop.ts';
import { app, balancer, homes, scenario } from '../../test/support/fixtures.ts';
import { createRun } from './create-run.ts';
import type { BalancerService } from './model/scenario.ts';

const WORKERS = 10;
const LOAD = 0.8;

/**
 * Mean wait in units of the mean service time, from theory alone: random routing makes ten M/M/1 queues, round
 * robin ten E10/M/1 queues, and one queue for all is M/M/10 (Erlang C).
 */
const randomWait = LOAD / (1 - LOAD);

/** Root of σ = A(1 - σ) for Erlang-10 arrivals at rate 0.8 to each worker; an arrival waits σ/(1 - σ) on average. */
function roundRobinWait(): number {
  let sigma = 0.5;
  for (let i = 0; i < 200; i++) sigma = ((WORKERS * LOAD) / (WORKERS * LOAD + 1 - sigma)) ** WORKERS;
  return sigma / (1 - sigma);
}

function erlangCWait(): number {
  const offered = WORKERS * LOAD;
  let blocked = 1;
  for (let n = 1; n <= WORKERS; n++) blocked = (offered * blocked) / (n + offered * blocked);
  const waits = blocked / (1 - LOAD + LOAD * blocked);
  return waits / (WORKERS - offered);
}

const LAWS: readonly (readonly [Policy, number, Partial<BalancerService>])[] = [
  ['random', randomWait, { balance: 'random(1)' }],
  ['roundrobin', roundRobinWait(), { balance: 'roundrobin' }],
  ['central', erlangCWait(), { balance: 'roundrobin', maxconn: 1 }],
];

describe('queueing theory', () => {
  it('gives the textbook values', () => {
    expect(randomWait).toBeCloseTo(4, 9);
    expect(roundRobinWait()).toBeCloseTo(1.92227, 5);
    expect(erlangCWait()).toBeCloseTo(0.20459, 5);
  });

  it.each(LAWS)('holds for pending events and random numbers alone, %s, within 1 % (R-8)', (policy, wait) => {
    const { meanWait } = anchorLoop(policy, WORKERS, LOAD, 10_000_000, 1);
    expect(Math.abs(meanWait / wait - 1)).toBeLessThan(0.01);
  });
});

/** A herd with nothing but queues in it: one request at a time, no distance, nobody who loses patience. */
function herd(front: Partial<BalancerService>, seed: number): ReturnType<typeof createRun> {
  const service = app({
    replicas: WORKERS,
    concurrency: 1,
    serviceTime: { kind: 'exponential', mean: MEAN_MS },
    state: homes({ sessions: 'signed' }),
  });
  const lb = balancer({ check: null, serverTimeoutMs: 1e12, queueTimeoutMs: 10_000, ...front });
  return createRun(
    scenario(
      [service, lb],
      {},
      {
        users: 1000,
        rate: (1000 * LOAD * WORKERS) / MEAN_MS,
        timeoutMs: 1e12,
        hopMs: 0,
        signedIn: true,
        mix: { browse: 1, 'sign-in': 0, upload: 0, 'view-upload': 0, post: 0, checkout: 0 },
      },
    ),
    seed,
  );
}

const MEAN_MS = 40;
const UNTIL_MS = 3_000_000;

describe('the whole engine', () => {
  it.each(LAWS)('keeps the law of its queues, %s, within 3 % (R-8)', (policy, wait, front) => {
    const run = herd(front, 1);
    run.advance(UNTIL_MS);
    const m = run.metrics(0, UNTIL_MS);
    const total = m['requests.total'] ?? 0;
    expect(m['requests.ok']).toBe(total);
    // Little: time in the system = requests in the system over requests a ms
    const held = run.series('requests.in-flight', 0, UNTIL_MS, UNTIL_MS / 100);
    const stay = held.reduce((a, b) => a + b, 0) / held.length / (total / UNTIL_MS);
    const mean = (wait + 1) * MEAN_MS;
    expect(Math.abs(stay / mean - 1)).toBeLessThan(0.03);
    if (policy === 'central') return;
    // With a queue of its own at each worker the time in the system is exponential.
    expect(Math.abs((m['latency.p50'] ?? 0) / (mean * Math.LN2) - 1)).toBeLessThan(0.03);
    expect(Math.abs((m['latency.p95'] ?? 0) / (mean * Math.log(20)) - 1)).toBeLessThan(0.03);
  });
});
