/**
 * A measured scenario of the real herd as a compose file for `platform: bare`, with the keys that any author has.
 * What the words of the measurement mean is said in its own README; nothing here is fitted.
 */

export interface MeasuredScenario {
  readonly name: string;
  readonly replicas: number;
  readonly lb: Readonly<Record<string, unknown>>;
  readonly app: Readonly<Record<string, unknown>>;
  readonly orch: Readonly<Record<string, unknown>>;
  readonly load: Readonly<Record<string, unknown>>;
  readonly durationS: number;
  readonly actions: readonly Readonly<Record<string, unknown>>[];
}

const num = (v: unknown, otherwise: number): number => (typeof v === 'number' ? v : otherwise);
const word = (v: unknown, otherwise = ''): string =>
  typeof v === 'string' ? v : typeof v === 'number' || typeof v === 'boolean' ? `${v}` : otherwise;
const ms = (v: unknown, otherwise: number): string => `${num(v, otherwise)}ms`;

const SESSIONS: Record<string, string> = {
  memory: 'memory',
  file: 'layer',
  redis: 'redis',
  signed: 'signed',
};
const UPLOADS: Record<string, string> = { local: 'layer', shared: 'shared', s3: 's3' };
const SIGTERM: Record<string, string> = { graceful: 'drain', die: 'exit', ignore: 'none' };

/** The compose file. */
export function toCompose(m: MeasuredScenario): string {
  const { lb, app, orch, load } = m;
  const mode = app['mode'];
  const readiness =
    orch['readiness'] === true
      ? `{ interval: ${ms(orch['probeMs'], 250)}, rise: 1, fall: 1 }`
      : orch['readiness'] === 'lb'
        ? 'balancer'
        : 'none';
  const share = (key: string): number => num(load[key], 0);
  const uploads = share('uploadShare');
  const views = share('downloadShare');
  const posts = share('postShare');
  const mix = `{ browse: ${Math.max(0, Math.round((1 - uploads - views - posts) * 1000) / 1000)}, upload: ${uploads}, view-upload: ${views}, post: ${posts} }`;
  const redis = app['sessions'] === 'redis';
  const service = num(load['serviceMs'], 100);
  const traffic = [
    `rate: ${num(load['rate'], 100)}/s`,
    `users: ${num(load['users'], 100)}`,
    `mix: ${mix}`,
    'signed-in: true',
    'relogin: at-once',
    `keep-alive: ${load['clientKeepAlive'] !== false}`,
    `timeout: ${ms(load['timeoutMs'], 10_000)}`,
    `browser-resend: ${load['browserRetry'] === true}`,
    ...(load['endsAtS'] === undefined
      ? []
      : [`spike: { at: ${num(load['endsAtS'], 0)}s, for: 1h, factor: 0 }`]),
    ...(load['loginServiceMs'] === undefined ? [] : [`sign-in-time: ${ms(load['loginServiceMs'], 0)}`]),
    ...(load['preUploads'] === undefined ? [] : [`stored-uploads: ${num(load['preUploads'], 0)}`]),
    ...(load['sse'] === undefined
      ? []
      : [
          `streams: { clients: ${num(load['sse'], 0)}, retry: ${ms(load['sseRetryMs'], 1000)}, jitter: ${num(load['sseJitter'], 0)} }`,
        ]),
  ];
  const own: [string, string][] = [
    ['boot', ms(app['startupMs'], 500)],
    ['startup', word(app['startup'], 'closed')],
    ['service-time', load['dist'] === 'fixed' ? `${service}ms` : `{ exponential: ${service}ms }`],
    ['concurrency', mode === 'async' ? 'unlimited' : String(num(app['concurrency'], 1))],
    ['blocking', String(mode === 'block')],
    ['pid1', app['sigterm'] === 'die' ? 'init' : 'exec'],
    ['sigterm', app['sigterm'] === 'die' ? 'none' : (SIGTERM[word(app['sigterm'], 'graceful')] ?? 'drain')],
    ['streams-on-term', app['sseOnTerm'] === 'ignore' ? 'keep' : 'close'],
    ['prestop', ms(orch['preStopMs'], 0)],
    ['drain', word(orch['drain'], 'before')],
    ['endpoint-delay', ms(orch['endpointDelayMs'], 0)],
    ['readiness', readiness],
    [
      'rollout',
      `{ strategy: ${m.actions.some((a) => a['do'] === 'recreate') ? 'recreate' : 'rolling'}, max-surge: ${num(orch['maxSurge'], 1)}, max-unavailable: ${num(orch['maxUnavailable'], 0)}, min-ready: ${ms(orch['minReadyMs'], 0)} }`,
    ],
    [
      'on-exit',
      `{ do: ${word(orch['restart'], 'restart')}, delay: ${ms(orch['restartDelayMs'], 500)}, layer: ${word(orch['fs'], 'wipe')} }`,
    ],
    [
      'state',
      `{ sessions: ${SESSIONS[word(app['sessions'])] ?? 'memory'}, uploads: ${UPLOADS[word(app['uploads'])] ?? 'layer'} }`,
    ],
    ...(app['redisClient'] === 'failfast'
      ? ([['store-client', '{ offline-queue: false, timeout: 250ms }']] as [string, string][])
      : []),
  ];
  const nginx = lb['kind'] === 'nginx';
  const balance = nginx && lb['balance'] === 'hash' ? 'hash-user' : word(lb['balance']);
  const front: [string, string][] = [
    ['balance', balance],
    // HAProxy draws at random on its circle of points.
    ...(!nginx && balance.startsWith('random') ? ([['hash-type', 'consistent']] as [string, string][]) : []),
    ...((nginx
      ? [
          ['max-fails', String(num(lb['maxFails'], 1))],
          ['fail-timeout', word(lb['failTimeout'], '10s')],
          ...(lb['nextUpstream'] === undefined
            ? []
            : [['next-upstream', `[${word(lb['nextUpstream']).split(' ').join(', ')}]`]]),
          ...(lb['keepalive'] === undefined ? [] : [['keepalive', String(num(lb['keepalive'], 0))]]),
        ]
      : [
          ['sticky', lb['sticky'] === true ? 'cookie' : 'none'],
          ['check', check(lb)],
          ['retries', String(num(lb['retries'], 3))],
          ['redispatch', word(lb['redispatch'], 'false')],
          ...(lb['retryOn'] === undefined ? [] : [['retry-on', word(lb['retryOn'])]]),
          // A queue held in the balancer hands over with a round trip, fitted to 1.4-2.4 ms on that machine (R-8).
          ...(lb['maxconn'] === undefined
            ? []
            : [
                ['maxconn', String(num(lb['maxconn'], 0))],
                ['handover', '2ms'],
              ]),
          ...(lb['slowstart'] === undefined ? [] : [['slowstart', word(lb['slowstart'])]]),
          ...(lb['observe'] === undefined
            ? []
            : [
                ['observe', word(lb['observe'])],
                ['error-limit', String(num(lb['errorLimit'], 10))],
                ['on-error', 'mark-down'],
              ]),
        ]) as [string, string][]),
    [
      'timeouts',
      `{ connect: ${ms(lb['timeoutConnect'], 2000)}, server: ${word(lb['timeoutServer'], '15s')}, queue: 30s }`,
    ],
  ];
  const block = (rows: readonly [string, string][]): string =>
    rows.map(([k, v]) => `      ${k}: ${v}`).join('\n');
  const script = m.actions.flatMap((a) => script1(m, a));
  return `name: herd
x-paddock:
  platform: bare
  traffic: { ${traffic.join(', ')} }
${script.length === 0 ? '' : `  script:\n${script.map(([at, line]) => `    - { at: ${at}, do: ${JSON.stringify(line)} }`).join('\n')}\n`}services:
  app:
    image: herd:1
    stop_grace_period: ${ms(orch['graceMs'], 5000)}
    deploy: { replicas: ${m.replicas} }
    x-paddock:
${block(own)}
${redis ? `  cache:\n    image: redis:7\n    x-paddock: { persistence: ${persistence(m)} }\n` : ''}${app['uploads'] === 's3' ? '  s3:\n    image: minio/minio:latest\n' : ''}  lb:
    image: ${nginx ? 'nginx:1.22' : 'haproxy:2.6'}
    x-paddock:
${block(front)}
`;
}

