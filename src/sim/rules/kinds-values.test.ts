import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { play } from '../../../test/support/many-seeds.ts';
import type { SecretSettings } from '../kinds/settings.ts';
import type { AppService, Scenario } from '../model/scenario.ts';
import type { Run } from '../run.ts';

type Lines = readonly (readonly [number, string])[];
const AT = 5000;
const VAULT = store({ name: 'vault', image: 'hashicorp/vault:1', kind: 'manager' });

/** Everything but the home of both values is the same. */
const herd = (
  home: string,
  platform = 'compose',
  over: Partial<SecretSettings> = {},
  a: Partial<AppService> = {},
): Scenario => {
  const settings = {
    rereadMs: Infinity,
    mount: 'directory',
    leaseMs: Infinity,
    renew: true,
    ...over,
  } as const;
  return scenario(
    [
      app({
        restart: 'always',
        serviceTime: { kind: 'fixed', ms: 10 },
        state: homes({ sessions: 'signed', config: home, secrets: home }),
        kinds: {
          ...app().kinds,
          config: { rereadMs: settings.rereadMs, mount: settings.mount },
          secrets: settings,
        },
        ...a,
      }),
      VAULT,
      balancer(),
    ],
    { platform },
    { users: 30, rate: 60 },
  );
};

const stale = (run: Run, from: number, to: number): number => {
  const m = run.metrics(from, to);
  return Math.round((100 * (m['config.stale'] ?? 0)) / Math.max(1, m['requests.ok'] ?? 0));
};
const CONFIG: Lines = [[AT, 'paddock rotate config']];

describe('a configuration that changes', () => {
  it('in the environment or the image reaches no container that exists, whatever restarts (S-118, S-122)', () => {
    for (const home of ['env', 'baked']) {
      const run = play(
        herd(home),
        1,
        [...CONFIG, [10_000, 'docker restart shop-app-1 shop-app-2 shop-app-3']],
        20_000,
      );
      expect(stale(run, AT, 9000), home).toBe(100);
      expect(stale(run, 12_000, 20_000), home).toBe(100);
    }
  });

  it('in the environment is there after a recreation, for which `up` sees the change by itself (S-118, S-33)', () => {
    const run = play(herd('env'), 1, [...CONFIG, [10_000, 'docker compose up -d']], 20_000);
    expect(stale(run, AT, 9000)).toBe(100);
    expect(stale(run, 13_000, 20_000)).toBe(0);
  });

  it('in the image needs another image: a recreation from the same one changes nothing (S-122, S-127)', () => {
    const deploy = (image: string): Run =>
      play(
        herd('baked', 'swarm'),
        1,
        [...CONFIG, [10_000, `docker service update ${image}--force shop_app`]],
        60_000,
      );
    expect(stale(deploy(''), 50_000, 60_000)).toBe(100);
    expect(stale(deploy('--image shop:2.0 '), 50_000, 60_000)).toBe(0);
  });

  it('in a mounted file is in the file at once and in the process when that reads it (S-119)', () => {
    const once = play(herd('file'), 1, [...CONFIG, [10_000, 'docker restart shop-app-1']], 20_000);
    expect(stale(once, AT, 9000)).toBe(100);
    // one of three has started again: the herd answers in two ways
    expect(stale(once, 15_000, 20_000)).toBeGreaterThan(60);
    expect(stale(once, 15_000, 20_000)).toBeLessThan(73);
    const reader = play(herd('file', 'compose', { rereadMs: 2000 }), 1, CONFIG, 20_000);
    expect(stale(reader, AT, AT + 1000)).toBeGreaterThan(10);
    expect(stale(reader, AT + 2100, 20_000)).toBe(0);
  });

  it('in a file on Kubernetes is there after up to 90 s, by subPath never before the container starts again (S-80)', () => {
    const run = play(herd('file', 'kubernetes', { rereadMs: 1000 }), 1, CONFIG, 120_000);
    expect(stale(run, AT, AT + 3000)).toBeGreaterThan(60);
    expect(stale(run, AT + 91_500, 120_000)).toBe(0);
    const sub = herd('file', 'kubernetes', { rereadMs: 1000, mount: 'subpath' });
    expect(stale(play(sub, 1, CONFIG, 120_000), 100_000, 120_000)).toBe(100);
    // a pod that restarts makes the herd mixed; env does the same there (S-68)
    const crash: Lines = [...CONFIG, [20_000, 'paddock crash shop-app-1']];
    for (const s of [sub, herd('env', 'kubernetes')])
      expect(Math.abs(stale(play(s, 1, crash, 60_000), 40_000, 60_000) - 67)).toBeLessThan(8);
  });

  it('on Swarm is another config, so its tasks are replaced one by one (S-120)', () => {
    const run = play(herd('file', 'swarm'), 1, CONFIG, 60_000);
    expect(stale(run, AT, AT + 1000)).toBeGreaterThan(60);
    expect(stale(run, 55_000, 60_000)).toBe(0);
    expect(run.metrics(0, 60_000)['containers.started']).toBe(3);
  });

  it('in a secret manager is there at the next start or the next reading (S-121)', () => {
    expect(stale(play(herd('manager'), 1, CONFIG, 10_000), AT, 10_000)).toBe(100);
    expect(
      stale(play(herd('manager', 'compose', { rereadMs: 1000 }), 1, CONFIG, 10_000), AT + 1100, 10_000),
    ).toBe(0);
  });
});

