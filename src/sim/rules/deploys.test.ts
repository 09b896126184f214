import { describe, expect, it } from 'vitest';
import { createDriver } from '../../commands/driver.ts';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { container, entries, play } from '../../../test/support/many-seeds.ts';
import { createRun } from '../create-run.ts';
import type { JournalEntry } from '../engine/journal-entry.ts';
import type { AppService, BalancerService, Scenario, Traffic, Version } from '../model/scenario.ts';
import type { Run } from '../run.ts';
import type { ContainerView } from '../view.ts';

/** How a new version comes in on `bare`, and how it is held, given up and taken back. */

const AT = 2000;
const DEPLOY = [AT, 'docker service update --image shop:2.0 shop_app'] as const;
const NEVER: Record<string, Version> = { '2.0': { bootMs: 1e9 } };

const herd = (
  rollout: Partial<AppService['rollout']>,
  a: Partial<AppService> = {},
  t: Partial<Traffic> = {},
  lb: Partial<BalancerService> = {},
): Scenario =>
  scenario(
    [
      app({
        readiness: { kind: 'probe', intervalMs: 250, timeoutMs: 1000, rise: 1, fall: 1 },
        rollout: { ...app().rollout, ...rollout },
        state: homes({ sessions: 'redis' }),
        ...a,
      }),
      store(),
      balancer({ check: null, ...lb }),
    ],
    {},
    { rate: 100, ...t },
  );

const of = (run: Run, kind: JournalEntry['kind']): JournalEntry[] =>
  entries(run).filter((e) => e.kind === kind);
const live = (run: Run): ContainerView[] =>
  run.view().containers.filter((c) => c.phase === 'booting' || c.phase === 'running');
/** Live containers of both versions: `3,1`. */
const mixed = (run: Run): string =>
  ['1.0', '2.0'].map((tag) => live(run).filter((c) => c.tag === tag).length).join(',');
const laws = (run: Run): void => {
  const t = run.view().totals;
  expect(t.requests).toBe(t.ok + t.failed + t.unauthorized + t.notFound + t.inFlight);
};

