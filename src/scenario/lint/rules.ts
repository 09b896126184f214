import { formatDuration } from '../../commands/duration.ts';
import type { AppService, BalancerService, Scenario, StoreService } from '../../sim/model/scenario.ts';

/** Something that runs, and will surprise whoever runs it. */
export interface Advice {
  /** Rule of SPEC.md that it follows from. */
  readonly rule: string;
  /** Keys in the file that lead to it; where the last are not written, what is above them. */
  readonly at: readonly string[];
  readonly says: string;
}

interface Herd {
  readonly scenario: Scenario;
  readonly app: AppService;
  readonly lb: BalancerService | null;
  readonly stores: readonly StoreService[];
}

type Rule = (herd: Herd) => readonly Advice[];

const key = (service: { readonly name: string }, ...keys: string[]): string[] => [
  'services',
  service.name,
  ...keys,
];
const x = (service: { readonly name: string }, ...keys: string[]): string[] =>
  key(service, 'x-paddock', ...keys);
const engine = ({ platform }: Scenario): boolean => platform === 'docker' || platform === 'compose';
const advice = (rule: string, at: readonly string[], says: string): Advice[] => [{ rule, at, says }];
const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Homes that end with a process or a container. */
const PROCESS = new Set(['memory', 'tmpfs', 'signed-own-key']);
const OWN = new Set([...PROCESS, 'layer']);

const sessions: Rule = ({ app, lb }) => {
  const home = app.state.sessions;
  if (!OWN.has(home)) return [];
  const n = app.replicas;
  const sticky = lb?.sticky === 'cookie' || lb?.balance === 'source' || lb?.balance === 'hash-user';
  if (n > 1 && !sticky)
    return advice(
      'R-7',
      x(app, 'state', 'sessions'),
      `sessions live in each container (${home}) and the balancer sends users to any: ${percent(1 - 1 / n)} of the requests meet one that does not know them; use redis or signed`,
    );
  return advice(
    'R-7',
    x(app, 'state', 'sessions'),
    `sessions live in each container (${home}): every deploy and every death signs users out; use redis or signed`,
  );
};

const uploads: Rule = ({ scenario: { traffic }, app }) =>
  OWN.has(app.state.uploads) && traffic.mix.upload + traffic.mix['view-upload'] + traffic.storedUploads > 0
    ? advice(
        'R-7',
        x(app, 'state', 'uploads'),
        `uploads live in each container (${app.state.uploads}): a replacement destroys them${app.replicas > 1 ? ', and the other replicas never see them' : ''}; use s3 or a shared directory`,
      )
    : [];

const restart: Rule = ({ scenario, app, lb, stores }) =>
  engine(scenario)
    ? [app, ...(lb === null ? [] : [lb]), ...stores]
        .filter((service) => service.restart === 'no' && service.replicas > 0)
        .flatMap((service) =>
          advice(
            'S-1',
            key(service, 'restart'),
            'no restart policy: what crashes stays down; write restart: always',
          ),
        )
    : [];

const pid1: Rule = ({ app }) =>
  app.pid1 === 'shell'
    ? advice(
        'S-15',
        key(app, 'command'),
        `a shell is PID 1 and swallows SIGTERM: every stop takes ${formatDuration(app.stopGraceMs)} and ends with SIGKILL; use the exec form`,
      )
    : app.sigterm === 'none' && app.pid1 === 'exec'
      ? advice(
          'S-16',
          x(app, 'sigterm'),
          `PID 1 has no handler for SIGTERM: every stop takes ${formatDuration(app.stopGraceMs)} and ends with SIGKILL; handle it, or write init: true`,
        )
      : app.sigterm === 'exit'
        ? advice(
            'R-5',
            x(app, 'sigterm'),
            'it exits at once on SIGTERM: what is in flight fails at every stop',
          )
        : [];

const health: Rule = ({ scenario, app }) =>
  scenario.platform === 'swarm' && app.healthcheck === null
    ? advice('S-47', key(app, 'healthcheck'), 'no healthcheck: a new task gets traffic while it still starts')
    : scenario.platform === 'kubernetes' && app.readiness.kind === 'none'
      ? advice(
          'S-60',
          x(app, 'readiness'),
          'no readiness probe: a rollout goes on, and sends traffic, while the new pods still start',
        )
      : engine(scenario) && app.healthcheck !== null
        ? advice(
            'S-19',
            key(app, 'healthcheck'),
            'here unhealthy is a label: nothing is restarted and no traffic moves; let the balancer check',
          )
        : [];

