import { describe, expect, it } from 'vitest';
import { homes } from '../../../test/support/fixtures.ts';
import { herdOf } from '../../../test/support/herd-of.ts';
import { entries, expectMean, play, sample } from '../../../test/support/many-seeds.ts';
import type { AppService, BalancerService, Traffic } from '../model/scenario.ts';

const POSTS = { browse: 0, 'sign-in': 0, upload: 0, 'view-upload': 0, post: 1, checkout: 0 };
const herd = herdOf({
  app: {
    serviceTime: { kind: 'exponential', mean: 100 },
    state: homes({ sessions: 'redis' }),
    onExit: { do: 'none', delayMs: 0, layer: 'keep' },
  },
  balancer: { image: 'nginx:1.22', kind: 'nginx' },
  traffic: { rate: 100 },
});
const AT = 2000;
const KILL = [[AT, 'docker kill shop-app-2']] as const;
const ALL = [[AT, 'docker kill shop-app-1 shop-app-2 shop-app-3']] as const;
const SEEDS = Array.from({ length: 60 }, (_, k) => k + 1);
const restartIn = (ms: number): Partial<AppService> => ({
  onExit: { do: 'restart', delayMs: 0, layer: 'keep' },
  bootMs: ms,
});

describe('nginx, one of three killed', () => {
  it('fails no GET: those in flight, R·S/N of them, are executed twice (R-1, R-4, S-94)', () => {
    const twice = sample(200, (seed) => {
      const m = play(herd({}), seed, KILL, 5000).metrics(0, 5000);
      expect(m['requests.failed']).toBe(0);
      return m['attempts.duplicated'] ?? 0;
    });
    expectMean(twice, (100 * 0.1) / 3);
  });

  it('fails the POSTs in flight with 502, R·S/N of them, and no other (R-1, R-4, S-94)', () => {
    const s = sample(200, (seed) => {
      const m = play(herd({}, {}, { mix: POSTS }), seed, KILL, 5000).metrics(0, 5000);
      expect(m['requests.failed.status.502']).toBe(m['requests.failed']);
      expect(m['requests.failed.reset']).toBe(m['requests.failed']);
      return m['requests.failed'] ?? 0;
    });
    expectMean(s, (100 * 0.1) / 3);
    expectMean(
      sample(
        60,
        (seed) =>
          play(
            herd({ nextUpstream: ['error', 'timeout', 'non_idempotent'] }, {}, { mix: POSTS }),
            seed,
            KILL,
            5000,
          ).metrics(0, 5000)['requests.failed'] ?? 0,
      ),
      0,
    );
  });

  it('with `proxy_next_upstream off`: one 502 at the kill and one for each probe, a fail_timeout apart (A4, R-4, S-93)', () => {
    for (const seed of SEEDS) {
      const s = herd({ nextUpstream: ['off'] }, { serviceTime: { kind: 'fixed', ms: 1 } }, { rate: 50 });
      const times = entries(play(s, seed, KILL, AT + 35_000))
        .filter((e) => e.kind === 'request-failed' && e.t >= AT)
        .map((e) => e.t);
      expect(times).toHaveLength(4);
      for (let k = 1; k < times.length; k++) {
        const gap = (times[k] ?? 0) - (times[k - 1] ?? 0);
        expect(gap).toBeGreaterThan(10_000);
        expect(gap).toBeLessThan(11_300);
      }
    }
  });

  it('of a frozen one the first waits the read timeout: a GET goes on, a POST is a 504; then it is out (R-4, S-95)', () => {
    const hang = [[AT, 'paddock hang shop-app-2']] as const;
    for (const seed of SEEDS) {
      const get = play(herd({ serverTimeoutMs: 3000 }), seed, hang, 9000).metrics(0, 9000);
      expect(get['requests.failed']).toBe(0);
      const post = play(herd({ serverTimeoutMs: 3000 }, {}, { mix: POSTS }), seed, hang, 9000);
      const m = post.metrics(0, 9000);
      expect(m['requests.failed']).toBeGreaterThan(50);
      expect(m['requests.failed.status.504']).toBe(m['requests.failed']);
      // Sent before the first of them timed out.
      for (const e of entries(post).filter((k) => k.kind === 'request-failed'))
        expect(e.t).toBeLessThan(AT + 6100);
    }
  });

  it('by hash, its users move and return: they lose their session twice (R-4)', () => {
    for (const seed of SEEDS.slice(0, 20)) {
      const s = herd({ balance: 'hash-user' }, { ...restartIn(1000), state: homes({ sessions: 'memory' }) });
      const before =
        play(s, seed, [], AT)
          .view()
          .containers.find((c) => c.name === 'shop-app-2')?.sessions ?? 0;
      const m = play(s, seed, KILL, 25_000).metrics(AT, 25_000);
      expect(before).toBeGreaterThan(20);
      expect(m['sessions.refused']).toBe(2 * before);
    }
  });
});

