import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { container, entries, play } from '../../../test/support/many-seeds.ts';
import type { AppService, BalancerService, Scenario, Traffic, Version } from '../model/scenario.ts';
import type { Run } from '../run.ts';

/** What two versions of an image may differ in, and what their users see of it while both run. */

const AT = 2000;
const DEPLOY = [AT, 'docker service update --image shop:2.0 shop_app'] as const;
const UNDO = 'docker service update --image shop:1.0 shop_app';

/** Rolls slowly enough that both versions serve for seconds. */
const herd = (
  versions: Readonly<Record<string, Version>>,
  a: Partial<AppService> = {},
  t: Partial<Traffic> = {},
  lb: Partial<BalancerService> = {},
): Scenario =>
  scenario(
    [
      app({
        versions,
        replicas: 4,
        readiness: { kind: 'probe', intervalMs: 250, timeoutMs: 1000, rise: 1, fall: 1 },
        rollout: { ...app().rollout, minReadyMs: 2000 },
        state: homes({ sessions: 'redis', records: 'shared' }),
        ...a,
      }),
      store(),
      balancer({ check: null, ...lb }),
    ],
    {},
    { rate: 100, ...t },
  );
const deployedAt = (run: Run): number => entries(run).find((e) => e.kind === 'deploy-done')?.t ?? NaN;
const orders = { browse: 1, 'sign-in': 0, upload: 0, 'view-upload': 0, post: 0, checkout: 1 };

describe('session format', () => {
  const formats = { '1.0': { sessionFormat: 'a' }, '2.0': { sessionFormat: 'b' } };

  it('of one version is unreadable to the other: 401s while both run, in Redis too (C-10)', () => {
    const run = play(herd(formats), 1, [DEPLOY], 30_000);
    const m = run.metrics(0, 30_000);
    expect(deployedAt(run)).toBeLessThan(20_000);
    // nothing is destroyed, nothing fails, and yet every user signs in again, many more than once
    expect([m['requests.failed'], m['sessions.lost']]).toEqual([0, 0]);
    expect(m['sessions.missed']).toBeGreaterThan(150);
    expect(run.metrics(25_000, 30_000)['requests.unauthorized']).toBe(0);
    const missed = entries(run).find((e) => e.kind === 'session-missed');
    expect(missed?.text).toContain('another format');
    const same = play(
      herd({ '1.0': { sessionFormat: 'a' }, '2.0': { sessionFormat: 'a' } }),
      1,
      [DEPLOY],
      30_000,
    );
    expect(same.metrics(0, 30_000)['requests.unauthorized']).toBe(0);
  });

  it('is readable again after a rollback, for those who did not sign in meanwhile (C-10)', () => {
    const few = { users: 400, rate: 10 };
    const at = 20_000;
    const run = play(herd(formats, { rollout: app().rollout }, few), 1, [DEPLOY, [at, UNDO]], 60_000);
    const late = run.metrics(40_000, 60_000);
    const refused = run.metrics(0, 40_000)['sessions.refused'] ?? 0;
    expect(refused).toBeGreaterThan(20);
    // Most of the 400 were never asked; their sessions are as readable as on the first day.
    expect(late['sessions.refused']).toBeLessThan((late['requests.total'] ?? 0) * 0.4);
    expect(run.view().totals.sessionsLost).toBe(0);
  });
});

describe('schema', () => {
  it('of a destructive migration breaks the orders of the old version, until it is gone (C-10)', () => {
    const run = play(herd({ '2.0': { schema: 'b' } }, {}, { mix: orders }), 1, [DEPLOY], 30_000);
    const m = run.metrics(0, 30_000);
    expect(m['requests.failed.app-error']).toBeGreaterThan(100);
    expect(m['requests.failed']).toBe(m['requests.failed.app-error']);
    const migrated = entries(run).find((e) => e.kind === 'schema-migrated');
    expect(migrated?.container).toBe(container(run, 'shop-app-5').id);
    const first = entries(run).find((e) => e.kind === 'request-failed');
    expect(run.chain(first?.id ?? -1).map((e) => e.kind)).toContain('schema-migrated');
    expect(run.chain(first?.id ?? -1).at(-1)?.kind).toBe('command');
    expect(run.metrics(Math.ceil(deployedAt(run) / 100) * 100, 30_000)['requests.failed']).toBe(0);
  });

  it('expanded first and contracted later breaks nothing (C-10)', () => {
    const versions: Record<string, Version> = {
      '2.0': { schema: 'ab', migration: 'compatible' },
      '3.0': { schema: 'b', migration: 'compatible' },
    };
    const next = [25_000, 'docker service update --image shop:3.0 shop_app'] as const;
    const of = (v: Record<string, Version>): number | null =>
      play(herd(v, {}, { mix: orders }), 1, [DEPLOY, next], 50_000).metrics(0, 50_000)['requests.failed'];
    expect(of(versions)).toBe(0);
    expect(of({ ...versions, '3.0': { schema: 'b' } })).toBeGreaterThan(0);
  });

  it('is not rolled back with the image: the old version fails until the database is taken back (C-10)', () => {
    const s = herd({ '1.0': { schema: 'a' }, '2.0': { schema: 'b' } }, {}, { mix: orders });
    const run = play(s, 1, [DEPLOY, [20_000, UNDO], [50_000, 'paddock migrate a']], 70_000);
    const broken = run.metrics(42_000, 50_000);
    expect(broken['requests.failed']).toBeGreaterThan(300);
    expect(broken['requests.failed']).toBe(broken['requests.failed.app-error']);
    expect(run.metrics(51_000, 70_000)['requests.failed']).toBe(0);
  });
});

