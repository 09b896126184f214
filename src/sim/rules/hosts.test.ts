import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { container, entries, play } from '../../../test/support/many-seeds.ts';
import { createDriver } from '../../commands/driver.ts';
import type { AppService, BalancerService, Mount, Scenario, Traffic } from '../model/scenario.ts';
import type { RestartPolicy } from '../model/upkeep.ts';
import type { Run } from '../run.ts';

const AT = 4000;
const herd = (
  platform: string,
  a: Partial<AppService> = {},
  lb: Partial<BalancerService> = {},
  t: Partial<Traffic> = {},
  over: Partial<Scenario> = {},
): Scenario =>
  scenario(
    [app({ replicas: 2, ...a }), balancer({ check: null, ...lb })],
    { platform, hosts: platform === 'docker' || platform === 'compose' ? 1 : 2, ...over },
    { rate: 100, ...t },
  );
const LOSE = [[AT, 'paddock lose-host host-1']] as const;
const REBOOT = [[AT, 'paddock reboot-host host-1']] as const;

const first = (run: Run, kind: string, subject: string, after = AT): number =>
  entries(run).find((e) => e.kind === kind && e.subject === subject && e.t >= after)?.t ?? Number.NaN;

describe('a host that vanished sends no reset (R-1, R-2)', () => {
  it('requests that meet it take the connect time-out and go elsewhere; what was in flight hangs to the server time-out', () => {
    const s = herd(
      'bare',
      { onExit: { do: 'none', delayMs: 0, layer: 'keep' }, serviceTime: { kind: 'fixed', ms: 200 } },
      { connectTimeoutMs: 1000, serverTimeoutMs: 3000 },
    );
    const failed: number[] = [];
    for (let seed = 1; seed <= 40; seed++) {
      const run = play(s, seed, LOSE, 16_000);
      const m = run.metrics(AT, 16_000);
      expect(m['requests.failed.connect-refused']).toBe(0);
      expect(m['requests.failed.reset']).toBe(0);
      // Answered by the other after one connect time-out.
      expect(m['latency.p95']).toBeGreaterThan(1150);
      expect(m['latency.p99']).toBeLessThan(1450);
      failed.push(m['requests.failed'] ?? 0);
      const times = entries(run).filter((e) => e.kind === 'request-failed');
      for (const e of times) {
        expect(e.t).toBeGreaterThan(AT + 2700);
        expect(e.t).toBeLessThan(AT + 3000 + 10);
      }
    }
    // R·S/N of them were in flight there: 100/s · 0.2 s / 2.
    const mean = failed.reduce((a, b) => a + b, 0) / failed.length;
    expect(Math.abs(mean - 10)).toBeLessThan(4 * Math.sqrt(10 / failed.length));
  });

  it('its servers go DOWN by time-outs of their checks: U(0, inter) + fall · timeout + (fall - 1) · inter (R-2)', () => {
    const check = { interMs: 1000, fastinterMs: null, downinterMs: null, fall: 2, rise: 2, timeoutMs: 300 };
    for (let seed = 1; seed <= 30; seed++) {
      const run = play(
        herd('bare', { onExit: { do: 'none', delayMs: 0, layer: 'keep' } }, { check }),
        seed,
        LOSE,
        12_000,
      );
      const down = first(run, 'server-down', 'shop-app-1') - AT;
      expect(down).toBeGreaterThanOrEqual(2 * 300 + 1000 - 300);
      expect(down).toBeLessThanOrEqual(1000 + 2 * 300 + 1000 + 5);
    }
  });
});

