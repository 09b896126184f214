import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { expectMean, play, sample } from '../../../test/support/many-seeds.ts';
import type { AppService, BalancerService, Scenario, StoreService, Traffic } from '../model/scenario.ts';

const AT = 2000;
const herd = (
  a: Partial<AppService>,
  lb: Partial<BalancerService> = {},
  t: Partial<Traffic> = {},
  cache: Partial<StoreService> = {},
): Scenario => scenario([app(a), store(cache), balancer({ check: null, ...lb })], {}, { rate: 100, ...t });

describe('sessions in memory', () => {
  it('miss with probability 1 - 1/N without stickiness, and nothing fails (R-7, A5)', () => {
    for (const [replicas, balance] of [
      [2, 'roundrobin'],
      [3, 'roundrobin'],
      [5, 'random(1)'],
      [10, 'roundrobin'],
    ] as const) {
      const lost = { replicas, state: homes({ sessions: 'memory' }) };
      const share = sample(100, (seed) => {
        const m = play(herd(lost, { balance }, { users: 100 }), seed, [], 1500).metrics(0, 1500);
        expect(m['requests.failed']).toBe(0);
        return (m['requests.unauthorized'] ?? 0) / ((m['requests.total'] ?? 0) - (m['logins'] ?? 0));
      });
      expectMean(share, 1 - 1 / replicas);
    }
  });

  it('with a cookie: killing one of N loses users/N, killing all loses all; a layer that is kept loses none (R-7)', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const sticky = (sessions: string, layer: 'keep' | 'wipe'): Scenario =>
        herd(
          { state: homes({ sessions }), onExit: { do: 'restart', delayMs: 300, layer }, bootMs: 300 },
          { sticky: 'cookie' },
        );
      const one = [[AT, 'docker kill shop-app-2']] as const;
      const all = [[AT, 'docker kill shop-app-1 shop-app-2 shop-app-3']] as const;
      expect(play(sticky('memory', 'keep'), seed, one, 9000).metrics(0, 9000)['sessions.lost']).toBe(33);
      expect(play(sticky('memory', 'keep'), seed, all, 9000).metrics(0, 9000)['sessions.lost']).toBe(100);
      expect(play(sticky('layer', 'wipe'), seed, one, 9000).metrics(0, 9000)['sessions.lost']).toBe(33);
      const kept = play(sticky('layer', 'keep'), seed, one, 9000).metrics(0, 9000);
      expect(kept['sessions.lost']).toBe(0);
      // Its users were answered by it again before their balancer gave up on it.
      expect(kept['requests.unauthorized']).toBe(0);
    }
  });
});

describe('uploads', () => {
  const mix = { browse: 0, 'sign-in': 0, upload: 0, 'view-upload': 1, post: 0, checkout: 0 };
  const views = (
    uploads: string,
    replicas: number,
    lines: readonly (readonly [number, string])[],
    seed: number,
  ): ReturnType<ReturnType<typeof play>['metrics']> =>
    play(
      herd(
        {
          replicas,
          state: homes({ sessions: 'signed', uploads }),
          onExit: { do: 'restart', delayMs: 100, layer: 'wipe' },
        },
        {},
        { mix, storedUploads: 300 },
      ),
      seed,
      lines,
      6000,
    ).metrics(0, 6000);

  it('in the layer are missed by a share of 1 - 1/N of the reads; shared or in S3 by none (R-7)', () => {
    for (const replicas of [2, 3, 5]) {
      let [missed, total] = [0, 0];
      for (let seed = 1; seed <= 40; seed++) {
        const m = views('layer', replicas, [], seed);
        missed += m['uploads.not-found'] ?? 0;
        total += m['requests.total'] ?? 0;
      }
      expect(Math.abs(missed / total - (1 - 1 / replicas))).toBeLessThan(0.015);
    }
    for (let seed = 1; seed <= 20; seed++) expect(views('shared', 3, [], seed)['uploads.not-found']).toBe(0);
  });

  it('of a wiped container are lost for good: 1/N of them (R-7)', () => {
    for (let seed = 1; seed <= 40; seed++) {
      expect(views('layer', 3, [[AT, 'docker kill shop-app-2']], seed)['uploads.lost']).toBe(100);
      expect(views('shared', 3, [[AT, 'docker kill shop-app-2']], seed)['uploads.lost']).toBe(0);
    }
  });
});

