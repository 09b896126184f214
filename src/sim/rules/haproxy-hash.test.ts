import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario } from '../../../test/support/fixtures.ts';
import { play } from '../../../test/support/many-seeds.ts';
import type { BalancerService, Scenario, Traffic } from '../model/scenario.ts';

const AT = 2000;
const KILL = [[AT, 'docker kill shop-app-2']] as const;

const herd = (lb: Partial<BalancerService>, t: Partial<Traffic> = {}, replicas = 3): Scenario =>
  scenario(
    [
      app({
        replicas,
        state: homes({ sessions: 'memory' }),
        onExit: { do: 'none', delayMs: 0, layer: 'keep' },
      }),
      balancer({ balance: 'hash-user', ...lb }),
    ],
    {},
    t,
  );

/** Sessions that each container holds at the start: where the users' sign-ins went. */
const homesOf = (lb: Partial<BalancerService>, t: Partial<Traffic> = {}, replicas = 3): number[] =>
  play(herd(lb, t, replicas), 1, [], 1)
    .view()
    .containers.filter((c) => c.service === 'app')
    .map((c) => c.sessions);

/** Of 100 users those who lost the way to their session when the second container was killed. */
const moved = (lb: Partial<BalancerService>, replicas = 3): number =>
  play(herd(lb, {}, replicas), 1, KILL, 20_000).metrics(AT, 20_000)['sessions.refused'] ?? 0;

describe('a hash of HAProxy', () => {
  it('is SDBM of the text, and its remainder names the server: users 1 to 100 as every HAProxy has them (S-86)', () => {
    expect(homesOf({})).toEqual([34, 33, 33]);
    expect(homesOf({}, {}, 5)).toEqual([21, 20, 20, 19, 20]);
  });

  it('that is consistent goes to the nearest of 16 points a server, so that shares are uneven (S-86)', () => {
    expect(homesOf({ hashType: 'consistent' })).toEqual([30, 20, 50]);
    expect(homesOf({ hashType: 'consistent' }, {}, 5)).toEqual([23, 7, 31, 17, 22]);
  });

  it('that is map-based moves (N-1)/N of the users when one of N goes, a consistent one only those it had (S-86)', () => {
    expect(moved({})).toBe(69);
    expect(moved({ hashType: 'consistent' })).toBe(20);
    expect(moved({}, 10)).toBeGreaterThan(80);
    expect(moved({ hashType: 'consistent' }, 10)).toBeLessThan(25);
  });

  it('that is map-based sends everybody where they were before, once all servers are back (S-86)', () => {
    const s = herd({}, {}, 5);
    const services = s.services.map((x) =>
      x.role === 'app' ? { ...x, onExit: { do: 'restart', delayMs: 5000, layer: 'keep' } as const } : x,
    );
    const run = play({ ...s, services }, 1, [[AT, 'docker kill shop-app-1']], 60_000);
    const sessions = run
      .view()
      .containers.filter((c) => c.service === 'app')
      .map((c) => c.sessions);
    expect(sessions).toEqual(homesOf({}, {}, 5));
  });

  it('of the address goes by all of it: users of one network are spread too (S-86)', () => {
    for (const hashType of ['map-based', 'consistent'] as const)
      for (const networks of [0, 1])
        expect(Math.min(...homesOf({ balance: 'source', hashType }, { networks }))).toBeGreaterThan(10);
  });

  it('gives a replacement the line of the one before, so that its users come back (S-86)', () => {
    const s = herd({});
    const services = s.services.map((x) =>
      x.role === 'app' ? { ...x, onExit: { do: 'replace', delayMs: 5000, layer: 'wipe' } as const } : x,
    );
    const run = play({ ...s, services }, 1, KILL, 30_000);
    const held = run.view().containers.filter((c) => c.service === 'app' && c.phase === 'running');
    expect(held.map((c) => [c.name, c.sessions])).toEqual([
      ['shop-app-1', expect.any(Number)],
      ['shop-app-3', expect.any(Number)],
      ['shop-app-4', 33],
    ]);
  });
});

describe('random draws of HAProxy', () => {
  /** Shares of four servers, in per cent, by the users whose sign-in they answered. */
  const shares = (lb: Partial<BalancerService>): number[] =>
    homesOf({ balance: 'random(1)', ...lb }, { users: 20_000 }, 4).map((n) => n / 200);

  it('on the circle have the shares that were measured of four servers: 28, 18, 25 and 29 % (S-86)', () => {
    for (const [k, share] of shares({ hashType: 'consistent' }).entries())
      expect(Math.abs(share - [28, 18, 25, 29][k])).toBeLessThanOrEqual(1.5);
  });

  it('among the servers that are up are even (R-8)', () => {
    for (const share of shares({})) expect(Math.abs(share - 25)).toBeLessThanOrEqual(1);
  });

  it('of a server that is full wait in the balancer, though another is idle (S-86, S-88)', () => {
    const full = {
      balance: 'random(1)',
      hashType: 'consistent',
      maxconn: 1,
      queueTimeoutMs: 60_000,
    } as const;
    const waiting = (lb: Partial<BalancerService>): number =>
      play(herd(lb, { rate: 40 }, 4), 1, [], 60_000).metrics(0, 60_000)['latency.p95'] ?? 0;
    expect(waiting(full)).toBeGreaterThan(waiting({ ...full, hashType: 'map-based' }));
  });
});

describe('redispatch under a hash', () => {
  const slowChecks = {
    interMs: 60_000,
    fastinterMs: null,
    downinterMs: null,
    fall: 3,
    rise: 2,
    timeoutMs: null,
  };
  const after = (hashType: BalancerService['hashType']) =>
    play(herd({ hashType, check: slowChecks }), 1, KILL, 20_000).metrics(4000, 20_000);

  it('waits, for only the last retry may go elsewhere, and a map names the same server again (S-84)', () => {
    const m = after('map-based');
    expect((m['requests.failed.connect-refused'] ?? 0) / (m['requests.total'] ?? 1)).toBeCloseTo(0.33, 1);
    expect(m['requests.failed.status.503']).toBe(m['requests.failed']);
  });

  it('passes over the server that failed where the hash is consistent: an answer after 2 s (S-84)', () => {
    const m = after('consistent');
    expect(m['requests.failed']).toBe(0);
    expect(m['latency.p95'] ?? 0).toBeGreaterThan(2000);
    expect(m['latency.p50'] ?? Infinity).toBeLessThan(200);
  });
});
