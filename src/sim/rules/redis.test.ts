import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { entries, play } from '../../../test/support/many-seeds.ts';
import type { Scenario, StoreService, Traffic } from '../model/scenario.ts';
import type { Metrics } from '../metrics/names.ts';

const SIGN_INS = { browse: 0, 'sign-in': 1, upload: 0, 'view-upload': 0, post: 0, checkout: 0 };

/** Users that sign in again and again, so that writes come all the time. */
const shop = (cache: Partial<StoreService>, t: Partial<Traffic> = {}): Scenario =>
  scenario(
    [app({ state: homes({ sessions: 'redis' }) }), store(cache), balancer({ check: null })],
    {},
    { users: 50, rate: 20, mix: SIGN_INS, ...t },
  );
const lost = (m: Metrics): number => m['sessions.lost'] ?? 0;

describe('Redis with snapshots', () => {
  it('killed 59 s after a sign-in has forgotten it; stopped, it has not (S-104, S-105)', () => {
    for (const [signal, gone] of [
      ['KILL', 50],
      ['TERM', 0],
    ] as const) {
      const s = shop({ persistence: 'rdb' }, { rate: 5, mix: { ...SIGN_INS, browse: 1, 'sign-in': 0 } });
      const m = play(s, 1, [[59_000, `paddock store cache restart --signal ${signal}`]], 60_000).metrics(
        0,
        60_000,
      );
      expect(lost(m)).toBe(gone);
    }
  });

  it('takes one when a save point is reached in time and in changes, and not before (S-104)', () => {
    const point = { afterMs: 5000, changes: 60 };
    // 50 sessions exist at t = 0; 20 sign-ins a second bring the 60th change well before 5 s.
    const saved = play(
      shop({ persistence: 'rdb', savePoints: [point] }),
      3,
      [[4990, 'paddock store cache restart --signal KILL']],
      5000,
    );
    expect(lost(saved.metrics(0, 5000))).toBeGreaterThan(40);
    for (let seed = 1; seed <= 20; seed++) {
      const run = play(
        shop({ persistence: 'rdb', savePoints: [point] }),
        seed,
        [[5300, 'paddock store cache restart --signal KILL']],
        5400,
      );
      const m = run.metrics(0, 5400);
      const since = run.metrics(5000, 5300)['logins'] ?? 0;
      expect(lost(m)).toBeLessThanOrEqual(since + 1);
      expect(lost(m)).toBeGreaterThan(0);
    }
    const run = play(shop({ persistence: 'rdb', savePoints: [point] }), 3, [], 5100);
    expect(run.view().stores[0]).toMatchObject({ savedAt: 5000 });
    // Not enough changes: nothing was saved, however long it took.
    const few = shop({ persistence: 'rdb', savePoints: [{ afterMs: 1000, changes: 51 }] }, { rate: 0.001 });
    expect(lost(play(few, 1, [[9000, 'paddock store cache kill']], 9100).metrics(0, 9100))).toBe(50);
  });

  it('without save points keeps nothing even when stopped (S-105)', () => {
    const s = shop({ persistence: 'rdb', savePoints: [] }, { rate: 0.001 });
    expect(lost(play(s, 1, [[2000, 'docker stop shop-cache-1']], 3000).metrics(0, 3000))).toBe(50);
  });
});

describe('Redis with an append-only file', () => {
  it('loses nothing with its process, and up to a second with its machine; with `always` nothing at all (S-106)', () => {
    let most = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const of = (appendfsync: 'everysec' | 'always', action: string): number => {
        const at = 4000 + 17 * seed;
        const run = play(
          shop({ persistence: 'aof', appendfsync }, { rate: 50 }),
          seed,
          [[at, `paddock store cache ${action} --for 1s`]],
          at + 50,
        );
        const gone = lost(run.metrics(0, at + 50));
        expect(gone).toBeLessThanOrEqual(run.metrics(at - 1100, at + 50)['logins'] ?? 0);
        return gone;
      };
      expect(of('everysec', 'kill')).toBe(0);
      expect(of('always', 'power-off')).toBe(0);
      most = Math.max(most, of('everysec', 'power-off'));
    }
    expect(most).toBeGreaterThan(15);
  });
});

it('a store that was killed for a while comes back as a process, and every failure leads to the command (R-9, S-106)', () => {
  const s = scenario(
    [
      app({
        state: homes({ sessions: 'redis' }),
        storeClient: { offlineQueue: false, timeoutMs: Infinity, attempts: 20 },
      }),
      store({ persistence: 'aof' }),
      balancer(),
    ],
    {},
    { rate: 100 },
  );
  const run = play(s, 1, [[2000, 'paddock store cache kill --for 3s']], 9000);
  const failed = entries(run).filter((e) => e.kind === 'request-failed');
  expect(failed.length).toBeGreaterThan(40);
  for (const e of failed) expect(run.chain(e.id).at(-1)?.text).toBe('paddock store cache kill --for 3s');
  expect(run.metrics(7500, 9000)['requests.failed']).toBe(0);
  expect(run.metrics(0, 9000)['sessions.lost']).toBe(0);
});
