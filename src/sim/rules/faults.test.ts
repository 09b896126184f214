import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { container, entries, expectMean, play, sample } from '../../../test/support/many-seeds.ts';
import { createRun } from '../create-run.ts';
import type { AppService, BalancerService, Scenario, Traffic } from '../model/scenario.ts';

const herd = (
  a: Partial<AppService> = {},
  t: Partial<Traffic> = {},
  lb: Partial<BalancerService> = {},
  over: Partial<Scenario> = {},
): Scenario =>
  scenario(
    [app({ state: homes({ sessions: 'signed' }), ...a }), store(), balancer({ check: null, ...lb })],
    over,
    { rate: 60, ...t },
  );
const MEMORY = { baseMb: 100, leakPerRequestMb: 0, leakPerSecondMb: 0, perSessionMb: 0, perRequestMb: 0 };
const chain = (run: ReturnType<typeof play>, id: number): string[] => {
  const all = entries(run);
  const kinds: string[] = [];
  for (let e = all[id]; e !== undefined; e = all[e.cause]) kinds.push(e.kind);
  return kinds;
};

describe('memory', () => {
  const oom = (run: ReturnType<typeof play>): number[] =>
    entries(run)
      .filter((e) => e.kind === 'memory-exceeded')
      .map((e) => e.t);

  it('that leaks with each request ends each process after (limit - base)/leak of them: OOMKilled, 137 (S-7)', () => {
    const leaking = { memoryLimitMb: 200, memory: { ...MEMORY, leakPerRequestMb: 0.5 } };
    const s = sample(60, (seed) => {
      const run = play(herd(leaking), seed, [], 16_000);
      const first = oom(run)[0] ?? 0;
      const exits = entries(run).filter((e) => e.kind === 'container-exited');
      expect(exits.length).toBeGreaterThanOrEqual(3);
      expect(chain(run, exits[0]?.id ?? 0).slice(0, 2)).toEqual(['container-exited', 'memory-exceeded']);
      expect(exits[0]?.text).toContain('exit 137');
      return first;
    });
    // 200 of 20 requests a second in each: the first of three is a little sooner than 10 s.
    expect(s.mean).toBeGreaterThan(9000);
    expect(s.mean).toBeLessThan(10_300);
    expect(oom(play(herd({ ...leaking, memoryLimitMb: null }), 1, [], 16_000))).toEqual([]);
  });

  it('that leaks with time ends a process at (limit - base)/leak, requests or none (S-7)', () => {
    const memory = { ...MEMORY, leakPerSecondMb: 10 };
    const run = play(herd({ memoryLimitMb: 150, memory }, { rate: 0 }), 1, [], 12_000);
    // 5 s, and once more 5 s after the start that followed the restart delay.
    expect(oom(run)).toHaveLength(6);
    for (const t of oom(run).slice(0, 3)) expect(t).toBeCloseTo(5000, 3);
    for (const t of oom(run).slice(3)) expect(t).toBeCloseTo(10_500, 3);
  });

  it('of sessions: who keeps them in the process runs out of it, who does not, does not', () => {
    const memory = { ...MEMORY, perSessionMb: 1 };
    const many = { users: 200, rate: 100, signedIn: false };
    const sticky = { sticky: 'cookie' } as const;
    const limit = { memoryLimitMb: 140, memory };
    const kept = play(herd({ ...limit, state: homes({ sessions: 'memory' }) }, many, sticky), 1, [], 9000);
    expect(oom(kept).length).toBeGreaterThan(0);
    expect(kept.metrics(0, 9000)['sessions.lost']).toBeGreaterThan(30);
    const shared = play(herd({ ...limit, state: homes({ sessions: 'redis' }) }, many, sticky), 1, [], 9000);
    expect(oom(shared)).toEqual([]);
  });

  it('of requests: each that is worked on has its share, and gives it back', () => {
    const run = play(
      herd({ memoryLimitMb: 1000, memory: { ...MEMORY, perRequestMb: 3 } }, { rate: 200 }),
      1,
      [],
      3000,
    );
    const apps = run.view().containers.filter((c) => c.role === 'app');
    expect(apps.some((c) => c.inFlight > 1)).toBe(true);
    // The view tells the share of the limit that is used.
    for (const c of apps) expect(c.memory).toBeCloseTo((MEMORY.baseMb + 3 * c.inFlight) / 1000, 9);
  });

  it('is told by docker inspect', () => {
    const run = play(
      herd({ onExit: { do: 'none', delayMs: 0, layer: 'keep' } }),
      1,
      [[500, 'paddock oom shop-app-1']],
      900,
    );
    const told = run.apply({ verb: 'inspect', target: 'shop-app-1' }, 'docker inspect shop-app-1').text;
    expect(told).toContain('"OOMKilled": true');
    expect(told).toContain('"ExitCode": 137');
  });
});