describe('a rolling update', () => {
  /** Old and new ones that are not on their way out, after every instant at which one came or went. */
  function trace(replicas: number, percent: boolean): string[] {
    const quarter = { percent: 25 };
    const s = herd(
      percent ? { maxSurge: quarter, maxUnavailable: quarter } : { maxSurge: 0, maxUnavailable: 1 },
      {
        replicas,
        bootMs: 1000,
        readiness: { kind: 'probe', intervalMs: 100, timeoutMs: 100, rise: 1, fall: 1 },
      },
      { rate: 0 },
    );
    const run = createRun(s);
    run.advance(AT);
    const driver = createDriver(run, [{ at: AT, do: DEPLOY[1] }]);
    const steps: string[] = [];
    for (let t = AT; t <= 60_000; t += 10) {
      driver.advance(t);
      const now = mixed(run);
      if (steps.at(-1) !== now) steps.push(now);
    }
    return steps;
  }

  it('of four at 25 % goes by its fenceposts, never above 5 nor below 3 (S-58, S-59, A5)', () => {
    const steps = trace(4, true);
    expect(steps[0]).toBe('4,0');
    expect(steps.at(-1)).toBe('0,4');
    for (const [old = 0, young = 0] of steps.map((s) => s.split(',').map(Number)))
      expect(old + young).toBeLessThanOrEqual(5);
    expect(steps).toContain('3,2');
  });

  it('with surge 0 goes one out, one in: never more than wanted (S-58, S-59)', () => {
    expect(trace(3, false)).toEqual(['3,0', '2,1', '1,2', '0,3']);
  });

  it.each([
    [1, '1,1'],
    [3, '3,1'],
    [4, '3,2'],
    [10, '8,5'],
  ])(
    'of %i with an image that never becomes ready stalls at %s, and the old ones serve (A5)',
    (replicas, stall) => {
      const quarter = { percent: 25 };
      const s = herd(
        { maxSurge: quarter, maxUnavailable: quarter, deadlineMs: 10_000 },
        { replicas, versions: NEVER },
      );
      const run = play(s, 1, [DEPLOY], 40_000);
      expect(mixed(run)).toBe(stall);
      expect(run.metrics(0, 40_000)['requests.failed']).toBe(0);
      // The deadline is only said, once; nothing goes back by itself.
      expect(of(run, 'deploy-failed')).toHaveLength(1);
      expect(of(run, 'deploy-failed')[0]?.t).toBeGreaterThanOrEqual(AT + 10_000);
      expect(of(run, 'deploy-rolled-back')).toHaveLength(0);
    },
  );

  it('that stalls is given up by hand: what is new goes, nobody notices', () => {
    for (const line of [
      'paddock deploy abort',
      'paddock deploy undo app',
      'docker service rollback shop_app',
    ]) {
      const run = play(herd({}, { versions: NEVER }), 1, [DEPLOY, [10_000, line]], 30_000);
      expect(mixed(run)).toBe('3,0');
      expect(live(run).map((c) => c.name)).toEqual(['shop-app-1', 'shop-app-2', 'shop-app-3']);
      expect(run.metrics(0, 30_000)['requests.failed']).toBe(0);
      expect(of(run, 'deploy-done')).toHaveLength(1);
    }
  });

  it('that is given up half-way makes the old ones again that were gone', () => {
    const run = play(herd({ minReadyMs: 1000 }), 1, [DEPLOY, [6000, 'paddock deploy abort']], 30_000);
    expect(mixed(run)).toBe('3,0');
    expect(Math.max(...live(run).map((c) => c.number))).toBeGreaterThan(4);
    expect(run.metrics(0, 30_000)['requests.failed']).toBe(0);
  });

  it('is held by a pause and goes on after it; a pause of nothing is refused', () => {
    const s = herd({ minReadyMs: 1000 });
    const lines = [DEPLOY, [3500, 'paddock deploy pause'], [20_000, 'paddock deploy resume']] as const;
    const run = play(s, 1, lines, 19_000);
    const held = mixed(run);
    expect(['2,1', '3,1', '2,2']).toContain(held);
    expect(mixed(play(s, 1, lines, 40_000))).toBe('0,3');
    const idle = createRun(s);
    for (const action of ['pause', 'resume', 'abort', 'undo'] as const)
      expect(idle.apply({ verb: 'deploy', action, service: null }, action).ok).toBe(false);
    const going = play(s, 1, [DEPLOY], 3500);
    expect(going.apply({ verb: 'deploy', action: 'resume', service: null }, 'resume')).toEqual({
      ok: false,
      text: 'paddock: the roll-out of app is not paused',
    });
  });

  it('is completed though a new one dies on the way, with as many as are wanted (S-59)', () => {
    const s = herd({}, { onExit: { do: 'replace', delayMs: 2000, layer: 'wipe' } });
    const run = play(s, 1, [DEPLOY, [3300, 'paddock crash shop-app-4']], 40_000);
    expect(mixed(run)).toBe('0,3');
    expect(entries(run).filter((e) => e.kind === 'deploy-done')).toHaveLength(1);
  });

  it('that was completed is undone, and redone by another undo, as a roll-out of its own', () => {
    const run = play(herd({}), 1, [DEPLOY, [20_000, 'paddock deploy undo']], 40_000);
    expect(mixed(run)).toBe('3,0');
    expect(live(run).map((c) => c.number)).toEqual([7, 8, 9]);
    const again = play(
      herd({}),
      1,
      [DEPLOY, [20_000, 'docker service rollback app'], [40_000, 'docker service rollback app']],
      60_000,
    );
    expect(mixed(again)).toBe('0,3');
  });

  it('is overtaken by a newer one: what came half-way goes first, and an undo goes back behind both', () => {
    const s = herd({ minReadyMs: 1000 }, { versions: NEVER });
    const newer = [8000, 'docker service update --image shop:3.0 shop_app'] as const;
    const run = play(s, 1, [DEPLOY, newer], 40_000);
    expect(live(run).map((c) => c.tag)).toEqual(['3.0', '3.0', '3.0']);
    expect(of(run, 'deploy-superseded')).toHaveLength(1);
    expect(run.metrics(0, 40_000)['requests.failed']).toBe(0);
    const undone = play(s, 1, [DEPLOY, newer, [40_000, 'paddock deploy undo']], 80_000);
    expect(mixed(undone)).toBe('3,0');
  });
});