const balancer: Rule = ({ lb }) => {
  if (lb?.kind !== 'haproxy') return [];
  return [
    ...(lb.check === null
      ? advice(
          'S-81',
          x(lb, 'check'),
          'no check: a server that is dead keeps its share of the requests; write check: {}',
        )
      : []),
    ...(lb.redispatch === false && lb.retries > 0
      ? advice(
          'S-83',
          x(lb, 'redispatch'),
          `no redispatch: ${lb.retries} retries go to the same server, ${formatDuration(Math.min(1000, lb.connectTimeoutMs))} apart, and end with 503; write redispatch: true`,
        )
      : []),
  ];
};

const volumes: Rule = ({ scenario, app, stores }) => [
  ...stores
    .filter(
      (s) =>
        (s.kind === 'redis' || s.kind === 'postgres') && s.persistence !== 'none' && s.mounts.length === 0,
    )
    .flatMap((s) =>
      advice(
        'S-107',
        key(s, 'volumes'),
        'no named volume: its data is in an anonymous one, which down, rm -v and a replacement leave behind or delete',
      ),
    ),
  ...(scenario.hosts > 1
    ? app.mounts
        .filter((mount) => mount.type === 'bind' || mount.type === 'volume')
        .flatMap(() =>
          advice(
            'S-116',
            key(app, 'volumes'),
            `a local volume is another one on each of the ${scenario.hosts} hosts: what one replica writes the others do not see`,
          ),
        )
        .slice(0, 1)
    : []),
];

const database: Rule = ({ app, stores }) =>
  stores
    .filter((s) => s.kind === 'postgres' && app.replicas * app.dbPool > s.maxConnections - 3)
    .flatMap((s) =>
      advice(
        'S-112',
        x(app, 'db-pool'),
        `${app.dbPool} connections for each of ${app.replicas} containers do not fit into the ${s.maxConnections - 3} that ${s.name} has for them`,
      ),
    );

const tags: Rule = ({ app }) =>
  /:latest$|^[^:@]*$/.test(app.image.slice(app.image.lastIndexOf('/') + 1))
    ? advice(
        'S-123',
        key(app, 'image'),
        'the tag may move: containers born at different times may run different code; name a version',
      )
    : [];

const ports: Rule = ({ scenario, app }) =>
  engine(scenario) && app.replicas === 1 && app.hostPorts.length > 0
    ? advice(
        'S-36',
        key(app, 'ports'),
        `port ${app.hostPorts[0]} of the host goes to the first container: a second one will not start; publish it on a balancer`,
      )
    : [];

const updates: Rule = ({ scenario, app }) =>
  scenario.platform === 'swarm' && app.update.order === 'stop-first' && app.replicas === 1
    ? advice(
        'S-48',
        key(app, 'deploy', 'update_config'),
        'stop-first with one replica: every update is an outage; write order: start-first',
      )
    : scenario.platform === 'kubernetes' && app.prestopMs < app.endpointDelayMs
      ? advice(
          'S-64',
          x(app, 'prestop'),
          `a pod stops listening ${formatDuration(app.endpointDelayMs - app.prestopMs)} before the balancer knows; write prestop: 5s`,
        )
      : scenario.platform === 'compose' && app.replicas > 1
        ? advice(
            'S-31',
            key(app, 'deploy'),
            'after a change, docker compose up stops all replicas before it starts one: every deploy is an outage',
          )
        : [];

/** What to look at, in the order in which it is said. */
export const RULES: readonly Rule[] = [
  sessions,
  uploads,
  restart,
  pid1,
  health,
  balancer,
  volumes,
  database,
  tags,
  ports,
  updates,
];

/** The parts of a scenario that rules look at. */
export function herdOf(scenario: Scenario): Herd | null {
  const app = scenario.services.find((s): s is AppService => s.role === 'app' && s.name === scenario.backend);
  if (app === undefined) return null;
  return {
    scenario,
    app,
    lb: scenario.services.find((s) => s.role === 'balancer') ?? null,
    stores: scenario.services.filter((s) => s.role === 'store'),
  };
}
