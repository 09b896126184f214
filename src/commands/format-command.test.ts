import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Command, Targets } from '../sim/model/command.ts';
import { formatCommand } from './format-command.ts';
import { parseCommand } from './parse-command.ts';

const name = fc.stringMatching(/^[a-z0-9][a-z0-9_.-]{0,12}$/);
const names = (minLength: number): fc.Arbitrary<Targets> =>
  fc.record({ kind: fc.constant('names' as const), names: fc.array(name, { minLength, maxLength: 4 }) });
const targets: fc.Arbitrary<Targets> = fc.oneof(
  names(1),
  fc.record({ kind: fc.constant('filter' as const), substring: fc.oneof(fc.constant(''), name) }),
);
const signal = fc.constantFrom('KILL', 'TERM', 'HUP', 'INT', 'USR1');
const text = fc.string({ minLength: 1, maxLength: 20 }).filter((value) => value.trim() === value);
const just = <const T>(value: T) => fc.constant(value);

const patience = fc.oneof(
  just(null),
  just(Infinity),
  fc.nat(600).map((s) => s * 1000),
);

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ verb: just('kill'), tool: just('docker'), targets, signal }),
  fc.record({ verb: just('kill'), tool: just('compose'), targets: names(0), signal }),
  fc.record({
    verb: just('stop'),
    targets,
    timeoutMs: patience,
  }),
  fc.record({ verb: just('start'), targets }),
  fc.record({
    verb: just('stop'),
    tool: just('compose' as const),
    targets: names(0),
    timeoutMs: patience,
  }),
  fc.record({ verb: just('start'), tool: just('compose' as const), targets: names(0) }),
  fc.record({ verb: just('restart'), tool: just('docker'), targets, timeoutMs: patience }),
  fc.record({ verb: just('restart'), tool: just('compose'), targets: names(0), timeoutMs: patience }),
  fc.record({ verb: just('rm'), targets, force: fc.boolean(), volumes: fc.boolean() }),
  fc.record({ verb: just('exec'), target: name, argv: fc.array(text, { minLength: 1, maxLength: 4 }) }),
  fc.record({ verb: just('ps'), all: fc.boolean() }),
  fc.record({ verb: fc.constantFrom('logs' as const, 'diff' as const, 'inspect' as const), target: name }),
  fc.record({ verb: just('service-scale'), service: name, replicas: fc.nat(1000) }),
  fc.record({
    verb: just('service-update'),
    service: name,
    image: fc.oneof(just(null), just('registry.local:5000/shop:2.0')),
    force: fc.boolean(),
  }),
  fc.record({ verb: just('service-rollback'), service: name }),
  fc.record({
    verb: just('compose-up'),
    scale: fc.dictionary(name, fc.nat(50), { maxKeys: 3, noNullPrototype: true }),
    forceRecreate: fc.boolean(),
    renewAnonVolumes: fc.boolean(),
  }),
  fc
    .constantFrom(
      { restart: 'no', restartMax: 0 } as const,
      { restart: 'always', restartMax: 0 } as const,
      { restart: 'on-failure', restartMax: 4 } as const,
    )
    .chain((policy) =>
      fc.oneof(
        fc.record({
          verb: just('update'),
          targets,
          restart: just(policy.restart),
          restartMax: just(policy.restartMax),
        }),
        fc.record(
          {
            verb: just('update'),
            targets,
            restart: just(policy.restart),
            restartMax: just(policy.restartMax),
            memoryMb: fc.constantFrom(0.5, 256, 2048),
          },
          { requiredKeys: ['verb', 'targets', 'restart', 'restartMax'] },
        ),
        fc.record({
          verb: just('update'),
          targets,
          restart: just(null),
          restartMax: just(0),
          memoryMb: fc.constantFrom(6, 512),
        }),
        fc.record({
          verb: just('run'),
          image: name,
          name: fc.constantFrom(null, 'bessie', 'shop-app-2'),
          restart: just(policy.restart),
          restartMax: just(policy.restartMax),
        }),
      ),
    ),
  fc.record({ verb: just('compose-down'), volumes: fc.boolean() }),
  fc.record({
    verb: fc.constantFrom('crash' as const, 'hang' as const, 'resume' as const, 'oom' as const),
    targets,
  }),
  fc.record({
    verb: just('fill-disk'),
    targets,
    forMs: fc.oneof(just(null), fc.integer({ min: 1, max: 1e6 })),
  }),
  fc.record({ verb: just('slow'), targets, factor: fc.integer({ min: 1, max: 1000 }).map((n) => n / 4) }),
  fc.record({
    verb: just('partition'),
    a: name,
    b: name,
    forMs: fc.oneof(just(null), fc.integer({ min: 1, max: 1e6 })),
  }),
  fc.record({ verb: just('heal'), between: fc.oneof(just(null), fc.tuple(name, name)) }),
  fc.record({ verb: just('evict'), target: name, to: name }),
  fc.record({ verb: fc.constantFrom('lose-host' as const, 'reboot-host' as const), host: name }),
  fc.record({
    verb: just('store'),
    store: name,
    action: fc.constantFrom(
      'down' as const,
      'up' as const,
      'pause' as const,
      'kill' as const,
      'restart' as const,
      'fill' as const,
      'slow' as const,
    ),
    forMs: fc.oneof(just(null), fc.integer({ min: 1, max: 10_000_000 })),
    signal,
  }),
  fc.record({
    verb: just('balancer'),
    action: fc.constantFrom('drain' as const, 'maint' as const, 'ready' as const),
    targets,
  }),
  fc.record({
    verb: just('deploy'),
    action: fc.constantFrom('pause' as const, 'resume' as const, 'abort' as const, 'undo' as const),
    service: fc.oneof(just(null), name),
  }),
  fc.record({ verb: just('drift'), targets: fc.oneof(names(0), targets) }),
  fc.record({
    verb: just('push'),
    image: just('registry.local:5000/shop:2.0'),
    like: fc.oneof(just(null), name),
  }),
  fc.record({ verb: just('migrate'), schema: name }),
  fc.record({
    verb: just('kubectl-get'),
    resource: fc.constantFrom('pods' as const, 'deployments' as const, 'nodes' as const, 'hpa' as const),
    wide: fc.boolean(),
  }),
  fc.record({
    verb: just('kubectl-get'),
    resource: just('pods' as const),
    wide: fc.boolean(),
    names: fc.array(name, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    verb: just('kubectl-rollout-history'),
    deployment: name,
    revision: fc.constantFrom(null, 2),
  }),
  fc.record({
    verb: just('kubectl-delete-pod'),
    pods: fc.array(name, { minLength: 1, maxLength: 3 }),
    selector: just(null),
    force: just(true),
    graceMs: fc.constantFrom(0, 5000),
  }),
  fc.record({
    verb: just('kubectl-delete-pod'),
    pods: just([]),
    selector: fc.oneof(
      just(''),
      name.map((n) => `app=${n}`),
    ),
    force: just(false),
    graceMs: fc.constantFrom(null, 1000),
  }),
  fc.record({ verb: just('kubectl-scale'), deployment: name, replicas: fc.nat(1000) }),
  fc.record({
    verb: just('kubectl-rollout'),
    action: just('undo'),
    deployment: name,
    toRevision: fc.oneof(just(null), fc.nat(9)),
  }),
  fc.record({
    verb: just('kubectl-rollout'),
    action: fc.constantFrom('restart' as const, 'pause' as const, 'resume' as const),
    deployment: name,
    toRevision: just(null),
  }),
  fc.record({ verb: just('kubectl-rollout-status'), deployment: name }),
  just({ verb: 'balancer-reload' as const }),
  fc.record({
    verb: just('kubectl-set-image'),
    deployment: name,
    container: fc.oneof(just('*'), name),
    image: just('registry.local:5000/shop:2.0'),
  }),
  fc.record({
    verb: just('kubectl-node'),
    action: fc.constantFrom('cordon' as const, 'uncordon' as const, 'drain' as const),
    node: name,
  }),
  fc.record({ verb: just('kubectl-exec'), pod: name, argv: fc.array(text, { minLength: 1, maxLength: 4 }) }),
  fc.record({
    verb: just('set'),
    assignments: fc.array(
      fc.tuple(name, text).map(([key, value]) => `${key}=${value}`),
      { minLength: 1, maxLength: 3 },
    ),
    scenario: just(null),
  }),
);

it('is the inverse of parseCommand', () => {
  fc.assert(
    fc.property(command, (given) => {
      expect(parseCommand(formatCommand(given))).toEqual({ ok: true, command: given });
    }),
    { numRuns: 2000 },
  );
});

it('types what a person would', () => {
  expect(formatCommand({ verb: 'start', targets: { kind: 'filter', substring: 'app', all: true } })).toBe(
    'docker start $(docker ps -aq --filter name=app)',
  );
  expect(formatCommand({ verb: 'exec', target: 'a', argv: ['sh', '-c', "echo it's > /app/x"] })).toBe(
    `docker exec a sh -c 'echo it'\\''s > /app/x'`,
  );
});