describe('a full disk', () => {
  const mix = { browse: 1, 'sign-in': 1, upload: 1, 'view-upload': 0, post: 0, checkout: 1 };
  const layer = homes({ sessions: 'layer', uploads: 'layer', records: 'layer' });
  const full = (span = ''): [number, string] => [2000, `paddock fill-disk shop-app-2${span}`];

  it('fails what writes to the layer with 500, by the fault; the process lives and answers the rest', () => {
    const s = sample(60, (seed) => {
      const run = play(herd({ state: layer }, { mix }, { sticky: 'cookie' }), seed, [full()], 6000);
      const m = run.metrics(0, 6000);
      expect(m['requests.failed.app-error']).toBe(m['requests.failed']);
      expect(m['requests.failed.status.500']).toBe(m['requests.failed']);
      for (const e of entries(run).filter((k) => k.kind === 'request-failed'))
        expect(chain(run, e.id)).toEqual(['request-failed', 'disk-full', 'command']);
      expect(container(run, 'shop-app-2').phase).toBe('running');
      return m['requests.failed'] ?? 0;
    });
    // Three of four requests write; a third of the users are bound to it, and what they need anew fails too.
    expect(s.mean).toBeGreaterThan(40);
    expect(s.mean).toBeLessThan(90);
  });

  it('concerns nobody whose state is elsewhere', () => {
    const away = homes({ sessions: 'redis', uploads: 's3', records: 'redis' });
    const s3 = store({ name: 'photos', image: 'minio/minio:1', kind: 's3', latencyMs: 5 });
    const one = scenario([app({ state: away }), store(), s3, balancer()], {}, { rate: 60, mix });
    expect(play(one, 1, [full()], 6000).metrics(0, 6000)['requests.failed']).toBe(0);
  });

  it('has room again after --for, after resume, and in a replacement; not after a restart (S-11)', () => {
    const later = (lines: [number, string][], a: Partial<AppService> = {}): number =>
      play(
        herd({ state: layer, bootMs: 100, ...a }, { mix }, { sticky: 'cookie' }),
        1,
        lines,
        12_000,
      ).metrics(7000, 12_000)['requests.failed'] ?? 0;
    expect(later([full()])).toBeGreaterThan(20);
    expect(later([full(' --for 3s')])).toBe(0);
    expect(later([full(), [5000, 'paddock resume shop-app-2']])).toBe(0);
    const dies: [number, string] = [4000, 'paddock crash shop-app-2'];
    expect(later([full(), dies])).toBeGreaterThan(20);
    expect(later([full(), dies], { onExit: { do: 'replace', delayMs: 100, layer: 'wipe' } })).toBe(0);
  });

  it('loses the log lines that were meant for the layer, and refuses a hand edit', () => {
    const logs = { state: homes({ sessions: 'signed', logs: 'layer' }) };
    const run = play(herd(logs), 1, [full(), [6000, 'paddock crash shop-app-2']], 7000);
    const lost = run.metrics(0, 7000)['logs.lost'] ?? 0;
    expect(lost).toBeGreaterThan(60);
    expect(lost).toBeLessThan(100);
    const told = createRun(herd());
    told.advance(100);
    told.apply({ verb: 'fill-disk', targets: { kind: 'names', names: ['shop-app-1'] }, forMs: null }, 'x');
    const argv = ['sh', '-c', 'echo hi > /app/motd'];
    expect(told.apply({ verb: 'exec', target: 'shop-app-1', argv }, 'x').text).toContain(
      'No space left on device',
    );
  });
});