describe('what a host takes with it (A2)', () => {
  const mount = (type: Mount['type'], source: string | null): Mount => ({
    type,
    source,
    target: '/app/sessions',
  });
  it.each([
    ['memory', [], 25],
    ['layer', [], 25],
    ['volume', [mount('volume', null)], 25],
    ['volume', [mount('volume', 'carts')], 25],
    ['volume', [mount('bind', './carts')], 25],
    ['volume', [mount('network', 'carts')], 0],
    ['redis', [], 0],
    ['signed', [], 0],
  ] as const)(
    'sessions in %s on %j: %i of 50 are lost, by the command (A2, S-56, S-116)',
    (sessions, mounts, lost) => {
      const s = scenario(
        [
          app({
            replicas: 2,
            mounts,
            state: homes({ sessions }),
            onExit: { do: 'none', delayMs: 0, layer: 'keep' },
          }),
          store(),
          balancer({ check: null, sticky: 'cookie' }),
        ],
        { hosts: 2 },
        { users: 50, rate: 0 },
      );
      const run = play(s, 1, LOSE, 8000);
      expect(run.metrics(0, 8000)['sessions.lost']).toBe(lost);
      for (const e of entries(run).filter((x) => x.kind === 'session-lost'))
        expect(run.chain(e.id).at(-1)?.text).toBe('paddock lose-host host-1');
    },
  );
});

describe('Docker and Compose: everything is on one machine', () => {
  const whole = (restart: RestartPolicy, platform = 'compose'): Scenario =>
    scenario(
      [
        app({ replicas: 1, restart, sigterm: 'exit' }),
        store({ restart }),
        balancer({ check: null, restart }),
      ],
      { platform },
      { rate: 50, timeoutMs: 3000, users: 20 },
    );

  it.each(['docker', 'compose'])(
    '%s: a lost host is the end of it: users wait in vain, and the engine does not answer (A1)',
    (platform) => {
      const run = play(whole('always', platform), 1, LOSE, 60_000);
      const m = run.metrics(AT + 100, 60_000);
      expect(m['requests.ok']).toBe(0);
      // Nothing refuses a connection: every request waits until its user gives up.
      expect(m['requests.failed']).toBe(m['requests.failed.client-timeout']);
      expect(run.view().hosts).toEqual([{ id: 0, name: 'host-1', up: false, state: 'lost' }]);
      expect(run.apply({ verb: 'ps', all: true }, 'docker ps -a').text).toContain(
        'Cannot connect to the Docker daemon',
      );
    },
  );

  it.each([
    ['no', false, false],
    ['on-failure', false, false],
    ['unless-stopped', true, false],
    ['always', true, true],
  ] as const)(
    'after a reboot, restart %s: back %s, and after a manual stop %s (A1, S-9)',
    (restart, back, afterStop) => {
      const phase = (lines: readonly (readonly [number, string])[]): boolean =>
        container(play(whole(restart), 1, lines, 60_000), 'shop-app-1').phase === 'running';
      expect(phase(REBOOT)).toBe(back);
      expect(phase([[AT - 2000, 'docker stop shop-app-1'], ...REBOOT])).toBe(afterStop);
    },
  );

  it('a reboot stops in order, stays away as long as the scenario says, and starts again (S-26)', () => {
    const run = play({ ...whole('always'), rebootMs: 12_000 }, 1, REBOOT, 60_000);
    expect(first(run, 'container-exited', 'shop-app-1')).toBe(AT);
    expect(first(run, 'host-back', 'host-1')).toBe(AT + 12_000);
    expect(first(run, 'container-started', 'shop-app-1')).toBe(AT + 12_000);
    expect(run.metrics(30_000, 60_000)['requests.failed']).toBe(0);
    expect(run.metrics(AT + 100, AT + 11_000)['requests.ok']).toBe(0);
  });

  it('what ignores SIGTERM holds a reboot up for its grace period, and never longer than 15 s (S-26)', () => {
    const stubborn = (stopGraceMs: number): number => {
      const s = scenario(
        [app({ replicas: 1, sigterm: 'none', stopGraceMs }), balancer({ check: null })],
        { platform: 'compose', rebootMs: 1000 },
        { rate: 0 },
      );
      return first(play(s, 1, REBOOT, 60_000), 'host-back', 'host-1') - AT - 1000;
    };
    expect(stubborn(4000)).toBe(4000);
    expect(stubborn(60_000)).toBe(15_000);
  });

  it('there is nowhere to evict to', () => {
    const run = play(whole('no'), 1, [], AT);
    expect(run.apply({ verb: 'evict', target: 'shop-app-1', to: 'host-1' }, 'evict')).toMatchObject({
      ok: false,
    });
  });
});

