import fc from 'fast-check';
import { expect, it } from 'vitest';
import { app, balancer, homes, scenario } from '../../../test/support/fixtures.ts';
import { createDriver } from '../../commands/driver.ts';
import { createRun } from '../create-run.ts';
import type { AppService, Scenario } from '../model/scenario.ts';

/**
 * Whatever was asked of a platform that keeps a number of containers, and whatever befell them: once it is left alone,
 * as many run as are wanted, and all of one version (S-44, S-48, S-49, S-55, S-59, S-63).
 */

const one = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const tag = one('1.0', '2.0', '3.0');
const name = fc.integer({ min: 1, max: 8 }).map((n) => `shop-app-${n}`);
const count = fc.integer({ min: 0, max: 5 });
const host = one('host-1', 'host-2');

const FAULTS = [
  name.map((n) => `paddock crash ${n}`),
  name.map((n) => `paddock hang ${n}`),
  host.map((h) => `paddock reboot-host ${h}`),
  fc.tuple(name, host).map(([n, h]) => `paddock evict ${n} --to ${h}`),
];
const DOCKER = [
  tag.map((t) => `docker service update --image shop:${t} shop_app`),
  fc.constant('docker service update --force shop_app'),
  fc.constant('docker service rollback shop_app'),
  name.map((n) => `docker kill ${n}`),
];
const COMMANDS: Readonly<Record<string, readonly fc.Arbitrary<string>[]>> = {
  bare: [
    ...DOCKER,
    count.map((n) => `docker compose up -d --scale app=${n}`),
    name.map((n) => `docker restart ${n}`),
    one('pause', 'resume', 'abort', 'undo').map((verb) => `paddock deploy ${verb}`),
  ],
  swarm: [...DOCKER, count.map((n) => `docker service scale shop_app=${n}`)],
  kubernetes: [
    tag.map((t) => `kubectl set image deployment/app app=shop:${t}`),
    count.map((n) => `kubectl scale deployment/app --replicas=${n}`),
    one('restart', 'undo', 'pause', 'resume').map((verb) => `kubectl rollout ${verb} deployment/app`),
    name.map((n) => `kubectl delete pod ${n}`),
    host.map((h) => `kubectl drain ${h}`),
  ],
};

const anyScenario = (platform: Scenario['platform']): fc.Arbitrary<Scenario> =>
  fc
    .record({
      replicas: fc.integer({ min: 1, max: 4 }),
      bootMs: one(0, 500, 2000),
      sigterm: one<AppService['sigterm']>('drain', 'exit', 'none'),
      strategy: one<AppService['rollout']['strategy']>('rolling', 'recreate', 'blue-green', 'canary'),
      order: one<'stop-first' | 'start-first'>('stop-first', 'start-first'),
      parallelism: one(0, 1, 2),
      failureAction: one<'pause' | 'rollback' | 'continue'>('pause', 'rollback', 'continue'),
      restart: one<'restart' | 'replace'>('restart', 'replace'),
    })
    .map(({ strategy, order, parallelism, failureAction, restart, ...a }) => {
      const canary = { steps: [0.5], intervalMs: 2000, maxErrorRate: 1, minRequests: 0 };
      const service = app({
        ...a,
        stopGraceMs: 3000,
        restartDelayMs: 1000,
        state: homes({ sessions: 'signed' }),
        onExit: { do: restart, delayMs: 500, layer: 'keep' },
        update: { ...app().update, order, parallelism, failureAction },
        rollout: {
          ...app().rollout,
          keepMs: 3000,
          canary,
          strategy: platform === 'bare' ? strategy : 'rolling',
        },
      });
      return scenario([service, balancer()], { platform, hosts: 2, rebootMs: 5000 }, { rate: 0 });
    });

it.each(['bare', 'swarm', 'kubernetes'] as const)('%s settles', (platform) => {
  const line = fc.tuple(one(0, 1, 500, 1500, 4000), fc.oneof(...COMMANDS[platform], ...FAULTS));
  fc.assert(
    fc.property(anyScenario(platform), fc.array(line, { minLength: 1, maxLength: 8 }), (s, lines) => {
      const run = createRun(s);
      let at = 1000;
      const script = lines.map(([later, text]) => ({ at: (at += later), do: text }));
      createDriver(run, script).advance(at + 40_000);
      const names = run.view().containers.map((c) => c.name);
      const leftAlone = [
        ...names.map((n) => `paddock resume ${n}`),
        ...(platform === 'kubernetes'
          ? ['kubectl uncordon host-1', 'kubectl uncordon host-2', 'kubectl rollout resume deployment/app']
          : ['paddock deploy resume']),
      ];
      createDriver(
        run,
        leftAlone.map((text) => ({ at: at + 40_001, do: text })),
      ).advance(at + 700_000);
      const { containers, wanted } = run.view();
      const there = containers.filter((c) => c.service === 'app' && c.phase === 'running');
      expect(there).toHaveLength(wanted);
      expect(new Set(there.map((c) => c.tag)).size).toBeLessThanOrEqual(1);
    }),
    { numRuns: 120, seed: 7 },
  );
});