describe('Redis as the session store', () => {
  const shop = (
    client: Partial<AppService['storeClient']> = {},
    cache: Partial<StoreService> = {},
  ): Scenario =>
    herd(
      {
        state: homes({ sessions: 'redis' }),
        storeClient: { offlineQueue: true, timeoutMs: Infinity, attempts: 20, ...client },
      },
      {},
      { timeoutMs: 30_000 },
      cache,
    );
  const FAIL_FAST = { offlineQueue: false, timeoutMs: 250 };
  const down = [[AT, 'paddock store cache down --for 5s']] as const;

  it('down for 5 s: with the default client nothing fails, everything hangs until it is back and a back-off step more (R-9)', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const run = play(shop(), seed, down, AT + 4900);
      expect(run.metrics(AT + 600, AT + 4900)['requests.ok']).toBe(0);
      run.advance(20_000);
      const m = run.metrics(0, 20_000);
      expect(m['requests.failed']).toBe(0);
      // Without persistence they are all refused when it answers again: every session is gone.
      expect(m['sessions.lost']).toBe(100);
      expect(m['sessions.refused']).toBe(100);
      const quiet = run.metrics(AT + 5000, 20_000)['outage.longest'] ?? 0;
      expect(quiet).toBeLessThan(2100);
    }
  });

  it('down for 5 s: a client that fails fast answers 500 all that time, E = R·T_out, and nothing hangs (R-9)', () => {
    const failed = sample(100, (seed) => {
      const run = play(shop(FAIL_FAST), seed, down, AT + 4900);
      expect(run.metrics(0, AT + 4900)['requests.in-flight']).toBeLessThan(30);
      run.advance(9000);
      const m = run.metrics(0, 9000);
      expect(m['requests.failed.status.500']).toBe(m['requests.failed']);
      return m['requests.failed'] ?? 0;
    });
    // Until each client has tried again: at most a back-off step of 0.5 s more.
    expect(failed.mean).toBeGreaterThan(500 - 4 * failed.error);
    expect(failed.mean).toBeLessThan(550 + 4 * failed.error);
  });

  it('frozen for 3 s: the default client hangs, then succeeds; the other answers 500; no session is lost (R-9)', () => {
    const pause = [[AT, 'paddock store cache pause --for 3s']] as const;
    for (let seed = 1; seed <= 30; seed++) {
      const hangs = play(shop(), seed, pause, 12_000).metrics(0, 12_000);
      expect(hangs['requests.failed']).toBe(0);
      expect(hangs['latency.p99']).toBeGreaterThan(2500);
      expect(hangs['latency.p99']).toBeLessThan(3300);
      const fails = play(shop(FAIL_FAST), seed, pause, 12_000).metrics(0, 12_000);
      expect(fails['requests.failed.dependency']).toBeGreaterThan(200);
      expect(fails['sessions.lost']).toBe(0);
    }
  });

  it('a frozen container sees no time-out of its store client either: it answers nothing until it goes on, then 500 (R-9)', () => {
    const lone = (client: Partial<AppService['storeClient']>): Scenario =>
      herd(
        {
          replicas: 1,
          state: homes({ sessions: 'redis' }),
          storeClient: { offlineQueue: true, attempts: 20, timeoutMs: 1000, ...client },
        },
        {},
        { timeoutMs: 30_000 },
      );
    for (const [client, fault, held] of [
      [{}, 'pause', 20],
      [{}, 'down', 20],
      [{ offlineQueue: false }, 'pause', 20],
      [{ offlineQueue: false }, 'down', 0],
    ] as const)
      for (let seed = 1; seed <= 3; seed++) {
        const lines = [
          [AT, `paddock store cache ${fault} --for 3s`],
          [AT + 500, 'paddock hang shop-app-1'],
          [AT + 5000, 'paddock resume shop-app-1'],
        ] as const;
        const run = play(lone(client), seed, lines, AT + 9000);
        const frozen = run.metrics(AT + 600, AT + 5000);
        expect([frozen['requests.ok'], frozen['requests.failed']]).toEqual([0, 0]);
        // What it had asked before is too late when it goes on; what came meanwhile is asked now.
        const late = run.metrics(AT + 5000, AT + 5100)['requests.failed.dependency'] ?? 0;
        expect(late).toBeGreaterThanOrEqual(held);
        expect(run.metrics(AT + 7000, AT + 9000)['requests.failed']).toBe(0);
      }
  });

  it.each([
    ['none', 'KILL', 100],
    ['rdb', 'KILL', 100],
    ['aof', 'KILL', 0],
    ['rdb', 'TERM', 0],
    ['none', 'TERM', 100],
    ['aof', 'TERM', 0],
  ] as const)(
    'killed with persistence %s by SIG%s loses %i of 100 sessions (R-9, S-104, S-105, S-106)',
    (persistence, signal, lost) => {
      for (let seed = 1; seed <= 10; seed++) {
        const run = play(
          shop({}, { persistence }),
          seed,
          [[AT, `paddock store cache restart --signal ${signal}`]],
          9000,
        );
        expect(run.metrics(0, 9000)['sessions.lost']).toBe(lost);
      }
    },
  );
});