describe('blue-green', () => {
  const strategy = { strategy: 'blue-green', keepMs: 10_000 } as const;

  it('brings up a second herd, switches all traffic at once when it is ready, and retires the first later', () => {
    const s = herd(strategy, { bootMs: 3000 });
    const before = play(s, 1, [DEPLOY], 5000);
    expect(mixed(before)).toBe('3,3');
    expect(
      before
        .view()
        .containers.filter((c) => c.server === 'up')
        .map((c) => c.tag),
    ).toEqual(['1.0', '1.0', '1.0']);
    const run = play(s, 1, [DEPLOY], 40_000);
    const [switched] = of(run, 'traffic-switched');
    expect(switched?.t).toBeGreaterThan(AT + 3000);
    expect(switched?.t).toBeLessThan(AT + 3500);
    const kept = play(s, 1, [DEPLOY], 10_000);
    expect(mixed(kept)).toBe('3,3');
    expect(
      kept
        .view()
        .containers.filter((c) => c.server === 'up')
        .map((c) => c.tag),
    ).toEqual(['2.0', '2.0', '2.0']);
    expect(mixed(run)).toBe('0,3');
    expect(of(run, 'container-signalled')[0]?.t).toBeCloseTo((switched?.t ?? 0) + 10_000, 0);
    expect(run.metrics(0, 40_000)['requests.failed']).toBe(0);
    expect(run.metrics(0, 40_000)['capacity.min']).toBe(3);
    laws(run);
  });

  it('keeps the first of the second herd out of traffic until the last one is ready', () => {
    const s = herd(strategy, { bootMs: 3000 });
    const run = play(s, 1, [DEPLOY, [3000, 'paddock crash shop-app-4']], 6000);
    const greens = live(run).filter((c) => c.tag === '2.0');
    expect(greens.map((c) => c.phase)).toEqual(['booting', 'running', 'running']);
    expect(greens.map((c) => c.server)).toEqual(['absent', 'absent', 'absent']);
    expect(play(s, 1, [DEPLOY, [3000, 'paddock crash shop-app-4']], 8000).view().totals.failed).toBe(0);
  });

  it('costs every user the session that lived in the first herd, at the switch and not before', () => {
    const s = herd(strategy, { state: homes({ sessions: 'memory' }) }, { users: 60 }, { sticky: 'cookie' });
    const run = play(s, 1, [DEPLOY], 40_000);
    const at = of(run, 'traffic-switched')[0]?.t ?? 0;
    expect(run.metrics(0, Math.floor(at / 100) * 100)['requests.unauthorized']).toBe(0);
    expect(run.metrics(0, 40_000)['sessions.refused']).toBe(60);
    // Every version in Redis: nobody.
    expect(play(herd(strategy), 1, [DEPLOY], 40_000).metrics(0, 40_000)['requests.unauthorized']).toBe(0);
  });

  it('goes back at once while the first herd is kept, sessions and all', () => {
    const s = herd(
      { ...strategy, keepMs: 60_000 },
      { bootMs: 5000, state: homes({ sessions: 'memory' }) },
      { users: 60 },
      { sticky: 'cookie' },
    );
    const run = play(s, 1, [DEPLOY, [12_000, 'paddock deploy abort']], 30_000);
    expect(
      run
        .view()
        .containers.filter((c) => c.server === 'up')
        .map((c) => c.name),
    ).toEqual(['shop-app-1', 'shop-app-2', 'shop-app-3']);
    const back = of(run, 'traffic-switched').at(-1);
    expect(back?.t).toBe(12_000);
    expect(run.metrics(0, 30_000)['requests.failed']).toBe(0);
    expect(mixed(run)).toBe('3,0');
  });

  it('never switches to what never becomes ready, and gives up at its deadline', () => {
    const run = play(herd({ ...strategy, deadlineMs: 8000 }, { versions: NEVER }), 1, [DEPLOY], 30_000);
    expect(of(run, 'traffic-switched')).toHaveLength(0);
    expect(of(run, 'deploy-rolled-back')).toHaveLength(1);
    expect(mixed(run)).toBe('3,0');
    expect(run.metrics(0, 30_000)['requests.failed']).toBe(0);
  });

  it('replaces a dead old one by an old one, and a scaled herd keeps its version until the switch', () => {
    const s = herd(strategy, { bootMs: 4000, onExit: { do: 'replace', delayMs: 0, layer: 'keep' } });
    const run = play(s, 1, [DEPLOY, [3000, 'docker kill shop-app-2']], 3500);
    expect(mixed(run)).toBe('3,3');
    const more = play(s, 1, [DEPLOY, [3000, 'docker service scale shop_app=4']], 3500);
    expect(mixed(more)).toBe('4,4');
    expect(mixed(play(s, 1, [DEPLOY, [3000, 'docker service scale shop_app=2']], 60_000))).toBe('0,2');
  });
});