describe('nginx, all killed', () => {
  it('answers 502 until fail_timeout has passed, even if they are back sooner (R-4)', () => {
    for (const seed of SEEDS) {
      const ten = play(herd({}, restartIn(1100)), seed, ALL, 16_000).metrics(0, 16_000);
      expect(ten['recovery.time']).toBeGreaterThan(10_000);
      expect(ten['recovery.time']).toBeLessThan(11_200);
      expect(ten['requests.failed.status.502']).toBe(ten['requests.failed']);
    }
  });

  it('only as long as they are away with max_fails 0, and for a group of one (R-4, S-93)', () => {
    for (const seed of SEEDS) {
      for (const s of [
        herd({ maxFails: 0 }, restartIn(1100)),
        herd({}, { ...restartIn(1100), replicas: 1 }),
      ]) {
        const line = s.services[0]?.replicas === 1 ? ([[AT, 'docker kill shop-app-1']] as const) : ALL;
        const m = play(s, seed, line, 6000).metrics(0, 6000);
        expect(m['recovery.time']).toBeGreaterThan(950);
        expect(m['recovery.time']).toBeLessThan(1105);
      }
    }
  });

  it('passes on an application’s own 503 unless http_503 is listed (R-4)', () => {
    const early = { bootMs: 3000, startup: 'early' } as const;
    const more = [[AT, 'docker compose up -d --scale app=4']] as const;
    for (const seed of SEEDS.slice(0, 30)) {
      const plain = play(herd({}, early), seed, more, 5500).metrics(0, 5500);
      expect(plain['requests.failed.status.503']).toBe(plain['requests.failed']);
      expect(plain['requests.failed']).toBeGreaterThan(40);
      const listed = play(herd({ nextUpstream: ['error', 'timeout', 'http_503'] }, early), seed, more, 5500);
      expect(listed.metrics(0, 5500)['requests.failed']).toBe(0);
    }
  });

  it('bans a server for a listed status, and hands out the last one’s when nobody else is left (S-93, S-94)', () => {
    const early = {
      bootMs: 3000,
      startup: 'early',
      onExit: { do: 'restart', delayMs: 0, layer: 'keep' },
    } as const;
    const listed = { nextUpstream: ['error', 'timeout', 'http_503'] };
    const one = play(herd(listed, { ...early, replicas: 1 }), 1, [[AT, 'docker kill shop-app-1']], 6000);
    const m = one.metrics(AT + 100, 6000);
    expect(m['requests.failed.status.503']).toBe(m['requests.failed']);
    expect(m['requests.failed']).toBeGreaterThan(200);
    // A 404 asks the others too, and never bans.
    const apart = { state: homes({ sessions: 'signed', uploads: 'layer' }) };
    const views = { mix: { ...POSTS, post: 0, 'view-upload': 1 }, storedUploads: 60 };
    const notFound = (nextUpstream: readonly string[]): number =>
      play(herd({ nextUpstream }, apart, views), 1, [], 5000).metrics(0, 5000)['uploads.not-found'] ?? 0;
    expect(notFound(['error', 'timeout'])).toBeGreaterThan(200);
    expect(notFound(['error', 'timeout', 'http_404'])).toBe(0);
    // One 500 in three answers: with the ban each failing server is out for 10 s, and soon there is none.
    const errors = { versions: { '1.0': { errorRate: 0.3 } } };
    const spiral = play(herd({ nextUpstream: ['error', 'http_500'] }, errors), 1, [], 5000).metrics(0, 5000);
    expect(spiral['requests.failed.status.502']).toBeGreaterThan(200);
    const apartFrom = play(herd({ nextUpstream: ['error', 'http_500'], maxFails: 0 }, errors), 1, [], 5000);
    expect(apartFrom.metrics(0, 5000)['requests.failed.status.502']).toBe(0);
  });

  it('answers 504 when the last server that it asked let the time pass, 502 when none was left to ask (A3, S-94)', () => {
    const frozen = (replicas: number): ReturnType<typeof herd> =>
      herd({ serverTimeoutMs: 1000 }, { replicas });
    for (const seed of SEEDS.slice(0, 20)) {
      const one = play(frozen(1), seed, [[AT, 'paddock hang shop-app-1']], 6000).metrics(0, 6000);
      expect(one['requests.failed.status.504']).toBe(one['requests.failed']);
      expect(one['requests.failed']).toBeGreaterThan(200);
      const two = play(frozen(2), seed, [[AT, 'paddock hang shop-app-1 shop-app-2']], 6000).metrics(0, 6000);
      expect(two['requests.failed.status.504']).toBeGreaterThan(0);
      expect((two['requests.failed.status.502'] ?? 0) + (two['requests.failed.status.504'] ?? 0)).toBe(
        two['requests.failed'],
      );
    }
  });
});

