import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../test/support/fixtures.ts';
import { createRun } from './create-run.ts';
import { DETECTORS } from './drift/registry.ts';
import type { Command } from './model/command.ts';
import { STATE_KINDS, type Scenario, type StateKind } from './model/scenario.ts';
import type { Metrics } from './metrics/names.ts';
import { BALANCERS, PLATFORMS, STATE_MODELS, STORES } from './registries.ts';
import type { Run } from './run.ts';

/** What everything that enters a registry has to keep, whatever else it does. */

const names = (...list: string[]): { kind: 'names'; names: string[] } => ({ kind: 'names', names: list });
const crash: Command = { verb: 'crash', targets: names('shop-app-1') };

const stores = Object.keys(STORES).map((kind) => store({ name: `${kind}-1`, image: `${kind}:1`, kind }));

/** One container with no balancer before it, that restarts in place or is replaced when it ends. */
const pet = (state: Partial<Record<StateKind, string>>, layer: 'keep' | 'wipe'): Scenario =>
  scenario(
    [
      app({
        replicas: 1,
        state: homes(state),
        onExit: { do: layer === 'keep' ? 'restart' : 'replace', delayMs: 500, layer },
      }),
      ...stores,
      balancer({ check: null }),
    ],
    {},
    {
      users: 20,
      rate: null,
      thinkMs: 500,
      mix: { browse: 1, 'sign-in': 0, upload: 0, 'view-upload': 0, post: 0, checkout: 0 },
    },
  );

function after(s: Scenario, commands: readonly Command[], untilMs = 10_000): { run: Run; m: Metrics } {
  const run = createRun(s);
  run.advance(3000);
  for (const c of commands) expect(run.apply(c, c.verb)).toMatchObject({ ok: true });
  run.advance(untilMs);
  return { run, m: run.metrics(0, untilMs) };
}

describe.each(Object.entries(STATE_MODELS))('state model %s', (key, model) => {
  it('is named as its key, for people too, and holds kinds that exist', () => {
    expect(model.name).toBe(key);
    expect(model.label).not.toBe('');
    expect(model.kinds.length).toBeGreaterThan(0);
    for (const kind of model.kinds) expect(STATE_KINDS).toContain(kind);
    expect(new Set(model.kinds).size).toBe(model.kinds.length);
    expect([null, ...Object.keys(STORES)]).toContain(model.store);
  });

  it.each(model.kinds)('runs as the home of %s, with and without the herd dying', (kind) => {
    const { run } = after(pet({ [kind]: key }, 'keep'), [crash]);
    expect(run.view().state[kind]).toBe(key);
    expect(run.view().totals.ok).toBeGreaterThan(0);
  });
});

/** Sessions that are lost when the one container crashes and comes back, by the home they live in (A2). */
const SESSION_HOMES = Object.values(STATE_MODELS).filter((model) => model.kinds.includes('sessions'));

describe('sessions survive what their home survives', () => {
  /** What a place is bound to, read off the run: who outlives a process, who a container? */
  const OUTLIVES: Readonly<Record<string, { process: boolean; container: boolean }>> = {
    memory: { process: false, container: false },
    tmpfs: { process: false, container: false },
    layer: { process: true, container: false },
    'signed-own-key': { process: false, container: false },
    // Nothing is mounted: an anonymous volume, which this supervisor clears away with its container.
    volume: { process: true, container: false },
  };

  it.each(SESSION_HOMES.map((m) => m.name))('%s (A2, S-11)', (home) => {
    const { process, container } = OUTLIVES[home] ?? { process: true, container: true };
    const restarted = after(pet({ sessions: home }, 'keep'), [crash]).m;
    expect(restarted['sessions.lost']).toBe(process ? 0 : 20);
    const replaced = after(pet({ sessions: home }, 'wipe'), [crash]).m;
    expect(replaced['sessions.lost']).toBe(container ? 0 : 20);
    // lost sessions are the only ones that are asked for in vain: there is one container, so none can be missed
    expect(restarted['sessions.missed']).toBe(0);
    expect(replaced['sessions.missed']).toBe(0);
    expect(replaced['sessions.refused']).toBe(replaced['sessions.lost']);
  });
});

describe('uploads survive what their home survives', () => {
  const homesOfUploads = Object.values(STATE_MODELS).filter(
    (m) => m.kinds.includes('uploads') && m.name !== 'none',
  );
  it.each(homesOfUploads.map((m) => m.name))('%s (A2)', (home) => {
    const stored = { storedUploads: 12 };
    const of = (layer: 'keep' | 'wipe'): Scenario => {
      const s = pet({ uploads: home }, layer);
      return { ...s, traffic: { ...s.traffic, ...stored } };
    };
    const keeps = home === 'layer' || home === 'volume';
    const dies = home === 'tmpfs';
    expect(after(of('keep'), [crash]).m['uploads.lost']).toBe(dies ? 12 : 0);
    expect(after(of('wipe'), [crash]).m['uploads.lost']).toBe(dies || keeps ? 12 : 0);
  });
});