describe('a secret that is rotated', () => {
  const rejected = (run: Run, from: number, to: number): number =>
    run.metrics(from, to)['secrets.rejected'] ?? 0;

  it('and revoked at once fails every container that has the old one; each failure leads to the command (S-118)', () => {
    const run = play(herd('env'), 1, [[AT, 'paddock rotate secrets']], 10_000);
    const m = run.metrics(AT, 10_000);
    expect(m['requests.failed']).toBeGreaterThan(250);
    expect(m['requests.failed.dependency']).toBe(m['requests.failed']);
    expect(m['requests.ok']).toBeLessThan(5);
    const failure = run.journal(0, run.journalLength()).find((e) => e.kind === 'request-failed');
    expect(run.chain(failure?.id ?? -1).map((e) => e.kind)).toEqual([
      'request-failed',
      'secret-revoked',
      'value-changed',
      'command',
    ]);
  });

  it('with time to replace the containers before the old one is revoked fails nothing (S-120, C-18)', () => {
    const s = herd(
      'env',
      'swarm',
      {},
      { healthcheck: null, update: { ...app().update, order: 'start-first', monitorMs: 500 } },
    );
    const lines = (after: string): Lines => [
      [AT, `paddock rotate secrets --revoke-after ${after}`],
      [AT + 100, 'docker service update --force shop_app'],
    ];
    expect(rejected(play(s, 1, lines('60s'), 80_000), 0, 80_000)).toBe(0);
    expect(rejected(play(s, 1, lines('100ms'), 80_000), 0, 80_000)).toBeGreaterThan(20);
  });

  it('in a file or a manager is followed by a process that reads it again, without any new container (S-119, S-121)', () => {
    for (const home of ['file', 'manager']) {
      const run = play(
        herd(home, 'compose', { rereadMs: 1000 }),
        1,
        [[AT, 'paddock rotate secrets --revoke-after 2s']],
        20_000,
      );
      expect(rejected(run, 0, 20_000), home).toBe(0);
      expect(run.metrics(0, 20_000)['containers.started']).toBe(0);
    }
  });

  it('whose lease is over without renewal fails on all replicas at the same time; renewed it never does (S-121)', () => {
    const lease = (renew: boolean, lines: Lines = []): Run =>
      play(herd('manager', 'compose', { leaseMs: 6000, renew }), 1, lines, 20_000);
    expect(rejected(lease(true), 0, 20_000)).toBe(0);
    const over = lease(false);
    expect(rejected(over, 0, 6000)).toBe(0);
    const m = over.metrics(6000, 20_000);
    expect(m['requests.failed']).toBeGreaterThan(800);
    expect(m['requests.ok']).toBeLessThan(3);
    expect(
      over
        .journal(0, over.journalLength())
        .filter((e) => e.kind === 'lease-expired')
        .map((e) => e.t),
    ).toEqual([6000, 6000, 6000]);
    // a new process asks for a new one
    expect(
      lease(false, [[10_000, 'docker restart shop-app-1']]).metrics(14_000, 15_000)['requests.ok'],
    ).toBeGreaterThan(10);
  });

  it('cannot be renewed while the manager is away, and is again when it is back (S-121)', () => {
    const s = herd('manager', 'compose', { leaseMs: 6000 });
    const run = play(s, 1, [[3000, 'paddock store vault down --for 7s']], 20_000);
    expect(rejected(run, 0, 6000)).toBe(0);
    expect(rejected(run, 6000, 10_000)).toBeGreaterThan(200);
    expect(rejected(run, 11_100, 20_000)).toBe(0);
    const expired = run.journal(0, run.journalLength()).find((e) => e.kind === 'lease-expired');
    expect(run.chain(expired?.id ?? -1).map((e) => e.kind)).toEqual([
      'lease-expired',
      'store-down',
      'command',
    ]);
  });

  it('is not needed for what the cache answers', () => {
    const s = herd(
      'env',
      'compose',
      {},
      {
        state: homes({ sessions: 'signed', secrets: 'env', cache: 'memory' }),
        kinds: {
          ...app().kinds,
          secrets: { rereadMs: Infinity, mount: 'directory', leaseMs: Infinity, renew: true },
          cache: {
            keys: 2,
            popularity: 'equal',
            ttlMs: Infinity,
            missMs: 20,
            source: null,
            invalidate: false,
          },
        },
      },
    );
    expect(rejected(play(s, 1, [[AT, 'paddock rotate secrets']], 10_000), 0, 10_000)).toBe(0);
  });

  it('that is in the file only while the herd runs is what every process goes by from then on (S-118)', () => {
    const later = herd('env');
    const bare = { state: homes({ sessions: 'signed' }), kinds: app().kinds };
    const services = later.services.map((s) => (s.role === 'app' ? { ...s, ...bare } : s));
    const run = play({ ...later, services }, 1, [], AT).fork(later);
    run.advance(AT + 1000);
    expect(rejected(run, 0, AT + 1000)).toBe(0);
    run.apply({ verb: 'rotate', of: 'secrets', revokeAfterMs: 0 }, 'paddock rotate secrets');
    run.advance(AT + 3000);
    expect(run.metrics(AT + 1100, AT + 3000)['requests.ok']).toBe(0);
    expect(rejected(run, AT + 1000, AT + 3000)).toBeGreaterThan(80);
  });

  it('that this herd does not have cannot be rotated, and the answer says what to write', () => {
    const run = play(scenario([app(), balancer()]), 1, [], 1000);
    const answer = run.apply({ verb: 'rotate', of: 'secrets', revokeAfterMs: 0 }, 'paddock rotate secrets');
    expect(answer).toEqual({
      ok: false,
      text: 'paddock: app has no secrets; write secrets: { … } under its x-paddock',
    });
  });
});

