/** What may be turned in a herd, read off its scenario. */
import { dialectOf } from '../commands/dialects.ts';
import { BALANCERS, PLATFORMS } from '../sim/registries.ts';
import type {
  AppService,
  BalancerService,
  Distribution,
  Scenario,
  StoreService,
} from '../sim/model/scenario.ts';
import type { Dial } from './dial.ts';

export function dialsOf(scenario: Scenario): Dial[] {
  const app = scenario.services.find(
    (service): service is AppService => service.role === 'app' && service.name === scenario.backend,
  );
  const balancer = scenario.services.find(
    (service): service is BalancerService => service.role === 'balancer',
  );
  const stores = scenario.services.filter((service): service is StoreService => service.role === 'store');
  // The balancer that a platform brings along stands in no file.
  const isWritten = balancer !== undefined && balancer.image !== '';
  return [
    ...trafficDials(scenario),
    ...(app ? appDials(app, dialectOf(scenario.platform).notice) : []),
    ...platformDials(scenario, app),
    ...(isWritten ? balancerDials(balancer) : []),
    ...stores.flatMap(storeDials),
  ];
}

const choice = (options: readonly string[]): Dial['turns'] => ({ kind: 'choice', options });
const range = (min: number, max: number, step: number, unit: 'ms' | 's' | '' | '/s'): Dial['turns'] => ({
  kind: 'range',
  min,
  max,
  step,
  unit,
});
const yesNo = choice(['true', 'false']);
const s = (ms: number): string => `${ms / 1000}s`;

function trafficDials({ traffic }: Scenario): Dial[] {
  const key = (name: string): string => `x-paddock.traffic.${name}`;
  const dial = (label: string, name: string, value: string, turns: Dial['turns'], live = true): Dial => ({
    owner: 'traffic',
    label,
    path: key(name),
    value,
    turns,
    live,
  });
  return [
    dial('Users', 'users', String(traffic.users), range(1, 400, 1, ''), false),
    traffic.rate === null
      ? dial('Think time', 'think', s(traffic.thinkMs), range(0.2, 20, 0.1, 's'))
      : dial('Requests a second', 'rate', `${traffic.rate}/s`, range(1, 500, 1, '/s')),
    dial('Patience', 'timeout', s(traffic.timeoutMs), range(0.5, 60, 0.5, 's')),
    dial('After a 401', 'relogin', traffic.relogin, choice(['at-once', 'next'])),
    dial('Keep connections', 'keep-alive', String(traffic.keepAlive), yesNo),
    dial('Client retries', 'retry.attempts', String(traffic.retry.attempts), range(0, 8, 1, '')),
    dial('Open streams', 'streams.clients', String(traffic.streams.clients), range(0, 300, 5, ''), false),
  ];
}

function mean(d: Distribution): { value: string; form: string; ms: number } | null {
  if (d.kind === 'exponential') return { value: `${d.mean}ms`, form: '{ exponential: # }', ms: d.mean };
  if (d.kind === 'fixed') return { value: `${d.ms}ms`, form: '#', ms: d.ms };
  return null;
}

/** `notice` = a planned stop there knows a preStop. */
function appDials(app: AppService, notice: boolean): Dial[] {
  const dial = (
    label: string,
    name: string,
    value: string,
    turns: Dial['turns'],
    more: Partial<Dial> = {},
  ): Dial => ({
    owner: 'app',
    label,
    path: `services.${app.name}.${name}`,
    value,
    turns,
    live: true,
    ...more,
  });
  const work = mean(app.serviceTime);
  return [
    ...(work
      ? [
          dial('Work of a request', 'x-paddock.service-time', work.value, range(5, 1000, 5, 'ms'), {
            form: work.form,
          }),
        ]
      : []),
    dial(
      'At once',
      'x-paddock.concurrency',
      app.concurrency === Infinity ? 'unlimited' : String(app.concurrency),
      choice(['unlimited', '1', '2', '4', '8', '16']),
    ),
    dial('Boot', 'x-paddock.boot', s(app.bootMs), range(0, 60, 0.5, 's')),
    dial('Start-up', 'x-paddock.startup', app.startup, choice(['closed', 'early'])),
    dial('PID 1', 'x-paddock.pid1', app.pid1, choice(['exec', 'shell', 'init'])),
    dial('On SIGTERM', 'x-paddock.sigterm', app.sigterm, choice(['drain', 'exit', 'none'])),
    dial('Grace period', 'stop_grace_period', s(app.stopGraceMs), range(0, 60, 1, 's')),
    ...(notice ? [dial('preStop', 'x-paddock.prestop', s(app.prestopMs), range(0, 15, 0.5, 's'))] : []),
    dial(
      'Waits for a store',
      'x-paddock.store-client.offline-queue',
      String(app.storeClient.offlineQueue),
      yesNo,
    ),
  ];
}