describe('canary', () => {
  const steps = { steps: [0.1, 0.5], intervalMs: 10_000, maxErrorRate: 0.05, minRequests: 20 };
  const strategy = { strategy: 'canary', canary: steps } as const;
  const bad = { versions: { '2.0': { errorRate: 0.3 } } };

  it('gets its shares of the traffic, then everything', () => {
    const s = herd(
      strategy,
      { replicas: 4, bootMs: 1000, versions: { '2.0': { errorRate: 0.04 } } },
      { rate: 400 },
    );
    const run = play(s, 1, [DEPLOY], 60_000);
    const [one, two] = of(run, 'canary-step').map((e) => e.t);
    expect(of(run, 'canary-step')).toHaveLength(2);
    const share = (from: number, to: number): number => {
      const m = run.metrics(Math.ceil(from / 100) * 100, Math.floor(to / 100) * 100);
      return (m['requests.failed'] ?? 0) / 0.04 / (m['requests.total'] ?? 1);
    };
    expect(share(one ?? 0, (one ?? 0) + 10_000)).toBeCloseTo(0.1, 1);
    expect(share(two ?? 0, (two ?? 0) + 10_000)).toBeCloseTo(0.5, 1);
    expect(mixed(run)).toBe('0,4');
    expect(of(run, 'deploy-done')).toHaveLength(1);
    laws(run);
  });

  it('sends exactly its share, whatever the algorithm of the balancer', () => {
    for (const balance of ['roundrobin', 'leastconn', 'random', 'random(1)'] as const) {
      const s = herd(
        { ...strategy, canary: { ...steps, steps: [0.2], intervalMs: 30_000, maxErrorRate: 1 } },
        { replicas: 2, versions: { '2.0': { errorRate: 1 } }, readiness: { kind: 'none' }, bootMs: 0 },
        {},
        { balance },
      );
      const m = play(s, 1, [DEPLOY], 22_000).metrics(3000, 22_000);
      expect((m['requests.failed'] ?? 0) / (m['requests.total'] ?? 1)).toBeCloseTo(0.2, 2);
    }
  });

  it('has no more than its share before it counts as available either', () => {
    const few = { ...steps, steps: [0.01], intervalMs: 30_000 };
    const s = herd(
      { ...strategy, canary: few, minReadyMs: 10_000 },
      { versions: { '2.0': { errorRate: 1 } }, bootMs: 0, readiness: { kind: 'none' } },
    );
    const m = play(s, 1, [DEPLOY], 11_000).metrics(2000, 11_000);
    expect((m['requests.failed'] ?? 0) / (m['requests.total'] ?? 1)).toBeLessThan(0.03);
  });

  it('that fails too often is taken back by itself after its first interval: little is hurt', () => {
    const run = play(herd(strategy, bad), 1, [DEPLOY], 60_000);
    const failed = run.metrics(0, 60_000)['requests.failed'] ?? 0;
    // 10 s of a tenth of 100 requests a second, three of ten of them
    expect(failed).toBeGreaterThan(15);
    expect(failed).toBeLessThan(50);
    expect(mixed(run)).toBe('3,0');
    const [why] = of(run, 'deploy-failed');
    expect(why?.text).toMatch(/\d+ of \d+ requests to it failed/);
    expect(run.chain(of(run, 'deploy-rolled-back')[0]?.id ?? -1).map((e) => e.kind)).toEqual([
      'deploy-rolled-back',
      'deploy-failed',
      'deploy-started',
      'command',
    ]);
    // The same version rolled: nobody looks, and everybody has it.
    const rolled = play(herd({}, bad), 1, [DEPLOY], 60_000).metrics(0, 60_000)['requests.failed'] ?? 0;
    expect(rolled).toBeGreaterThan(20 * failed);
  });

  it('waits for enough requests to be judged by', () => {
    const s = herd({ ...strategy, canary: { ...steps, minRequests: 250 } }, bad);
    const run = play(s, 1, [DEPLOY], 60_000);
    expect((of(run, 'deploy-failed')[0]?.t ?? 0) - (of(run, 'canary-step')[0]?.t ?? 0)).toBe(30_000);
  });

  it('is blind to what is no failure: sessions that it cannot read, answers that are slow', () => {
    const versions = { '2.0': { sessionFormat: 'b', serviceTime: { kind: 'fixed', ms: 800 } as const } };
    const run = play(herd(strategy, { versions }), 1, [DEPLOY], 60_000);
    expect(of(run, 'deploy-failed')).toHaveLength(0);
    expect(mixed(run)).toBe('0,3');
    expect(run.metrics(0, 60_000)['requests.unauthorized']).toBeGreaterThan(100);
  });

  it('keeps those who have its cookie, and only new users meet it', () => {
    const s = herd(
      { ...strategy, canary: { ...steps, minRequests: 0, intervalMs: 60_000 } },
      {},
      {},
      { sticky: 'cookie' },
    );
    const run = play(s, 1, [DEPLOY], 30_000);
    const young = live(run).find((c) => c.tag === '2.0');
    expect(young?.server).toBe('up');
    expect(container(run, young?.name ?? '').inFlight).toBe(0);
    expect(run.metrics(0, 30_000)['requests.unauthorized']).toBe(0);
  });

  it('is held by a pause, and given up by an abort', () => {
    const run = play(herd(strategy), 1, [DEPLOY, [5000, 'paddock deploy pause']], 60_000);
    expect(mixed(run)).toBe('3,1');
    const gone = play(herd(strategy), 1, [DEPLOY, [5000, 'paddock deploy abort']], 20_000);
    expect(mixed(gone)).toBe('3,0');
    expect(gone.metrics(0, 20_000)['requests.failed']).toBe(0);
  });
});