describe('nginx chooses', () => {
  /** Sessions that each container holds at the start: where the users' sign-ins went. */
  const homesAt = (lb: Partial<BalancerService>, t: Partial<Traffic> = {}): number[] =>
    play(herd(lb, { state: homes({ sessions: 'memory' }) }, t), 1, [], 1)
      .view()
      .containers.map((c) => c.sessions);

  it('by the CRC-32 of the key: users 1 to 100 on three servers as every nginx has them (S-92)', () => {
    expect(homesAt({ balance: 'hash-user' })).toEqual([27, 42, 31]);
  });

  it('by ip_hash, one server for a whole /24 (S-92)', () => {
    expect(homesAt({ balance: 'source' }, { networks: 1 }).toSorted((a, b) => a - b)).toEqual([0, 0, 100]);
    expect(Math.min(...homesAt({ balance: 'source' }))).toBeGreaterThan(20);
  });

  it('by least_conn the emptier, by random two the emptier of two: a slow one gets less than its turn (S-92)', () => {
    const share = (balance: BalancerService['balance']): number => {
      const slow = [[0, 'paddock slow shop-app-2 --factor 10']] as const;
      const run = play(herd({ balance }, {}, { rate: 60 }), 1, slow, 20_000);
      return run.view().containers.find((c) => c.name === 'shop-app-2')?.inFlight ?? 0;
    };
    const [turns, two, least] = [share('roundrobin'), share('random'), share('leastconn')];
    expect(turns).toBeGreaterThan(12);
    expect(two).toBeLessThan(turns);
    // One draw looks at nobody's load.
    expect(share('random(1)')).toBeGreaterThan(two);
    expect(share('random(1)')).toBeGreaterThan(12);
    expect(least).toBeLessThan(8);
  });

  it('by random two between two different servers: of two, a frozen one is never preferred (S-92)', () => {
    const lb = { balance: 'random', serverTimeoutMs: 60_000 } as const;
    const run = play(herd(lb, { replicas: 2 }), 1, [[0, 'paddock hang shop-app-2']], 8000);
    const held = run.view().containers.map((c) => (c.name === 'shop-app-2' ? c.inFlight + c.queued : 0));
    // As many as the other one has had at once, which is some 10 of 100 a second; a double draw would send it a quarter of all.
    expect(Math.max(...held)).toBeGreaterThan(5);
    expect(Math.max(...held)).toBeLessThan(40);
  });

  it('by its cookie since 1.29.6, another server for as long as that one is banned (S-96)', () => {
    const s = herd({ sticky: 'cookie' }, { ...restartIn(1000), state: homes({ sessions: 'memory' }) });
    for (const seed of SEEDS.slice(0, 10)) {
      const owners =
        play(s, seed, [], AT)
          .view()
          .containers.find((c) => c.name === 'shop-app-2')?.sessions ?? 0;
      const m = play(s, seed, KILL, 25_000).metrics(0, 25_000);
      expect(m['requests.failed']).toBe(0);
      // The new cookie names the new server: they lose their session once, and not again when the ban is over.
      expect(m['sessions.refused']).toBe(owners);
    }
  });

  it('forgets failures when its list of servers changes, for that is a reload (S-93)', () => {
    const lines = [...ALL, [AT + 1500, 'docker compose up -d --scale app=4'] as const];
    for (const seed of SEEDS.slice(0, 20)) {
      const m = play(herd({}, { ...restartIn(1000) }), seed, lines, 16_000).metrics(0, 16_000);
      // Not fail_timeout, but until the fourth is there.
      expect(m['recovery.time']).toBeGreaterThan(1400);
      expect(m['recovery.time']).toBeLessThan(2700);
    }
  });
});