describe('Swarm', () => {
  it('gives a silent node up after 15 s, and starts its tasks elsewhere 5 s later (A1, A4, S-54)', () => {
    const run = play(herd('swarm', { replicas: 4 }), 1, LOSE, 60_000);
    const lost = ['shop-app-1', 'shop-app-3'];
    for (const name of lost) expect(first(run, 'server-removed', name)).toBe(AT + 15_000);
    for (const name of ['shop-app-5', 'shop-app-6']) {
      expect(container(run, name).startedAt).toBe(AT + 20_000);
      expect(container(run, name).host).toBe(1);
    }
    expect(run.metrics(30_000, 60_000)['requests.failed']).toBe(0);
  });

  it('a local volume does not follow: the task finds an empty one on the other node (S-56)', () => {
    const s = herd(
      'swarm',
      {
        replicas: 1,
        mounts: [{ type: 'volume', source: 'carts', target: '/app' }],
        state: homes({ sessions: 'volume' }),
      },
      {},
      { users: 30, rate: null, thinkMs: 500 },
    );
    const evicted = play(s, 1, [[AT, 'paddock evict shop-app-1 --to host-2']], 30_000).metrics(0, 30_000);
    expect([evicted['sessions.lost'], evicted['sessions.refused']]).toEqual([0, 30]);
    expect(play(s, 1, LOSE, 60_000).metrics(0, 60_000)['sessions.lost']).toBe(30);
  });

  it('an evicted task stops first, its successor starts on the other node without a delay (S-52, S-54)', () => {
    const run = play(
      herd('swarm', { replicas: 2, sigterm: 'exit' }),
      1,
      [[AT, 'paddock evict shop-app-1 --to host-2']],
      30_000,
    );
    expect(container(run, 'shop-app-3')).toMatchObject({ startedAt: AT + 2000, host: 1, phase: 'running' });
    expect(run.view().containers.filter((c) => c.phase === 'running')).toHaveLength(2);
  });

  it('a node that is back before it was given up reports its dead tasks: they are replaced 5 s later (S-44)', () => {
    const s = herd('swarm', { sigterm: 'exit' }, {}, {}, { rebootMs: 3000 });
    const run = play(s, 1, REBOOT, 60_000);
    expect(container(run, 'shop-app-3').startedAt).toBe(AT + 3000 + 5000);
    expect(run.view().containers.filter((c) => c.phase === 'running')).toHaveLength(2);
  });

  it('a node that is lost and back, empty, before it was given up has none of its tasks: they are replaced 5 s later (S-44, S-54)', () => {
    const s = herd('swarm', {}, {}, {}, { rebootMs: 3000 });
    const run = play(s, 1, [...LOSE, [AT + 2000, 'paddock reboot-host host-1']], 60_000);
    expect(container(run, 'shop-app-3').startedAt).toBe(AT + 2000 + 3000 + 5000);
    expect(run.view().containers.filter((c) => c.phase === 'running' && c.role === 'app')).toHaveLength(2);
  });

  it('a host that is back from being lost is one like any other: its next reboot takes nothing', () => {
    const lines = [
      ...LOSE,
      [AT + 30_000, 'paddock reboot-host host-1'],
      [AT + 70_000, 'paddock reboot-host host-1'],
    ] as const;
    const s = herd('swarm', {}, {}, {}, { rebootMs: 10_000 });
    const state = (to: number): string | undefined => play(s, 1, lines, AT + to).view().hosts[0]?.state;
    expect([10_000, 60_000, 75_000, 100_000].map(state)).toEqual(['lost', 'up', 'down', 'up']);
  });

  it('a host that was lost comes back empty, and takes tasks again', () => {
    const run = play(
      herd('swarm'),
      1,
      [...LOSE, [30_000, 'paddock reboot-host host-1'], [65_000, 'docker service scale shop_app=4']],
      70_000,
    );
    expect(run.view().hosts[0].up).toBe(true);
    expect(run.view().containers.filter((c) => c.phase === 'running' && c.host === 0)).toHaveLength(2);
  });
});