const herd = (kind: string, platform: string): Scenario =>
  scenario(
    [app({ restart: 'always' }), ...stores, balancer({ kind })],
    { platform },
    { users: 40, rate: 80 },
  );

/** Everything that was asked is somewhere, and every session too. */
function expectLaws(run: Run, untilMs: number, when = ''): void {
  const { requests, ok, failed, unauthorized, notFound, inFlight, sessionsHeld } = run.view().totals;
  expect(requests, when).toBe(ok + failed + unauthorized + notFound + inFlight);
  // a window ends before its last ms; what a command did at that ms counts too
  const m = run.metrics(0, untilMs + 100);
  expect(m['sessions.created'], when).toBe(
    sessionsHeld + (m['sessions.lost'] ?? 0) + (m['sessions.replaced'] ?? 0) + (m['sessions.expired'] ?? 0),
  );
}

describe.each(Object.entries(BALANCERS))('balancer %s', (key, model) => {
  it('is named as its key', () => expect(model.name).toBe(key));

  it.each(['roundrobin', 'leastconn', 'random', 'random(1)', 'source', 'hash-user'] as const)(
    'serves by %s: every server its part, nobody fails, same seed same run',
    (balance) => {
      const s = scenario([app(), balancer({ kind: key, balance })], {}, { users: 300, rate: 200 });
      const run = createRun(s);
      run.advance(10_000);
      expect(run.view().totals.failed).toBe(0);
      expect(run.view().totals.ok).toBeGreaterThan(0);
      const again = createRun(s);
      again.advance(5000);
      again.advance(10_000);
      expect(again.hash()).toBe(run.hash());
    },
  );

  it('survives a kill of one, and of all, and keeps the laws', () => {
    for (const victims of [['shop-app-2'], ['shop-app-1', 'shop-app-2', 'shop-app-3']]) {
      const { run, m } = after(herd(key, 'bare'), [{ verb: 'crash', targets: names(...victims) }], 30_000);
      expectLaws(run, 30_000);
      expect(run.view().totals.containersRunning).toBe(3);
      expect(m['sessions.lost']).toBeGreaterThan(0);
      // it finds the ones that came back: at the end everything is answered
      const late = run.metrics(20_000, 30_000);
      expect(late['requests.failed']).toBe(0);
      expect(late['requests.ok']).toBeGreaterThan(0);
    }
  });

  it('says so when no server is left, with a status or by closing, and never answers well', () => {
    const s = herd(key, 'compose');
    const run = createRun(s);
    run.advance(1000);
    run.apply(
      { verb: 'kill', tool: 'docker', targets: { kind: 'filter', substring: 'app' }, signal: 'KILL' },
      'kill all',
    );
    run.advance(20_000);
    const m = run.metrics(10_000, 20_000);
    expect(m['requests.ok']).toBe(0);
    expect(m['requests.failed']).toBeGreaterThan(0);
    expectLaws(run, 20_000);
  });
});