describe('a version that does not come up', () => {
  const DEPLOY: [number, string] = [1000, 'docker service update --image shop:2.0 shop_app'];
  const swarm = (version: AppService['versions'][string], a: Partial<AppService> = {}): Scenario =>
    herd({ versions: { '2.0': version }, bootMs: 200, ...a }, {}, { check: null }, { platform: 'swarm' });

  it('because its image cannot be pulled: Swarm pauses after one task, Compose touches nothing (S-50)', () => {
    const run = play(swarm({ pull: 'fails' }), 1, [DEPLOY], 20_000);
    const list = entries(run);
    expect(list.some((e) => e.kind === 'deploy-paused')).toBe(true);
    const failed = list.find((e) => e.kind === 'boot-failed');
    expect(failed?.text).toContain('shop:2.0 cannot be pulled');
    expect(
      run.view().containers.filter((c) => c.role === 'app' && c.tag === '1.0' && c.phase === 'running'),
    ).toHaveLength(2);
    expect(run.metrics(0, 20_000)['containers.started']).toBe(0);

    const before = herd({}, {}, {}, { platform: 'compose' });
    const compose = createRun(before, 1);
    compose.advance(1000);
    const next = herd(
      { image: 'shop:2.0', versions: { '2.0': { pull: 'fails' } } },
      {},
      {},
      { platform: 'compose' },
    );
    const answer = compose.apply(
      { verb: 'set', assignments: ['services.app.image=shop:2.0'], scenario: next },
      'x',
    );
    expect(answer.text).toContain('manifest for shop:2.0 not found');
    compose.advance(4000);
    expect(compose.metrics(0, 4000)['requests.failed']).toBe(0);
    expect(compose.view().containers.filter((c) => c.tag === '1.0' && c.phase === 'running')).toHaveLength(3);
  });

  it('leaves the pods that run where they are, on Kubernetes: ImagePullBackOff (S-60, S-69)', () => {
    const READY = {
      kind: 'probe',
      intervalMs: 1000,
      timeoutMs: 1000,
      rise: 1,
      fall: 3,
      initialDelayMs: 0,
      deep: false,
    } as const;
    const s = herd(
      { versions: { '2.0': { pull: 'fails' } }, readiness: READY, replicas: 4 },
      {},
      { check: null },
      { platform: 'kubernetes' },
    );
    const run = play(s, 1, [[1000, 'kubectl set image deployment/shop-app app=shop:2.0']], 60_000);
    const answer = run.apply({ verb: 'kubectl-get', resource: 'pods', wide: false }, 'kubectl get pods').text;
    expect(answer.match(/ImagePullBackOff/g)).toHaveLength(1);
    expect(answer.match(/^shop-app-\S+ +1\/1 +Running +0 /gm)).toHaveLength(4);
    expect(run.metrics(2000, 60_000)['containers.started']).toBe(0);
  });

  it('because it crashes while it boots, or some time after: it is restarted and crashes again', () => {
    for (const crash of ['boot', 800] as const) {
      const s = herd({ versions: { '1.0': { crash } }, bootMs: 200 });
      // What crashes some time after its start does so for the first time by itself.
      const run = play(s, 1, crash === 'boot' ? [[1000, 'paddock crash shop-app-1']] : [], 10_000);
      const ends = entries(run).filter((e) => e.kind === 'container-exited' && e.subject === 'shop-app-1');
      // 500 ms restart delay, 200 ms boot (and 800 ms of life).
      expect(ends.length).toBe(crash === 'boot' ? 1 + Math.floor(8999 / 700) : 1 + Math.floor(9199 / 1500));
      expect(chain(run, ends[1]?.id ?? 0)).toContain(crash === 'boot' ? 'boot-failed' : 'container-started');
    }
  });

  it('because a value that it needs is not set, and says which', () => {
    const run = play(swarm({ requires: ['STRIPE_KEY'] }), 1, [DEPLOY], 20_000);
    const failed = entries(run).find((e) => e.kind === 'boot-failed');
    expect(failed?.text).toContain('the environment does not set STRIPE_KEY');
    expect(entries(run).some((e) => e.kind === 'deploy-paused')).toBe(true);
    const set = play(
      swarm({ requires: ['STRIPE_KEY'] }, { environment: { STRIPE_KEY: 'x' } }),
      1,
      [DEPLOY],
      30_000,
    );
    expect(set.view().containers.filter((c) => c.tag === '2.0' && c.phase === 'running')).toHaveLength(3);
  });
});