describe('docker compose up', () => {
  const compose = (a: Partial<AppService> = {}): Scenario => ({
    ...herd({}, { restart: 'always', ...a }),
    platform: 'compose',
  });

  it('asked twice while it recreates makes no container twice, and heeds a smaller number (S-31)', () => {
    const again = [AT, 'docker compose up -d --force-recreate'] as const;
    const slow = { sigterm: 'none', stopGraceMs: 3000 } as const;
    for (const [line, n] of [
      ['docker compose up -d', 3],
      ['docker compose up -d --force-recreate', 3],
      ['docker compose up -d --scale app=2', 2],
      ['docker compose up -d --scale app=5', 5],
    ] as const)
      expect(live(play(compose(slow), 1, [again, [3000, line]], 20_000)), line).toHaveLength(n);
  });

  it('recreates all at once whatever update_config says, though a change of that recreates too (S-33, S-34)', () => {
    const s = compose({ update: { ...app().update, order: 'start-first', parallelism: 1 } });
    const run = play(s, 1, [[AT, 'docker compose up -d --force-recreate']], 20_000);
    expect(run.metrics(0, 20_000)['capacity.min']).toBe(0);
    const other = compose({ update: { ...app().update, order: 'stop-first', parallelism: 2 } });
    run.apply({ verb: 'set', assignments: [], scenario: other }, 'set');
    expect(run.metrics(0, 20_000)['containers.started']).toBe(3);
    run.advance(40_000);
    expect(run.metrics(0, 40_000)['containers.started']).toBe(6);
  });

  it('makes nothing anew for what its tool reads beside the containers: pull_policy, update_config, a budget (S-33, S-57)', () => {
    const started = (platform: string, a: Partial<AppService>): number => {
      const s = scenario([app(), balancer({ check: null })], { platform }, { rate: 0 });
      const run = play(s, 1, [], 1000);
      const other = scenario([app(a), balancer({ check: null })], { platform }, { rate: 0 });
      expect(run.apply({ verb: 'set', assignments: [], scenario: other }, 'set').ok).toBe(true);
      run.advance(60_000);
      return run.metrics(0, 60_000)['containers.started'] ?? -1;
    };
    expect(started('compose', { pullPolicy: 'always' })).toBe(0);
    expect(started('swarm', { update: { ...app().update, parallelism: 2 } })).toBe(0);
    expect(started('kubernetes', { pdb: { kind: 'min-available', value: 1 } })).toBe(0);
    for (const platform of ['bare', 'kubernetes'])
      expect(started(platform, { rollout: { ...app().rollout, maxSurge: 2 } }), platform).toBe(0);
    for (const platform of ['bare', 'compose', 'swarm', 'kubernetes'])
      expect(started(platform, { stopGraceMs: 1000 }), platform).toBe(3);
  });

  it('knows no roll-out to hold', () => {
    const answer = createRun(compose()).apply({ verb: 'deploy', action: 'pause', service: null }, 'x');
    expect(answer).toMatchObject({ ok: false });
    expect(answer.text).toContain('docker compose up');
  });
});

