import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario } from '../../../test/support/fixtures.ts';
import { herdOf } from '../../../test/support/herd-of.ts';
import { entries, play } from '../../../test/support/many-seeds.ts';
import type { BalancerService } from '../model/scenario.ts';
import type { Run } from '../run.ts';

const herd = herdOf({
  app: { serviceTime: { kind: 'fixed', ms: 400 }, state: homes({ sessions: 'signed' }) },
  traffic: { rate: 50 },
});

it('a balancer that is killed resets every request under way, once, and because of its death (R-1)', () => {
  const run = play(herd({}), 1, [[2000, 'docker kill shop-lb-1']], 2100);
  const before = play(herd({}), 1, [], 2000).view().totals.inFlight;
  expect(before).toBeGreaterThan(10);
  const all = run.journal(0, run.journalLength());
  const exited = all.find((e) => e.kind === 'container-exited')!;
  const failed = all.filter((e) => e.kind === 'request-failed');
  const resets = failed.filter((e) => e.cause === exited.id && e.t < exited.t + 1);
  // Those that were on their way to their users arrive.
  expect(resets.length).toBeGreaterThan(before - 3);
  expect(run.metrics(0, 2100)['requests.failed.reset']).toBeGreaterThan(before - 3);
  expect(new Set(failed.map((e) => e.request)).size).toBe(failed.length);
  const later = play(herd({}), 1, [[2000, 'docker kill shop-lb-1']], 6000);
  expect(later.metrics(0, 6000)['requests.failed.reset']).toBe(run.metrics(0, 2100)['requests.failed.reset']);
  const t = later.view().totals;
  expect(t.requests).toBe(t.ok + t.failed + t.inFlight);
});

describe('a balancer that is stopped with the signal of its image', () => {
  const LINE = 'docker stop shop-lb-1';
  const stopped = (more: Partial<BalancerService> = {}, line = LINE): Run => {
    const lb = balancer({ check: null, stopSignal: 'USR1', ...more });
    const slow = app({ serviceTime: { kind: 'fixed', ms: 800 }, state: homes({ sessions: 'signed' }) });
    return play(scenario([slow, lb], { platform: 'compose' }, { rate: 100 }), 1, [[5000, line]], 20_000);
  };
  const ends = (run: Run): number =>
    entries(run).find((e) => e.kind === 'container-exited' && e.subject === 'shop-lb-1')?.t ?? NaN;

  it('answers what it has, takes nobody new, and ends then (S-12)', () => {
    const run = stopped();
    expect(run.metrics(5000, 20_000)).toMatchObject({
      'requests.failed.reset': 0,
      'requests.failed.no-server': 0,
    });
    expect(run.metrics(5000, 6000)['requests.ok']).toBeGreaterThan(60);
    expect(run.metrics(5000, 6000)['requests.failed.connect-refused']).toBeGreaterThan(60);
    expect(ends(run)).toBeGreaterThan(5780);
    expect(ends(run)).toBeLessThan(5820);
  });

  it('does not wait for clients that will ask again (S-12)', () => {
    const lb = balancer({ stopSignal: 'USR1' });
    const retry = { attempts: 3, backoffMs: 10_000, jitter: 0, maxMs: 30_000 };
    const spike = { atMs: 4000, forMs: 60_000, factor: 0 };
    const dies = app({ restart: 'no', state: homes({ sessions: 'signed' }) });
    const lines = [
      [2000, 'docker kill shop-app-1 shop-app-2 shop-app-3'],
      [8000, LINE],
    ] as const;
    const s = scenario([dies, lb], { platform: 'compose' }, { rate: 20, retry, spike });
    const run = play(s, 1, lines, 9000);
    expect(run.view().totals.inFlight).toBeGreaterThan(20);
    expect(ends(run)).toBeLessThan(8050);
  });

  it('resets what is left when its grace period is over (S-12)', () => {
    const run = stopped({ stopGraceMs: 500 });
    expect(ends(run)).toBe(5500);
    const { 'requests.failed.reset': reset } = run.metrics(5000, 20_000);
    expect(reset).toBeGreaterThan(10);
  });

  it.each(['docker kill shop-lb-1', 'docker kill -s TERM shop-lb-1'])('%s: ends at once (S-13)', (line) => {
    const run = stopped({}, line);
    expect(ends(run)).toBe(5000);
    expect(run.metrics(5000, 20_000)['requests.failed.reset']).toBeGreaterThan(60);
  });
});