it('the shares of a full disk and of a slow leak are those of the balancer (R-3)', () => {
  const mix = { browse: 0, 'sign-in': 0, upload: 1, 'view-upload': 0, post: 0, checkout: 0 };
  const layer = homes({ sessions: 'signed', uploads: 'layer' });
  const s = sample(
    200,
    (seed) =>
      play(
        herd({ state: layer, serviceTime: { kind: 'fixed', ms: 5 } }, { mix }),
        seed,
        [[1000, 'paddock fill-disk shop-app-3']],
        3000,
      ).metrics(1000, 3000)['requests.failed'] ?? 0,
  );
  expectMean(s, 40, 0.5);
});

it('resume ends what slowed a container down, and says so with its cause', () => {
  const s = scenario([app({ serviceTime: { kind: 'fixed', ms: 50 } }), balancer()], {}, { rate: 50 });
  const lines = [
    [2000, 'paddock slow shop-app-1'],
    [4000, 'paddock resume shop-app-1'],
  ] as const;
  const run = play(s, 1, lines, 8000);
  const [told] = entries(run).filter((e) => e.kind === 'container-resumed');
  expect(run.chain(told?.id ?? -1).at(-1)?.text).toBe('paddock resume shop-app-1');
  expect(told?.subject).toBe('shop-app-1');
  expect(run.metrics(2500, 4000)['latency.p99']).toBeGreaterThan(450);
  expect(run.metrics(5000, 8000)['latency.p99']).toBeLessThan(100);
});

it('a process that hangs goes on with what it was doing when it is resumed: later by that much, and nothing is lost', () => {
  for (const sessions of ['signed', 'redis']) {
    const noneAfter = { spike: { atMs: 2000, forMs: 60_000, factor: 0 } };
    const work = { serviceTime: { kind: 'fixed', ms: 1000 }, state: homes({ sessions }) } as const;
    const s = scenario([app(work), store(), balancer({ check: null })], {}, { rate: 50, ...noneAfter });
    const lines = [
      [2000, 'paddock hang shop-app-1 shop-app-2 shop-app-3'],
      [4000, 'paddock resume shop-app-1 shop-app-2 shop-app-3'],
    ] as const;
    const run = play(s, 1, lines, 8000);
    const m = run.metrics(0, 8000);
    expect(m['requests.ok']).toBe(m['requests.total']);
    expect(m['requests.in-flight']).toBe(0);
    const late = run.metrics(2000, 8000);
    expect(late['requests.total']).toBeGreaterThan(30);
    expect(late['latency.p50']).toBeGreaterThan(2900);
    expect(run.metrics(5200, 8000)['requests.total']).toBe(0);
  }
});

it.each([
  ['checkout', 'records', true],
  ['upload', 'uploads', true],
  ['sign-in', 'sessions', true],
  ['browse', 'records', false],
] as const)('a full disk and %s, with %s in the layer: it fails? %s', (kind, state, fails) => {
  const none = { browse: 0, 'sign-in': 0, upload: 0, 'view-upload': 0, post: 0, checkout: 0 };
  const services = [
    app({ replicas: 1, state: homes({ sessions: 'signed', [state]: 'layer' }) }),
    balancer({ check: null }),
  ];
  const s = scenario(services, {}, { rate: 50, mix: { ...none, [kind]: 1 } });
  const run = play(s, 1, [[1000, 'paddock fill-disk shop-app-1']], 4000);
  const m = run.metrics(1500, 4000);
  expect(m['requests.total']).toBeGreaterThan(50);
  expect(m['requests.failed']).toBe(fails ? m['requests.total'] : 0);
});
