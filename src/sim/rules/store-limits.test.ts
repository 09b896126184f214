import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { entries, play } from '../../../test/support/many-seeds.ts';
import { createRun } from '../create-run.ts';
import type { AppService, Scenario, StoreService, Traffic } from '../model/scenario.ts';
import type { Run } from '../run.ts';

const BROWSE = { browse: 1, 'sign-in': 0, upload: 0, 'view-upload': 0, post: 0, checkout: 0 };

const shop = (
  sessions: string,
  a: Partial<AppService> = {},
  cache: Partial<StoreService> = {},
  t: Partial<Traffic> = {},
): Scenario =>
  scenario(
    [
      app({ ...a, state: homes({ sessions }) }),
      store({
        name: sessions === 'postgres' ? 'db' : 'cache',
        kind: sessions === 'redis' ? 'redis' : sessions,
        ...cache,
      }),
      balancer({ check: null }),
    ],
    {},
    { users: 50, rate: 50, mix: BROWSE, ...t },
  );
const held = (run: Run): number => run.view().totals.sessionsHeld;

describe('lifetime', () => {
  it.each(['memory', 'layer', 'signed', 'redis'])(
    'of a session in %s is fixed: who is active is signed out all the same (S-109)',
    (home) => {
      const ttlMs = 3000;
      const s = scenario(
        [
          app({ sessions: { ttlMs, sliding: false }, state: homes({ sessions: home }) }),
          store(),
          balancer({ sticky: 'cookie' }),
        ],
        {},
        { users: 50, rate: 100 },
      );
      const run = play(s, 1, [], 2999);
      expect(run.metrics(0, 2999)['sessions.expired']).toBe(0);
      run.advance(3001);
      expect(run.metrics(0, 3100)['sessions.expired']).toBe(50);
      const told = entries(run).filter((e) => e.kind === 'session-expired');
      expect(new Set(told.map((e) => e.user)).size).toBe(50);
      run.advance(5900);
      const m = run.metrics(0, 5900);
      expect(m['sessions.lost']).toBe(0);
      expect(m['requests.failed']).toBe(0);
      expect(m['sessions.refused']).toBeGreaterThan(35);
      expect(m['sessions.created']).toBe(50 + (m['logins'] ?? 0));
      expect(m['sessions.created']).toBe(50 + held(run));
    },
  );

  it('slides only where the application sets it anew on every use (S-109)', () => {
    const of = (sliding: boolean): Run =>
      play(shop('redis', { sessions: { ttlMs: 3000, sliding } }, {}, { users: 10, rate: 100 }), 1, [], 9000);
    expect(of(true).metrics(0, 9000)['sessions.expired']).toBe(0);
    expect(of(false).metrics(0, 9000)['sessions.expired']).toBeGreaterThan(15);
    const idle = play(
      shop('redis', { sessions: { ttlMs: 3000, sliding: true } }, {}, { rate: 0.001 }),
      1,
      [],
      4000,
    );
    expect(idle.metrics(0, 4000)['sessions.expired']).toBe(50);
  });
});

it('a session that slid while it was used ends a lifetime after its last use (S-109)', () => {
  const s = shop('redis', { sessions: { ttlMs: 1000, sliding: true } }, {}, { users: 10, rate: 100 });
  const run = play(s, 1, [[2900, 'paddock partition users balancer']], 3000);
  expect(run.metrics(0, 3000)['sessions.expired']).toBe(0);
  run.advance(4100);
  expect(run.metrics(0, 4100)['sessions.expired']).toBe(10);
  expect(held(run)).toBe(0);
});

it('a store without a limit cannot be filled, and the answer says what to write (S-108)', () => {
  const run = createRun(shop('redis'));
  const fill = { verb: 'store', store: 'cache', action: 'fill', forMs: null, signal: 'KILL' } as const;
  expect(run.apply(fill, 'paddock store cache fill')).toEqual({
    ok: false,
    text: 'paddock: cache has no limit to fill; set services.cache.x-paddock.maxmemory first',
  });
});