describe('bare: as on-exit says', () => {
  it.each([
    ['replace', 'elsewhere'],
    ['restart', 'in place'],
    ['none', 'not'],
  ] as const)('%s: it comes back %s', (rule, where) => {
    const s = herd('bare', { onExit: { do: rule, delayMs: 700, layer: 'keep' } }, {}, {}, { rebootMs: 5000 });
    const run = play(s, 1, REBOOT, 40_000);
    const old = run.view().containers.find((c) => c.name === 'shop-app-1');
    const now = run.view().containers.find((c) => c.name === 'shop-app-3');
    const gone = first(run, 'container-exited', 'shop-app-1');
    expect(now && [now.host, (now.startedAt ?? 0) - gone]).toEqual(
      where === 'elsewhere' ? [1, 700] : undefined,
    );
    expect(old?.phase).toBe({ 'in place': 'running', not: 'exited', elsewhere: undefined }[where]);
  });

  it('replaces what was on a host that is back, empty, before its delay is over', () => {
    const onExit = { do: 'replace', delayMs: 9000, layer: 'keep' } as const;
    const s = herd('bare', { onExit }, {}, {}, { rebootMs: 1000 });
    const run = play(s, 1, [...LOSE, [AT + 1000, 'paddock reboot-host host-1']], 40_000);
    expect(run.view().containers.filter((c) => c.phase === 'running' && c.role === 'app')).toHaveLength(2);
  });

  it('a container that was leaving when its host vanished is gone, and holds no roll-out up (S-59)', () => {
    const s = herd('bare', {
      replicas: 4,
      sigterm: 'none',
      stopGraceMs: 20_000,
      onExit: { do: 'replace', delayMs: 500, layer: 'wipe' },
    });
    const lines = [
      [AT, 'docker service update --image shop:2.0 app'],
      [AT + 2500, 'paddock lose-host host-1'],
    ] as const;
    const run = play(s, 1, lines, AT + 120_000);
    const live = run.view().containers.filter((c) => c.service === 'app' && c.phase !== 'removed');
    expect(live.filter((c) => c.host === 0)).toEqual([]);
    expect(new Set(live.map((c) => c.tag))).toEqual(new Set(['2.0']));
    expect(entries(run).filter((e) => e.kind === 'deploy-done')).toHaveLength(1);
  });

  it('an eviction that cannot be is refused, and says why', () => {
    const run = play(herd('bare'), 1, [], AT);
    const refusal = (target: string, to: string): string => {
      const answer = run.apply({ verb: 'evict', target, to }, 'paddock evict');
      expect(answer.ok).toBe(false);
      return answer.text;
    };
    expect(refusal('nobody', 'host-2')).toBe('paddock: no container is called nobody');
    expect(refusal('shop-app-1', 'host-1')).toBe('paddock: shop-app-1 is on host-1 already');
    expect(refusal('shop-lb-1', 'host-2')).toBe('paddock: shop-lb-1 does not run on a host of the herd');
  });

  it('an evicted container is replaced on the other host while it leaves', () => {
    const run = play(herd('bare'), 1, [[AT, 'paddock evict shop-app-1 --to host-2']], 20_000);
    expect(container(run, 'shop-app-3')).toMatchObject({ host: 1, phase: 'running', startedAt: AT });
    expect(run.metrics(0, 20_000)['requests.failed']).toBe(0);
  });
});

it('a container is moved only where that makes sense, and else it is said why not', () => {
  const s = scenario([app({ replicas: 2 }), balancer()], { platform: 'bare', hosts: 2 });
  const refused = (line: string, before: readonly (readonly [number, string])[] = []): string => {
    const { ok, text } = createDriver(play(s, 1, before, 3000), []).apply(line);
    expect(ok).toBe(false);
    return text;
  };
  expect(refused('paddock evict shop-app-1 --to host-1')).toContain('shop-app-1 is on host-1 already');
  const compose = play({ ...s, platform: 'compose', hosts: 1 }, 1, [], 3000);
  const here = createDriver(compose, []).apply('paddock evict shop-app-1 --to host-1');
  expect([here.ok, here.text.includes('already')]).toEqual([false, false]);
  expect(refused('paddock evict shop-app-9 --to host-1')).toContain('no container is called shop-app-9');
  expect(refused('paddock evict shop-app-1 --to host-2', [[1000, 'paddock lose-host host-2']])).toContain(
    'host-2 is not up',
  );
});
