import { describe, expect, it } from 'vitest';
import { homes } from '../../../test/support/fixtures.ts';
import { herdOf } from '../../../test/support/herd-of.ts';
import { entries, expectMean, play, sample } from '../../../test/support/many-seeds.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Run } from '../run.ts';

/** R = 2 requests a second for one container that closes a connection after K = 500 ms; a hop takes h = 5 ms. */
const R = 2;
const K = 500;
const h = 5;
const herd = herdOf({
  app: {
    replicas: 1,
    serviceTime: { kind: 'fixed', ms: 1 },
    state: homes({ sessions: 'signed' }),
    keepAliveTimeoutMs: K,
  },
  balancer: {
    kind: 'alb',
    image: 'alb',
    check: null,
    retries: 0,
    redispatch: false,
    keepalive: 100,
  },
  traffic: { rate: R, hopMs: h, users: 10 },
});
const UNTIL = 60_000;
const after = (s: Scenario, seed: number): Run => play(s, seed, [], UNTIL);
const races = (run: Run): number => entries(run).filter((e) => e.kind === 'connection-idle').length;
/** What the runs of `s` on `n` seeds come to. */
function total(
  s: Scenario,
  n = 30,
): { races: number; failed: number; ok: number; of: (name: string) => number } {
  const sums = new Map<string, number>();
  let raced = 0;
  for (let seed = 1; seed <= n; seed++) {
    const run = after(s, seed);
    raced += races(run);
    for (const [name, value] of Object.entries(run.metrics(0, UNTIL)))
      sums.set(name, (sums.get(name) ?? 0) + (value ?? 0));
  }
  const of = (name: string): number => sums.get(name) ?? 0;
  return { races: raced, failed: of('requests.failed'), ok: of('requests.ok'), of };
}
const POSTS = { browse: 0, 'sign-in': 0, upload: 0, 'view-upload': 0, post: 1, checkout: 0 };
const GETS = { ...POSTS, browse: 1, post: 0 };

describe('a connection that its application closes while a request is on the way', () => {
  it('costs 2h·R·exp(-R·K) of the requests: as many as are sent within a hop of the close (S-100)', () => {
    // Sent between K - h and K + h after the answer left: earlier it still arrives, later the balancer knows.
    const share = Math.exp((-R * (K - h)) / 1000) - Math.exp((-R * (K + h)) / 1000);
    const s = herd({});
    // Those that follow while another is under way find another connection, or none: 2.2 % of them.
    expectMean(
      sample(240, (seed) => races(after(s, seed))),
      (R * UNTIL * share) / 1000,
      0.04 * ((R * UNTIL * share) / 1000),
    );
  });

  it('is not there when the application keeps it for two hops longer than the balancer, and is up to then (S-100)', () => {
    const idleTimeoutMs = 300;
    expect(total(herd({ idleTimeoutMs }, { keepAliveTimeoutMs: idleTimeoutMs + 2 * h })).races).toBe(0);
    expect(total(herd({ idleTimeoutMs }, { keepAliveTimeoutMs: idleTimeoutMs })).races).toBeGreaterThan(5);
    expect(total(herd({}, { keepAliveTimeoutMs: Infinity })).races).toBe(0);
    expect(total(herd({ keepalive: 0 })).races).toBe(0);
  });

  it('is a 502 of an ALB, GET or POST, and its cause is the close (S-100)', () => {
    const all = total(herd({}, {}, { mix: { ...GETS, post: 1 } }));
    expect(all.races).toBeGreaterThan(10);
    expect(all.of('requests.failed.status.502')).toBe(all.races);
    expect(all.failed).toBe(all.races);
    const run = after(herd({}), 2);
    const failed = entries(run).filter((e) => e.kind === 'request-failed');
    expect(failed.length).toBeGreaterThan(0);
    for (const e of failed) {
      const chain = run.chain(e.id);
      expect(chain[1]).toMatchObject({ kind: 'connection-idle', subject: 'shop-app-1' });
      expect(chain.length).toBeGreaterThan(2);
    }
  });

  it('is passed on by nginx, a POST is not; a group of one asks the same server again (S-94)', () => {
    for (const replicas of [1, 2]) {
      const rate = R * replicas;
      const lb = { kind: 'nginx', image: 'nginx:1', maxFails: 0 };
      const get = total(herd(lb, { replicas }, { rate, mix: GETS }));
      expect(get.races).toBeGreaterThan(10);
      // Two of them idle for equally long are rare.
      expect(get.failed).toBeLessThanOrEqual(replicas === 1 ? 0 : get.races / 10);
      const post = total(herd(lb, { replicas }, { rate, mix: POSTS }));
      expect(post.races).toBeGreaterThan(10);
      expect(post.of('requests.failed.status.502')).toBe(post.races);
      expect(post.of('attempts.duplicated')).toBe(0);
    }
  });

  it('closes the client connection in silence behind HAProxy, which gives first requests a connection of their own (S-91, R-1)', () => {
    const lb = { kind: 'haproxy', image: 'haproxy:3.2' };
    const kept = total(herd(lb));
    expect(kept.races).toBeGreaterThan(10);
    expect(kept.of('requests.failed.status.none')).toBe(kept.races);
    expect(total(herd(lb, {}, { browserResend: true, mix: GETS })).failed).toBe(0);
    expect(total(herd({ ...lb, retries: 3, retryOn: ['all-retryable-errors'] })).failed).toBe(0);
    const anew = total(herd(lb, {}, { keepAlive: false }));
    expect([anew.races, anew.failed]).toEqual([0, 0]);
  });

  it('meets the client itself below HTTP, whose connection it is: 4h wide (S-53)', () => {
    const lb = { kind: 'l4', image: 'l4' };
    const share = Math.exp((-R * (K - 2 * h)) / 1000) - Math.exp((-R * (K + 2 * h)) / 1000);
    const s = sample(100, (seed) => {
      const run = after(herd(lb, {}, { users: 1 }), seed);
      expect(run.metrics(0, UNTIL)['requests.failed.status.none']).toBe(races(run));
      return races(run);
    });
    expectMean(s, (R * UNTIL * share) / 1000, 0.06 * ((R * UNTIL * share) / 1000));
  });
});