/** \`inter: 60000\` with \`random(1)\` stands for a balancer without checks; the key is taken at its word all the same. */
function check(lb: MeasuredScenario['lb']): string {
  const keys = (['inter', 'fastinter', 'downinter', 'timeoutCheck'] as const)
    .filter((k) => lb[k] !== undefined)
    .map((k) => `${k === 'timeoutCheck' ? 'timeout' : k}: ${num(lb[k], 0)}ms`);
  return `{ ${[...keys, `fall: ${num(lb['fall'], 2)}`, `rise: ${num(lb['rise'], 2)}`].join(', ')} }`;
}

/** The measured Redis kept nothing unless its name says otherwise. */
const persistence = (m: MeasuredScenario): string =>
  m.name.endsWith('aof') ? 'aof' : m.name.endsWith('rdb') ? 'rdb' : 'none';

function script1(m: MeasuredScenario, a: Readonly<Record<string, unknown>>): [string, string][] {
  const at = `${num(a['at'], 0)}s`;
  const names = (n: number): string => Array.from({ length: n }, (_, k) => `herd-app-${k + 1}`).join(' ');
  switch (a['do']) {
    case 'kill': {
      const n = a['n'] === 'all' ? m.replicas : num(a['n'], 1);
      const signal = a['signal'] === undefined ? '' : `-s ${word(a['signal']).replace(/^SIG/, '')} `;
      return [[at, `docker kill ${signal}${names(n)}`]];
    }
    case 'scale':
      return [[at, `docker compose up -d --scale app=${num(a['to'], 1)}`]];
    case 'rolling':
    case 'recreate':
      return [[at, 'docker service update --image herd:2 herd_app']];
    case 'redisDown':
      return [[at, `paddock store cache down --for ${ms(a['ms'], 1000)}`]];
    case 'redisPause':
      return [[at, `paddock store cache pause --for ${ms(a['ms'], 1000)}`]];
    default:
      throw new Error(`unknown action ${word(a['do'])}`);
  }
}
