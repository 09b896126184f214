import fc from 'fast-check';
import type { Command } from '../../src/sim/model/command.ts';
import type { Scenario } from '../../src/sim/model/scenario.ts';
import { anyScenario } from './random-scenarios.ts';
import { anySetting } from './random-settings.ts';

/** Random commands for the random scenarios: most of them such as a platform takes, some foreign to it. */

export interface TimedCommand {
  readonly at: number;
  readonly command: Command;
}

const names = fc
  .uniqueArray(
    fc.constantFrom(
      'shop-app-1',
      'shop-app-2',
      'shop-app-3',
      'shop-app-4',
      'shop-app-5',
      'shop-cache-1',
      'shop-lb-1',
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((list) => ({ kind: 'names' as const, names: list }));
const services = fc.constantFrom(
  { kind: 'names' as const, names: [] },
  { kind: 'names' as const, names: ['app'] },
  { kind: 'names' as const, names: ['cache', 'lb'] },
);
const targets = fc.oneof(names, fc.constant({ kind: 'filter' as const, substring: 'app' }));

/** What Docker Engine does with single containers, wherever there is one. */
const ENGINE: readonly fc.Arbitrary<Command>[] = [
  fc.record({
    verb: fc.constant('kill' as const),
    tool: fc.constant('docker' as const),
    targets,
    signal: fc.constantFrom('KILL', 'TERM', 'STOP', 'CONT', 'HUP'),
  }),
  fc.record({ verb: fc.constant('stop' as const), targets, timeoutMs: fc.constantFrom(null, 100) }),
  fc.record({ verb: fc.constant('start' as const), targets: names }),
  fc.record({
    verb: fc.constant('restart' as const),
    tool: fc.constant('docker' as const),
    targets: names,
    timeoutMs: fc.constantFrom(null, 100),
  }),
  fc.record({ verb: fc.constant('rm' as const), targets: names, force: fc.boolean(), volumes: fc.boolean() }),
  fc.record({
    verb: fc.constant('exec' as const),
    target: fc.constantFrom('shop-app-1', 'shop-app-2'),
    argv: fc.constantFrom(
      ['sh', '-c', 'echo hi > /app/x'],
      ['sh', '-c', 'echo error-rate=0.4 > /app/config; echo slow=3 >> /app/config'],
      ['touch', '/tmp/y'],
      ['rm', '-rf', '/app/sessions'],
      ['kill', '1'],
      ['vim'],
    ),
  }),
  fc.record({
    verb: fc.constant('update' as const),
    targets: names,
    restart: fc.constantFrom(null, 'no' as const, 'always' as const, 'on-failure' as const),
    restartMax: fc.constantFrom(0, 1),
    memoryMb: fc.constantFrom(64, 110, 200),
  }),
];

/** Faults and changes from outside, on every platform. */
const FAULTS: readonly fc.Arbitrary<Command>[] = [
  fc.record({
    verb: fc.constantFrom('crash' as const, 'hang' as const, 'resume' as const, 'oom' as const),
    targets,
  }),
  fc.record({ verb: fc.constant('fill-disk' as const), targets: names, forMs: fc.constantFrom(null, 1000) }),
  fc.record({ verb: fc.constant('slow' as const), targets: names, factor: fc.constantFrom(2, 10) }),
  fc.record({
    verb: fc.constant('push' as const),
    image: fc.constantFrom('shop:1.0', 'shop:2.0'),
    like: fc.constantFrom(null, '2.0'),
  }),
  fc.record({ verb: fc.constant('migrate' as const), schema: fc.constantFrom('', 'b') }),
  fc.record({
    verb: fc.constant('rotate' as const),
    of: fc.constantFrom('cache' as const, 'config' as const, 'secrets' as const),
    revokeAfterMs: fc.constantFrom(0, 800),
  }),
  fc.record({
    verb: fc.constantFrom('lose-host' as const, 'reboot-host' as const),
    host: fc.constantFrom('host-1', 'host-2'),
  }),
  fc.record({
    verb: fc.constant('store' as const),
    store: fc.constantFrom('cache', 'photos', 'hot', 'db', 'lines', 'queue', 'vault'),
    action: fc.constantFrom(
      'down' as const,
      'up' as const,
      'pause' as const,
      'kill' as const,
      'restart' as const,
      'slow' as const,
      'power-off' as const,
      'fill' as const,
      'failover' as const,
    ),
    forMs: fc.constantFrom(null, 300, 1500),
    signal: fc.constantFrom('KILL', 'TERM'),
  }),
  fc.record({
    verb: fc.constant('partition' as const),
    a: fc.constantFrom('users', 'balancer', 'shop-app-1', 'host-1'),
    b: fc.constantFrom('balancer', 'shop-app-1', 'shop-app-2', 'cache', 'photos'),
    forMs: fc.constantFrom(null, 200, 1500),
  }),
  fc.record({ verb: fc.constant('heal' as const), between: fc.constant(null) }),
  fc.record({
    verb: fc.constant('balancer' as const),
    action: fc.constantFrom('drain' as const, 'maint' as const, 'ready' as const),
    targets: names,
  }),
  fc.constant({ verb: 'balancer-reload' as const }),
];

/** Services: Swarm, and the supervisor that takes its words. */
const SWARM: readonly fc.Arbitrary<Command>[] = [
  fc.record({
    verb: fc.constant('service-scale' as const),
    service: fc.constant('shop_app'),
    replicas: fc.integer({ min: 0, max: 6 }),
  }),
  fc.record({
    verb: fc.constant('service-update' as const),
    service: fc.constant('shop_app'),
    image: fc.constantFrom(null, 'shop:2.0'),
    force: fc.boolean(),
  }),
  fc.record({ verb: fc.constant('service-rollback' as const), service: fc.constant('shop_app') }),
];

/** Docker Compose. */
const COMPOSE: readonly fc.Arbitrary<Command>[] = [
  fc.record({
    verb: fc.constant('compose-up' as const),
    scale: fc.integer({ min: 0, max: 6 }).map((app) => ({ app })),
    forceRecreate: fc.boolean(),
    renewAnonVolumes: fc.boolean(),
  }),
  fc.record({ verb: fc.constant('compose-down' as const), volumes: fc.boolean() }),
  fc.record({
    verb: fc.constant('start' as const),
    tool: fc.constant('compose' as const),
    targets: services,
  }),
  fc.record({
    verb: fc.constant('stop' as const),
    tool: fc.constant('compose' as const),
    targets: services,
    timeoutMs: fc.constantFrom(null, 100),
  }),
  fc.record({
    verb: fc.constant('restart' as const),
    tool: fc.constant('compose' as const),
    targets: services,
    timeoutMs: fc.constantFrom(null, 100),
  }),
  fc.record({
    verb: fc.constant('kill' as const),
    tool: fc.constant('compose' as const),
    targets: services,
    signal: fc.constantFrom('KILL', 'TERM'),
  }),
];

/** A container more, by hand. */
const DOCKER: readonly fc.Arbitrary<Command>[] = [
  fc.record({
    verb: fc.constant('run' as const),
    image: fc.constantFrom('shop:1.0', 'shop:2.0', 'other'),
    name: fc.constantFrom(null, 'shop-app-2', 'bessie'),
    restart: fc.constantFrom(null, 'always' as const),
    restartMax: fc.constant(0),
  }),
];

/** kubectl. */
const KUBERNETES: readonly fc.Arbitrary<Command>[] = [
  fc.record({
    verb: fc.constant('kubectl-delete-pod' as const),
    pods: fc.constantFrom(['shop-app-1'], ['shop-app-2', 'shop-app-4'], ['shop-cache-1'], []),
    selector: fc.constantFrom(null, 'app=app'),
    force: fc.boolean(),
    graceMs: fc.constantFrom(null, 0, 300),
  }),
  fc.record({
    verb: fc.constant('kubectl-scale' as const),
    deployment: fc.constant('app'),
    replicas: fc.integer({ min: 0, max: 6 }),
  }),
  fc.record({
    verb: fc.constant('kubectl-rollout' as const),
    action: fc.constantFrom('restart' as const, 'undo' as const, 'pause' as const, 'resume' as const),
    deployment: fc.constantFrom('app', 'cache'),
    toRevision: fc.constant(null),
  }),
  fc.record({
    verb: fc.constant('kubectl-set-image' as const),
    deployment: fc.constant('app'),
    container: fc.constant('*'),
    image: fc.constantFrom('shop:1.0', 'shop:2.0'),
  }),
  fc.record({
    verb: fc.constant('kubectl-node' as const),
    action: fc.constantFrom('cordon' as const, 'uncordon' as const, 'drain' as const),
    node: fc.constantFrom('host-1', 'host-2'),
  }),
  fc.record({
    verb: fc.constant('kubectl-exec' as const),
    pod: fc.constantFrom('shop-app-1', 'shop-app-2'),
    argv: fc.constantFrom(['sh', '-c', 'echo hi > /app/x'], ['kill', '1']),
  }),
];

/** A roll-out under way, held or given up. */
const DEPLOY: readonly fc.Arbitrary<Command>[] = [
  fc.record({
    verb: fc.constant('deploy' as const),
    action: fc.constantFrom('pause' as const, 'resume' as const, 'abort' as const, 'undo' as const),
    service: fc.constantFrom(null, 'app'),
  }),
];

/** A container goes to another host. */
const EVICT: readonly fc.Arbitrary<Command>[] = [
  fc.record({
    verb: fc.constant('evict' as const),
    target: fc.constantFrom('shop-app-1', 'shop-app-2', 'shop-app-3'),
    to: fc.constantFrom('host-1', 'host-2'),
  }),
];

const OWN: Readonly<Record<string, readonly fc.Arbitrary<Command>[]>> = {
  bare: [...ENGINE, ...SWARM, ...DEPLOY, ...EVICT],
  docker: [...ENGINE, ...DOCKER],
  compose: [...ENGINE, ...COMPOSE],
  swarm: [...ENGINE, ...SWARM, ...DEPLOY, ...EVICT],
  kubernetes: [...KUBERNETES, ...DEPLOY],
};

const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  ...ENGINE,
  ...FAULTS,
  ...SWARM,
  ...COMPOSE,
  ...DOCKER,
  ...KUBERNETES,
  ...DEPLOY,
  ...EVICT,
);

const deploy = (action: 'pause' | 'resume' | 'abort' | 'undo'): Command => ({
  verb: 'deploy',
  action,
  service: null,
});
const rollout = (action: 'undo' | 'pause' | 'resume'): Command => ({
  verb: 'kubectl-rollout',
  action,
  deployment: 'app',
  toRevision: null,
});
const atStore = (action: 'down' | 'up' | 'pause' | 'failover', store: string): Command => ({
  verb: 'store',
  store,
  action,
  forMs: null,
  signal: 'KILL',
});
const update: Command = { verb: 'service-update', service: 'shop_app', image: 'shop:2.0', force: false };
const setImage: Command = {
  verb: 'kubectl-set-image',
  deployment: 'app',
  container: '*',
  image: 'shop:2.0',
};
const app1 = { kind: 'names', names: ['shop-app-1'] } as const;
const cut: Command = { verb: 'partition', a: 'balancer', b: 'shop-app-1', forMs: null };

/** What makes sense only after something else, by platform: single commands at random hardly ever meet. */
const EVERYWHERE_AFTER: readonly (readonly Command[])[] = [
  [cut, { verb: 'heal', between: null }],
  [
    { verb: 'hang', targets: app1 },
    { verb: 'resume', targets: app1 },
  ],
  [atStore('down', 'cache'), atStore('up', 'cache')],
  [atStore('pause', 'db'), atStore('up', 'db')],
  [atStore('down', 'cache'), atStore('failover', 'cache')],
];
const UPDATES: readonly (readonly Command[])[] = [
  [update, deploy('pause'), deploy('resume')],
  [update, deploy('abort')],
  [update, deploy('undo')],
  [update, { verb: 'service-rollback', service: 'shop_app' }],
];
const AFTER: Readonly<Record<string, readonly (readonly Command[])[]>> = {
  bare: UPDATES,
  swarm: UPDATES,
  kubernetes: [
    [setImage, rollout('undo')],
    [setImage, rollout('pause'), rollout('resume')],
    [
      { verb: 'kubectl-node', action: 'drain', node: 'host-1' },
      { verb: 'kubectl-node', action: 'uncordon', node: 'host-1' },
    ],
  ],
};

const timed = (steps: fc.Arbitrary<readonly Command[]>, maxLength: number): fc.Arbitrary<TimedCommand[]> =>
  fc
    .array(
      fc.record({
        at: fc.integer({ min: 0, max: 5500 }),
        gap: fc.constantFrom(0, 100, 1500),
        commands: steps,
      }),
      { maxLength },
    )
    .map((list) =>
      list
        .flatMap(({ at, gap, commands }) =>
          commands.map((command, k) => ({ at: Math.min(5800, at + k * gap), command })),
        )
        .toSorted((a, b) => a.at - b.at),
    );

/** Up to six steps such as this scenario's platform takes, one in nine of them any command at all. */
export const anyCommandsOn = (s: Scenario): fc.Arbitrary<TimedCommand[]> =>
  timed(
    fc.oneof(
      { weight: 3, arbitrary: fc.oneof(...(OWN[s.platform] ?? [])).map((c) => [c]) },
      { weight: 2, arbitrary: fc.oneof(...FAULTS).map((c) => [c]) },
      { weight: 2, arbitrary: fc.constantFrom(...EVERYWHERE_AFTER, ...(AFTER[s.platform] ?? [])) },
      { weight: 1, arbitrary: anySetting(s).map((c) => [c]) },
      { weight: 1, arbitrary: anyCommand.map((c) => [c]) },
    ),
    6,
  );

/** A scenario and up to eight commands, whoever takes them; one in six changes a setting. */
export const anyPlay: fc.Arbitrary<{
  readonly scenario: Scenario;
  readonly commands: readonly TimedCommand[];
}> = anyScenario.chain((scenario) =>
  fc.record({
    scenario: fc.constant(scenario),
    commands: fc
      .array(
        fc.record({
          at: fc.integer({ min: 0, max: 5500 }),
          command: fc.oneof(
            { weight: 5, arbitrary: anyCommand },
            { weight: 1, arbitrary: anySetting(scenario) },
          ),
        }),
        { maxLength: 8 },
      )
      .map((list) => list.toSorted((a, b) => a.at - b.at)),
  }),
);