describe('a full Redis', () => {
  const mix = { ...BROWSE, browse: 9, 'sign-in': 1 };
  const BROWSE_AND_SIGN_IN = { ...BROWSE, browse: 19, 'sign-in': 1 };
  /** Users without a session come all the time. */
  const STRANGERS = { mix, users: 400, signedIn: false };
  const full = (policy: StoreService['policy'], ttlMs = Infinity): Run =>
    play(
      shop('redis', { sessions: { ttlMs, sliding: false } }, { maxmemory: 200, policy }, STRANGERS),
      1,
      [[2000, 'paddock store cache fill']],
      6000,
    );

  it('with noeviction refuses every new sign-in and goes on serving old sessions (S-108)', () => {
    const run = full('noeviction');
    const m = run.metrics(2100, 6000);
    expect(m['logins']).toBe(0);
    expect(m['requests.failed']).toBeGreaterThan(5);
    expect(m['requests.failed.dependency']).toBe(m['requests.failed']);
    expect(m['requests.failed.status.500']).toBe(m['requests.failed']);
    expect(m['requests.ok']).toBeGreaterThan(20);
    expect(run.metrics(0, 6000)['sessions.lost']).toBe(0);
    expect(run.view().stores[0]?.state).toBe('full');
    for (const e of entries(run).filter((k) => k.kind === 'request-failed'))
      expect(run.chain(e.id).at(-1)?.text).toBe('paddock store cache fill');
  });

  it('with allkeys-lru takes sessions away silently, those first that were used least recently (S-108)', () => {
    const run = full('allkeys-lru');
    const m = run.metrics(0, 6000);
    expect(m['requests.failed']).toBe(0);
    expect(run.view().stores[0]?.evicted).toBeGreaterThan(50);
    // Users who came lately keep theirs: what was filled in goes before them.
    expect(m['sessions.lost']).toBeLessThan(run.view().stores[0]?.evicted ?? 0);
    for (const e of entries(run).filter((k) => k.kind === 'session-lost'))
      expect(run.chain(e.id).at(-1)?.text).toBe('paddock store cache fill');
  });

  it('evicts in the order of the last use, exactly (S-108)', () => {
    // Room for 30: of 50 users who have signed in at t = 0, the last 30 hold a session.
    const s = shop('redis', {}, { maxmemory: 30, policy: 'allkeys-lru' }, { rate: 0.001 });
    const users = [...play(s, 1, [], 100).view().users];
    expect(users.slice(0, 20).every((u) => u === 2)).toBe(true);
    expect(users.slice(20).every((u) => u === 1)).toBe(true);
  });

  it('counts a read as a use: the first to go is one who has not come since signing in (S-108)', () => {
    let spared = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const run = createRun(
        shop(
          'redis',
          {},
          { maxmemory: 40, policy: 'allkeys-lru' },
          { users: 40, rate: 10, mix: BROWSE_AND_SIGN_IN },
        ),
        seed,
      );
      run.recordLegs(true);
      const came = new Map<number, number>();
      for (let t = 200; t < 20_000; t += 200) {
        run.advance(t);
        const legs = run.legs(t, 400);
        // Requests that are no sign-ins, when they were first sent.
        for (let i = 0; i < legs.length; i++)
          if (legs.from[i] === 0 && (legs.flags[i] & 8) === 0 && !came.has(legs.user[i]))
            came.set(legs.user[i], legs.t0[i]);
        const loss = entries(run).find((e) => e.kind === 'session-lost');
        if (loss === undefined) continue;
        const isIdle = (user: number): boolean => (came.get(user) ?? Infinity) > loss.t - 2;
        expect(loss.user).toBe(Array.from({ length: 40 }, (_, user) => user).find(isIdle));
        if (!isIdle(0)) spared++;
        break;
      }
    }
    expect(spared).toBeGreaterThan(3);
  });

  it('with a volatile policy evicts only what has a lifetime, else it refuses (S-108)', () => {
    for (const policy of ['volatile-lru', 'volatile-random', 'volatile-ttl'] as const) {
      expect(full(policy).metrics(2100, 6000)['logins']).toBe(0);
      const mortal = full(policy, 60_000).metrics(2100, 6000);
      expect(mortal['requests.failed']).toBe(0);
      expect(mortal['sessions.lost']).toBeGreaterThan(5);
    }
  });

  it('is relieved when what filled it is gone (S-108)', () => {
    const run = play(
      shop('redis', {}, { maxmemory: 200 }, STRANGERS),
      1,
      [[2000, 'paddock store cache fill --for 2s']],
      6000,
    );
    expect(run.metrics(2100, 3900)['requests.failed']).toBeGreaterThan(0);
    expect(run.metrics(4200, 6000)['requests.failed']).toBe(0);
  });
});