describe('connections that a balancer keeps', () => {
  it('are counted by nginx for all servers together, by others for each: one in all hardly ever serves two in turn (S-96)', () => {
    const two = (kind: string): number =>
      total(herd({ kind, image: kind, keepalive: 1, maxFails: 0 }, { replicas: 2 }, { rate: 2 * R })).races;
    expect(two('nginx')).toBeLessThan(two('alb') / 10);
  });

  it('to one that died are known to be dead; a request under way to it is reset, not refused (R-1)', () => {
    const slow = { keepAliveTimeoutMs: Infinity, replicas: 2 };
    const t = { rate: 100, hopMs: 50, users: 100 };
    const lb = { kind: 'haproxy', image: 'haproxy:3.2', retries: 3, redispatch: true };
    const killed = (keepalive: number): number =>
      sample(40, (seed) => {
        const s = herd({ ...lb, keepalive }, slow, t);
        return (
          play(s, seed, [[5000, 'docker kill shop-app-2']], 6000).metrics(4900, 6000)['requests.failed'] ?? 0
        );
      }).mean;
    // 50 a second for its 1 ms of work, and for the hop on the way there.
    expect(killed(0)).toBeLessThan(1);
    expect(killed(1000)).toBeGreaterThan(1.5);
    expect(killed(1000)).toBeLessThan(4);
  });

  it('to a host that vanished look good: requests hang to the server time-out, and are not tried elsewhere (R-1)', () => {
    const lose = [[5000, 'paddock lose-host host-1']] as const;
    const timedOut = (keepalive: number): number => {
      const s = herd(
        {
          kind: 'haproxy',
          image: 'haproxy:3.2',
          retries: 3,
          redispatch: true,
          connectTimeoutMs: 500,
          serverTimeoutMs: 3000,
          keepalive,
        },
        { keepAliveTimeoutMs: Infinity, replicas: 2, onExit: { do: 'none', delayMs: 0, layer: 'keep' } },
        { rate: 20, users: 40 },
      );
      return (
        play({ ...s, hosts: 2 }, 1, lose, 12_000).metrics(5000, 12_000)['requests.failed.server-timeout'] ?? 0
      );
    };
    expect(timedOut(0)).toBe(0);
    expect(timedOut(100)).toBeGreaterThan(0);
  });
});