/** Platforms of a single machine. */
const ONE_HOST: readonly string[] = ['docker', 'compose'];

function platformDials(scenario: Scenario, app: AppService | undefined): Dial[] {
  const dial = (label: string, path: string, value: string, turns: Dial['turns'], live = true): Dial => ({
    owner: 'platform',
    label,
    path,
    value,
    turns,
    live,
  });
  const own = app ? `services.${app.name}` : '';
  return [
    dial('Platform', 'x-paddock.platform', scenario.platform, choice(Object.keys(PLATFORMS)), false),
    ...(ONE_HOST.includes(scenario.platform)
      ? []
      : [dial('Hosts', 'x-paddock.hosts', String(scenario.hosts), range(1, 8, 1, ''), false)]),
    ...(app
      ? [
          dial('Replicas', `${own}.deploy.replicas`, String(app.replicas), range(0, 30, 1, '')),
          ...(ONE_HOST.includes(scenario.platform)
            ? [
                dial(
                  'Restart policy',
                  `${own}.restart`,
                  app.restart,
                  choice(['no', 'always', 'unless-stopped', 'on-failure']),
                ),
              ]
            : []),
          ...(dialectOf(scenario.platform).notice
            ? [
                dial(
                  'Balancer is told',
                  `${own}.x-paddock.drain`,
                  app.drain,
                  choice(['before', 'concurrent', 'none']),
                ),
                dial(
                  'Told late by',
                  `${own}.x-paddock.endpoint-delay`,
                  s(app.endpointDelayMs),
                  range(0, 15, 0.5, 's'),
                ),
              ]
            : []),
          dial('Read-only root', `${own}.read_only`, String(app.readOnly), yesNo),
        ]
      : []),
  ];
}

function balancerDials(lb: BalancerService): Dial[] {
  const key = (name: string): string => `services.${lb.name}.x-paddock.${name}`;
  const dial = (label: string, name: string, value: string, turns: Dial['turns'], live = true): Dial => ({
    owner: 'balancer',
    label,
    path: key(name),
    value,
    turns,
    live,
  });
  return [
    dial('Kind', 'kind', lb.kind, choice(Object.keys(BALANCERS)), false),
    dial(
      'Algorithm',
      'balance',
      lb.balance,
      choice(['roundrobin', 'leastconn', 'random', 'random(1)', 'source', 'hash-user']),
    ),
    dial('Sticky', 'sticky', lb.sticky, choice(['none', 'cookie'])),
    ...(lb.check === null
      ? []
      : [
          dial('Check every', 'check.inter', s(lb.check.interMs), range(0.5, 30, 0.5, 's')),
          dial('Down after', 'check.fall', String(lb.check.fall), range(1, 10, 1, '')),
          dial('Up after', 'check.rise', String(lb.check.rise), range(1, 10, 1, '')),
        ]),
    dial('Retries', 'retries', String(lb.retries), range(0, 5, 1, '')),
    dial('Redispatch', 'redispatch', lb.redispatch === false ? 'false' : 'true', yesNo),
    dial('Connections a server', 'maxconn', String(lb.maxconn), range(0, 50, 1, '')),
  ];
}

function storeDials(store: StoreService): Dial[] {
  const dial = (label: string, name: string, value: string, turns: Dial['turns']): Dial => ({
    owner: 'stores',
    label: `${store.name}: ${label}`,
    path: `services.${store.name}.x-paddock.${name}`,
    value,
    turns,
    live: true,
  });
  return [
    dial('latency', 'latency', `${store.latencyMs}ms`, range(0.1, 200, 0.1, 'ms')),
    ...(store.kind === 'redis'
      ? [dial('persistence', 'persistence', store.persistence, choice(['none', 'rdb', 'aof']))]
      : []),
  ];
}