/** One of every verb, aimed at what exists and at what does not. */
const EVERYTHING: readonly Command[] = [
  { verb: 'ps', all: false },
  { verb: 'ps', all: true },
  ...(['logs', 'diff', 'inspect'] as const).flatMap((verb) =>
    ['shop-app-1', 'nobody'].map((target): Command => ({ verb, target })),
  ),
  ...['shop-app-1', 'nobody'].flatMap((name): Command[] => [
    { verb: 'exec', target: name, argv: ['touch', '/app/x'] },
    { verb: 'exec', target: name, argv: ['kill', '1'] },
    { verb: 'slow', targets: names(name), factor: 4 },
    { verb: 'hang', targets: names(name) },
    { verb: 'resume', targets: names(name) },
    { verb: 'oom', targets: names(name) },
    { verb: 'fill-disk', targets: names(name), forMs: null },
    { verb: 'crash', targets: names(name) },
    { verb: 'start', targets: names(name) },
    { verb: 'stop', targets: names(name), timeoutMs: null },
    { verb: 'restart', tool: 'docker', targets: names(name), timeoutMs: null },
    { verb: 'restart', tool: 'compose', targets: names(name), timeoutMs: null },
    { verb: 'kill', tool: 'docker', targets: names(name), signal: 'TERM' },
    { verb: 'kill', tool: 'compose', targets: names(name), signal: 'KILL' },
    { verb: 'balancer', action: 'drain', targets: names(name) },
    { verb: 'balancer', action: 'maint', targets: names(name) },
    { verb: 'balancer', action: 'ready', targets: names(name) },
    { verb: 'rm', targets: names(name), force: false, volumes: false },
    { verb: 'rm', targets: names(name), force: true, volumes: true },
  ]),
  ...['app', 'shop_app', 'nothing'].flatMap((service): Command[] => [
    { verb: 'service-scale', service, replicas: 4 },
    { verb: 'service-update', service, image: 'shop:2.0', force: false },
    { verb: 'service-update', service, image: null, force: true },
    { verb: 'service-rollback', service },
    { verb: 'service-rollback', service },
    { verb: 'service-scale', service, replicas: 0 },
    { verb: 'service-scale', service, replicas: 2 },
  ]),
  { verb: 'run', image: 'shop:2.0', name: null, restart: 'always', restartMax: 0 },
  { verb: 'run', image: 'shop:2.0', name: 'shop-app-1', restart: null, restartMax: 0 },
  { verb: 'run', image: 'nothing', name: null, restart: null, restartMax: 0 },
  { verb: 'update', targets: names('shop-app-1', 'nothing'), restart: 'on-failure', restartMax: 2 },
  ...['app', 'shop-app', 'nothing'].flatMap((deployment): Command[] => [
    { verb: 'kubectl-scale', deployment, replicas: 4 },
    { verb: 'kubectl-set-image', deployment, container: 'app', image: 'shop:2.0' },
    { verb: 'kubectl-set-image', deployment, container: 'nothing', image: 'shop:3.0' },
    { verb: 'kubectl-rollout-status', deployment },
    ...(['restart', 'pause', 'undo', 'resume', 'undo'] as const).map((action): Command => ({
      verb: 'kubectl-rollout',
      action,
      deployment,
      toRevision: null,
    })),
    { verb: 'kubectl-rollout', action: 'undo', deployment, toRevision: 99 },
    { verb: 'kubectl-scale', deployment, replicas: 2 },
  ]),
  ...(['pods', 'deployments', 'nodes'] as const).map((resource): Command => ({
    verb: 'kubectl-get',
    resource,
    wide: true,
  })),
  { verb: 'kubectl-delete-pod', pods: ['shop-app-1', 'nobody'], selector: null, force: false, graceMs: null },
  { verb: 'kubectl-delete-pod', pods: [], selector: '', force: true, graceMs: 0 },
  { verb: 'kubectl-exec', pod: 'shop-app-2', argv: ['kill', '1'] },
  ...(['cordon', 'drain', 'uncordon'] as const).flatMap((action) =>
    ['host-1', 'nowhere'].map((node): Command => ({ verb: 'kubectl-node', action, node })),
  ),
  { verb: 'kubectl-exec', pod: 'nobody', argv: ['ls'] },
  { verb: 'compose-up', scale: { app: 5 }, forceRecreate: false, renewAnonVolumes: false },
  { verb: 'compose-up', scale: {}, forceRecreate: true, renewAnonVolumes: true },
  { verb: 'compose-up', scale: { nothing: 1 }, forceRecreate: false, renewAnonVolumes: false },
  ...Object.keys(STORES).flatMap((kind) =>
    (['down', 'up', 'pause', 'slow', 'fill', 'kill', 'restart', 'power-off'] as const).map(
      (action): Command => ({
        verb: 'store',
        store: `${kind}-1`,
        action,
        forMs: 500,
        signal: 'KILL',
      }),
    ),
  ),
  { verb: 'store', store: 'nothing', action: 'down', forMs: null, signal: 'KILL' },
  { verb: 'lose-host', host: 'host-1' },
  { verb: 'reboot-host', host: 'host-1' },
  { verb: 'evict', target: 'shop-app-2', to: 'host-1' },
  { verb: 'evict', target: 'nothing', to: 'nowhere' },
  { verb: 'set', assignments: ['services.app.deploy.replicas=4'], scenario: null },
  { verb: 'compose-down', volumes: false },
  { verb: 'compose-up', scale: {}, forceRecreate: false, renewAnonVolumes: false },
  { verb: 'compose-down', volumes: true },
];

