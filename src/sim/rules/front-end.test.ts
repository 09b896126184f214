import { expect, it } from 'vitest';
import { homes } from '../../../test/support/fixtures.ts';
import { herdOf } from '../../../test/support/herd-of.ts';
import { play } from '../../../test/support/many-seeds.ts';

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
