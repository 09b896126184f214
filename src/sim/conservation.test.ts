import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../test/support/fixtures.ts';
import { checkLaws, checkRandomRuns } from '../../test/support/laws.ts';
import { createRun } from './create-run.ts';

describe('conservation laws', () => {
  it('hold where a host is lost while its container waits for a store: nothing is done by the dead', () => {
    const waiting = app({
      replicas: 1,
      state: homes({ sessions: 'memory', counters: 'redis' }),
      kinds: { ...app().kinds, counters: { limit: null, windowMs: 300, per: 'all' } },
      storeClient: { offlineQueue: false, timeoutMs: 250, attempts: 3 },
    });
    const run = createRun(
      scenario([waiting, store(), balancer()], {}, { users: 8, rate: 50, signedIn: false }),
    );
    run.advance(300);
    run.apply({ verb: 'hang', targets: { kind: 'names', names: ['shop-cache-1'] } }, 'hang');
    run.advance(400);
    run.apply({ verb: 'lose-host', host: 'host-1' }, 'lose-host');
    run.advance(3000);
    expect(() => checkLaws(run, { counts: new Map(), length: 0 })).not.toThrow();
  });

  it('hold at random instants of random scenarios under random commands', () => {
    expect(checkRandomRuns(0)).toBeGreaterThan(0);
  }, 240_000);
});