describe('a newer deploy', () => {
  const second = [AT + 6000, 'docker service update --image shop:3.0 shop_app'] as const;
  it.each([
    ['a second herd that waits for its turn', { strategy: 'blue-green' }, { versions: NEVER }],
    [
      'canaries, and their share of the traffic',
      {
        strategy: 'canary',
        canary: { steps: [0.5], intervalMs: 60_000, maxErrorRate: 1, minRequests: 0 },
      },
      { versions: { '2.0': { errorRate: 1 } } },
    ],
  ] as const)('takes away at once what the older one had beside the herd: %s', (_, rollout, a) => {
    const run = play(herd(rollout, a), 1, [DEPLOY, second], AT + 6100);
    expect(of(run, 'deploy-superseded')).toHaveLength(1);
    expect(
      play(herd(rollout, a), 1, [DEPLOY], AT + 6100)
        .view()
        .containers.map((c) => c.tag),
    ).toContain('2.0');
    const left = run.view().containers.filter((c) => c.tag === '2.0' && c.phase !== 'removed');
    expect(left.filter((c) => c.phase !== 'stopping' && c.phase !== 'exited')).toEqual([]);
    expect(live(run).filter((c) => c.tag === '1.0')).toHaveLength(3);
    run.advance(AT + 8000);
    expect(run.metrics(AT + 6500, AT + 8000)['requests.failed']).toBe(0);
  });
});

it('going back goes back to the environment before, too', () => {
  const s = herd({}, { environment: { PRICE: '1' } });
  const services = s.services.map((x) =>
    x.role === 'app' ? { ...x, image: 'shop:2.0', environment: { PRICE: '2' } } : x,
  );
  const run = play(s, 1, [], AT);
  const driver = createDriver(run, []);
  const price = (): string => {
    const name = live(run).find((c) => c.service === 'app')?.name ?? '';
    return driver.apply(`docker exec ${name} env`).text;
  };
  run.apply({ verb: 'set', assignments: ['PRICE'], scenario: { ...s, services } }, 'paddock set PRICE');
  driver.advance(30_000);
  expect([mixed(run), price()]).toEqual(['0,3', 'PRICE=2']);
  expect(driver.apply('paddock deploy undo').ok).toBe(true);
  driver.advance(60_000);
  expect([mixed(run), price()]).toEqual(['3,0', 'PRICE=1']);
});