describe('news of a value', () => {
  it('does not reach a process that hangs: it answers by the old one when it goes on', () => {
    const s = herd(
      'file',
      'compose',
      { rereadMs: 2000 },
      { replicas: 1, state: homes({ sessions: 'signed', config: 'file' }) },
    );
    const lines: Lines = [
      [AT, 'paddock hang shop-app-1'],
      [AT + 100, 'paddock rotate config'],
      [AT + 5000, 'paddock resume shop-app-1'],
    ];
    const run = play(s, 1, lines, 20_000);
    expect(run.metrics(AT + 4900, AT + 8000)['config.stale']).toBeGreaterThan(20);
    expect(run.metrics(AT + 8000, 20_000)['config.stale']).toBe(0);
  });

  it('that comes to a file late does not put an older value over a newer one (S-80)', () => {
    // two changes before one look of the kubelet; another pod beside them gives each its own lag
    const lines: Lines = [
      [AT, 'paddock rotate config'],
      [AT + 10, 'kubectl scale deployment/app --replicas=4'],
      [AT + 20, 'paddock rotate config'],
    ];
    const s = herd('file', 'kubernetes', { rereadMs: 1000 });
    for (const seed of [1, 2, 3]) expect(stale(play(s, seed, lines, 110_000), AT + 92_000, 110_000)).toBe(0);
  });

  it('that comes late does not bring an older secret back', () => {
    const lines: Lines = [
      [AT, 'paddock rotate secrets --revoke-after 6s'],
      [AT + 1000, 'paddock rotate secrets'],
    ];
    const run = play(herd('env'), 1, lines, 15_000);
    const revoked = run.journal(0, run.journalLength()).filter((e) => e.kind === 'secret-revoked');
    expect(revoked.map((e) => e.t)).toEqual([AT + 1000]);
  });
});

it('what a process has read stays what it is when something else is set (S-118)', () => {
  const s = herd('env');
  const run = play(s, 1, [[AT, 'paddock rotate secrets --revoke-after 0s'], ...CONFIG], AT + 2000);
  const other = { ...s, traffic: { ...s.traffic, keepAlive: !s.traffic.keepAlive } };
  expect(run.apply({ verb: 'set', assignments: ['keep-alive'], scenario: other }, 'set').ok).toBe(true);
  run.advance(AT + 6000);
  const m = run.metrics(AT + 3000, AT + 6000);
  expect(m['requests.failed']).toBe(m['requests.total']);
  expect(m['requests.failed']).toBeGreaterThan(100);
});

it('what is in the image needs another image, and that is said (S-122)', () => {
  const run = play(herd('baked'), 1, [], AT);
  const rotate = { verb: 'rotate', of: 'config', revokeAfterMs: 0 } as const;
  expect(run.apply(rotate, 'paddock rotate config').text).toContain('a new one must be built and deployed');
});