describe.each(Object.entries(PLATFORMS))('platform %s', (key, platform) => {
  it('is named as its key, and its state is copied, not shared', () => {
    expect(platform.name).toBe(key);
    const state = platform.initialState();
    const copy = platform.copyState(state);
    expect(copy).toEqual(state);
    expect(copy === null || copy !== state).toBe(true);
  });

  it('answers every command with words, refused or not, and the laws go on holding', () => {
    for (const kind of Object.keys(BALANCERS)) {
      const run = createRun(herd(kind, key));
      let at = 1000;
      for (const command of EVERYTHING) {
        run.advance(at);
        const answer = run.apply(command, command.verb);
        // a refusal says why; a success may have nothing to say
        expect(answer.ok || answer.text !== '', JSON.stringify(command)).toBe(true);
        expectLaws(run, at, JSON.stringify(command));
        at += 700;
      }
      run.advance(at + 30_000);
      expectLaws(run, at + 30_000);
    }
  });

  it('names no two live containers alike, and starts none beyond what is wanted when left alone', () => {
    const run = createRun(herd('haproxy', key));
    for (let t = 500; t <= 20_000; t += 500) run.advance(t);
    const live = run.view().containers.filter((c) => c.phase === 'running');
    expect(new Set(live.map((c) => c.name)).size).toBe(3);
    expect(run.metrics(0, 20_000)['containers.started']).toBe(0);
  });

  it('goes on from a checkpoint in the middle of a deploy as if nothing had happened', () => {
    // Each platform has one of these.
    const deploys: readonly Command[] = [
      { verb: 'service-update', service: 'app', image: 'shop:2.0', force: false },
      { verb: 'compose-up', scale: {}, forceRecreate: true, renewAnonVolumes: false },
      { verb: 'run', image: 'shop:2.0', name: null, restart: null, restartMax: 0 },
      { verb: 'kubectl-set-image', deployment: 'app', container: 'app', image: 'shop:2.0' },
    ];
    const run = createRun(herd('haproxy', key));
    run.advance(1000);
    expect(deploys.some((deploy) => run.apply(deploy, 'deploy').ok)).toBe(true);
    run.advance(1700);
    const middle = run.checkpoint();
    const fork = run.fork();
    run.advance(40_000);
    const hash = run.hash();
    fork.advance(40_000);
    expect(fork.hash()).toBe(hash);
    run.restore(middle);
    run.advance(40_000);
    expect(run.hash()).toBe(hash);
  });
});

describe.each(Object.entries(STORES))('store %s', (key, kind) => {
  const state = Object.values(STATE_MODELS).find((m) => m.store === key);
  const what = state?.kinds[0] ?? 'sessions';
  const s = (): Scenario =>
    scenario(
      [app({ state: homes({ [what]: state?.name ?? 'memory' }) }), ...stores, balancer()],
      {},
      { users: 30, rate: 60, timeoutMs: 30_000 },
    );

  it('is named as its key, for people too, and is the home of something', () => {
    expect(kind.name).toBe(key);
    expect(kind.label).not.toBe('');
    expect(state).toBeDefined();
  });

  it.each(['down', 'pause', 'kill', 'restart', 'slow', 'power-off'] as const)(
    'comes through %s, keeps the laws, and answers again',
    (action) => {
      const run = createRun(s());
      run.advance(2000);
      const line = { verb: 'store', store: `${key}-1`, action, forMs: 2000, signal: 'KILL' } as const;
      expect(run.apply(line, action).ok).toBe(true);
      for (let t = 2100; t <= 20_000; t += 300) {
        run.advance(t);
        expectLaws(run, t, `${action} at ${t}`);
      }
      run.advance(20_000);
      expect(run.view().stores.find((x) => x.kind === key)?.state).toBe('up');
      expect(run.metrics(15_000, 20_000)['requests.failed']).toBe(0);
      expect(run.metrics(15_000, 20_000)['requests.ok']).toBeGreaterThan(0);
    },
  );
});

describe.each(DETECTORS.map((detector) => [detector.name, detector] as const))(
  'detector %s',
  (name, detector) => {
    const its = Object.values(PLATFORMS).filter(({ detectors }) => detectors.includes(name));

    it('is told apart from the others, says what it never looks at, and has two verdicts', () => {
      expect(DETECTORS.filter((other) => other.name === name)).toEqual([detector]);
      expect(detector.blind).not.toBe('');
      expect(detector.verdict(0)).not.toBe(detector.verdict(1));
    });

    it('is the tool of a platform, where it is shown, and looking changes nothing (S-124)', () => {
      expect(its).not.toEqual([]);
      for (const platform of its) {
        const run = createRun(herd('haproxy', platform.name));
        run.advance(1000);
        const before = [run.hash(), run.journalLength()];
        const tools = run.inspect('shop-app-1')!.tools;
        expect(tools.map((tool) => tool.name)).toEqual(platform.detectors);
        expect(tools.find((tool) => tool.name === name)).toMatchObject({ blind: detector.blind });
        expect([run.hash(), run.journalLength()]).toEqual(before);
      }
    });
  },
);