describe('assets', () => {
  const built = { '1.0': { assets: 'a1' }, '2.0': { assets: 'b2' } };

  it('of the other version are not there: half a page while both run, and nobody calls it a failure (C-9)', () => {
    const run = play(herd(built), 1, [DEPLOY], 30_000);
    const m = run.metrics(0, 30_000);
    expect(m['requests.failed']).toBe(0);
    expect(m['assets.missed']).toBeGreaterThan(200);
    expect(m['assets.missed']).toBeLessThan((m['requests.total'] ?? 0) / 2);
    expect(entries(run).filter((e) => e.kind === 'asset-missed')).toHaveLength(m['assets.missed'] ?? -1);
    expect(run.metrics(Math.ceil(deployedAt(run) / 100) * 100 + 1000, 30_000)['assets.missed']).toBe(0);
    // a page of two exchanges takes longer than one, and counts once
    expect(m['requests.total']).toBe(
      play(herd({}), 1, [DEPLOY], 30_000).metrics(0, 30_000)['requests.total'],
    );
  });

  it('are found where a cookie keeps page and asset together (C-9)', () => {
    const run = play(herd(built, {}, {}, { sticky: 'cookie' }), 1, [DEPLOY], 30_000);
    const loose = play(herd(built), 1, [DEPLOY], 30_000).metrics(0, 30_000)['assets.missed'] ?? 0;
    expect(run.metrics(0, 30_000)['assets.missed']).toBeLessThan(loose / 10);
  });
});

describe('a version', () => {
  it('has errors and work of its own, in proportion to its part of the herd', () => {
    const versions: Record<string, Version> = {
      '2.0': { errorRate: 0.2, serviceTime: { kind: 'exponential', mean: 200 } },
    };
    const run = play(herd(versions, { rollout: app().rollout }), 1, [DEPLOY], 40_000);
    const before = run.metrics(0, AT);
    const after = run.metrics(20_000, 40_000);
    expect(before['requests.failed']).toBe(0);
    expect((after['requests.failed.app-error'] ?? 0) / 2000).toBeCloseTo(0.2, 1);
    expect((after['latency.p50'] ?? 0) / (before['latency.p50'] ?? 1)).toBeGreaterThan(3.5);
  });

  it('whose health endpoint never answers well gets no traffic where readiness is probed (A5)', () => {
    for (const [healthcheck, replaced] of [
      ['never', 0],
      ['wrong', 4],
      ['ok', 4],
    ] as const) {
      const run = play(herd({ '2.0': { healthcheck } }), 1, [DEPLOY], 30_000);
      const live = run.view().containers.filter((c) => c.phase === 'running' && c.server === 'up');
      expect(live.filter((c) => c.tag === '2.0')).toHaveLength(replaced);
      expect(run.metrics(0, 30_000)['requests.failed']).toBe(0);
    }
  });
});

describe('an edit by hand', () => {
  const edit = (line: string): readonly [number, string] => [AT, `docker exec shop-app-2 sh -c '${line}'`];
  const after = (line: string): Run => play(herd({}), 1, [edit(line)], 22_000);

  it('under /app makes one of four answer differently, and says who (S-123)', () => {
    const run = after('echo patched >> /app/server.js');
    const m = run.metrics(AT, 22_000);
    expect((m['answers.variant'] ?? 0) / (m['requests.ok'] ?? 1)).toBeCloseTo(0.25, 1);
    expect(m['requests.failed']).toBe(0);
    expect(run.view().containers.map((c) => c.variant)).toEqual([0, 1, 0, 0]);
    for (const line of ['echo x > /tmp/x', 'echo x > /app/uploads/x'])
      expect(after(line).metrics(0, 22_000)['answers.variant']).toBe(0);
  });

  it('of /app/config changes what its code does: error-rate and slow (S-123)', () => {
    const m = after('echo error-rate=0.4 > /app/config').metrics(AT, 22_000);
    expect((m['requests.failed.app-error'] ?? 0) / (m['requests.total'] ?? 1)).toBeCloseTo(0.1, 1);
    const slow = after('echo slow=20 > /app/config').metrics(AT, 22_000);
    expect(slow['latency.p95']).toBeGreaterThan(5 * (herd95() ?? Infinity));
    function herd95(): number | null {
      return play(herd({}), 1, [], 22_000).metrics(AT, 22_000)['latency.p95'];
    }
  });

  it('is one variant wherever it is the same (S-123)', () => {
    const again = (n: number): readonly [number, string] => [AT, `docker exec shop-app-${n} touch /app/a`];
    const run = play(herd({}), 1, [again(1), again(3), edit('echo other > /app/a')], 3000);
    expect(run.view().containers.map((c) => c.variant)).toEqual([1, 2, 1, 0]);
  });
});