describe('Memcached', () => {
  it('forgets everything with its process, however it ends; others may connect up to its limit (S-111)', () => {
    for (const signal of ['TERM', 'KILL']) {
      const run = play(
        shop('memcached'),
        1,
        [[2000, `paddock store cache restart --signal ${signal}`]],
        4000,
      );
      expect(run.metrics(0, 4000)['sessions.lost']).toBe(50);
    }
    const crowd = play(shop('memcached', { replicas: 4 }, { maxConnections: 3 }), 1, [], 3000);
    expect(crowd.view().stores[0]?.connections).toBe(3);
    expect(crowd.metrics(0, 3000)['requests.failed.dependency']).toBeGreaterThan(20);
  });
});

describe('PostgreSQL', () => {
  const database = (replicas: number, dbPool: number): Run =>
    play(shop('postgres', { replicas, dbPool }, { maxConnections: 100, latencyMs: 1 }), 1, [], 2000);

  it.each([
    [20, 4, 5],
    [10, 9, 10],
    [32, 3, 4],
  ])('with a pool of %i serves %i containers, and fails with %i (S-112, A5)', (pool, fits, fails) => {
    expect(database(fits, pool).metrics(0, 2000)['requests.failed']).toBe(0);
    const run = database(fails, pool);
    const m = run.metrics(0, 2000);
    // The last one has no connection: its share of the requests fails, and the reason is told once.
    expect(m['requests.failed.dependency']).toBe(m['requests.failed']);
    expect((m['requests.failed'] ?? 0) / (m['requests.total'] ?? 1)).toBeCloseTo(1 / fails, 1);
    expect(
      entries(run)
        .filter((e) => e.kind === 'store-refused')
        .map((e) => e.subject),
    ).toEqual([`shop-app-${fails}`]);
    expect(run.view().stores[0]).toMatchObject({ connections: fits * pool, maxConnections: 97 });
  });

  it('gives the connections of a container that ends to one that waits (S-112)', () => {
    const s = shop('postgres', { replicas: 5, dbPool: 20 }, { maxConnections: 100 });
    const run = play({ ...s, platform: 'compose' }, 1, [[2000, 'docker kill shop-app-1']], 6000);
    const late = entries(run).filter((e) => e.kind === 'request-failed' && e.t > 2500);
    expect(late.every((e) => e.text.includes('refused'))).toBe(true);
    expect(run.view().stores[0]?.connections).toBe(80);
  });

  it('keeps what was committed when it is killed, and fails commands at once meanwhile (S-113)', () => {
    const run = play(shop('postgres'), 1, [[2000, 'paddock store db down --for 2s']], 6000);
    expect(run.metrics(0, 6000)['sessions.lost']).toBe(0);
    const m = run.metrics(2100, 3900);
    expect(m['requests.ok']).toBe(0);
    expect(m['requests.failed.dependency']).toBeGreaterThan(60);
    // The first command of each container connects again.
    expect(run.metrics(4200, 6000)['requests.failed']).toBe(0);
  });
});

it('a slow store makes every request slower by what its commands cost more (R-9)', () => {
  const p50 = (lines: readonly (readonly [number, string])[]): number =>
    play(shop('redis', { serviceTime: { kind: 'fixed', ms: 10 } }, { latencyMs: 1 }), 1, lines, 6000).metrics(
      3000,
      6000,
    )['latency.p50'] ?? 0;
  const quick = p50([]);
  const slow = p50([[2000, 'paddock store cache slow --factor 100']]);
  expect(slow - quick).toBeGreaterThan(97);
  expect(slow - quick).toBeLessThan(102);
});
