import { expect, it } from 'vitest';
import { problemsOf, shop } from '../fixture.ts';

const LB = '  lb: { image: haproxy }\n';

const CASES: readonly (readonly [what: string, text: string, problems: readonly string[]])[] = [
  [
    'Redis sessions without Redis',
    shop('x-paddock: { state: { sessions: redis } }'),
    [
      '3:61 services.app.x-paddock.state.sessions: sessions in redis need a redis service; add one under services: cache: { image: "redis:7-alpine" }',
    ],
  ],
  [
    'the same by its environment',
    shop('environment: { SESSION_STORE: redis }'),
    [
      '3:42 services.app.environment: sessions in redis need a redis service; add one under services: cache: { image: "redis:7-alpine" }',
    ],
  ],
  [
    'three replicas and no balancer',
    shop('deploy: { replicas: 3 }'),
    [
      '3:49 services.app.deploy.replicas: 3 replicas need a load balancer on compose; add one under services: lb: { image: "haproxy:3.2" }',
    ],
  ],
  [
    'three replicas with one name',
    shop('deploy: { replicas: 3 }, container_name: bessie', LB),
    [
      '3:70 services.app.container_name: 3 replicas cannot share one name: remove container_name or write deploy: { replicas: 1 }',
    ],
  ],
  [
    'three replicas on one port',
    shop('scale: 3, ports: ["80:8080"]', LB),
    [
      '3:47 services.app.ports.0: 3 replicas cannot share port 80 of the host (port is already allocated): publish it on a balancer, or leave the port of the host to the engine',
    ],
  ],
  [
    'two services on one port',
    shop('ports: ["80:8080"]', '  shop2: { image: "shop:1.0", ports: ["80:9090"] }'),
    [
      '4:39 services.shop2.ports.0: port 80 of the host belongs to app (port is already allocated): write another one, or only the port of the container',
    ],
  ],
  [
    'two numbers of replicas',
    shop('scale: 3, deploy: { replicas: 2 }', LB),
    ['3:36 services.app.scale: differs from deploy.replicas (2); keep one of them'],
  ],
  [
    'tasks with a port of their node, beside others with the same port of the swarm',
    shop(
      'deploy: { replicas: 2 }, ports: [{ target: 80, published: "8080", mode: host }]',
      '  lb: { image: haproxy }\n  shop2: { image: "shop:1.0", deploy: { replicas: 2 }, ports: [{ target: 80, published: "8080" }] }\n',
    ).replace('services:', 'x-paddock: { platform: swarm, hosts: 2 }\nservices:'),
    [],
  ],
  [
    'a scaler whose bounds and target do not fit',
    shop('x-paddock: { scaler: { min: 5, max: 3, metric: rps, target: 60% } }', LB),
    [
      '3:57 services.app.x-paddock.scaler.min: min 5 is above max 3; raise max or lower min',
      '3:89 services.app.x-paddock.scaler.target: a target of rps is written as 20/s',
    ],
  ],
  [
    'a target that is none',
    shop('x-paddock: { scaler: { target: much } }', LB),
    ["3:60 services.app.x-paddock.scaler.target: 'much' is not a target; write 60%, 20/s or 5"],
  ],
  [
    'a canary of Kubernetes',
    `x-paddock: { platform: kubernetes }\n${shop('x-paddock: { rollout: { strategy: canary } }', LB)}`,
    [
      '4:51 services.app.x-paddock.rollout: a Deployment of Kubernetes rolls or recreates; write strategy: rolling or recreate',
    ],
  ],
  [
    'a liveness probe without Kubernetes',
    shop('x-paddock: { liveness: {} }', LB),
    ['3:52 services.app.x-paddock.liveness: is for platform: kubernetes; compose has no such probe'],
  ],
  [
    'a disruption budget with both of its bounds',
    `x-paddock: { platform: kubernetes }\n${shop('x-paddock: { pdb: { min-available: 1, max-unavailable: 1 } }')}`,
    [
      '4:47 services.app.x-paddock.pdb: write one of { min-available: 2 } and { max-unavailable: 1 }, as a count or a percentage',
    ],
  ],
  [
    'sticky against the balancer',
    shop(
      'x-paddock: { state: { sessions: sticky } }',
      '  lb: { image: haproxy, x-paddock: { sticky: none } }\n',
    ),
    [
      '4:46 services.lb.x-paddock.sticky: sessions: sticky in services.app needs sticky: cookie here; remove this line, or write sessions: memory there',
    ],
  ],
  [
    'sticky below HTTP',
    `x-paddock: { platform: swarm }\n${shop('x-paddock: { state: { sessions: sticky } }')}`,
    [
      '4:61 services.app.x-paddock.state.sessions: l4 works below HTTP and has no cookies; use a balancer such as lb: { image: "haproxy:3.2" }',
    ],
  ],
  [
    'a cookie below HTTP',
    shop('tty: true', '  lb: { image: l4, x-paddock: { sticky: cookie } }\n'),
    [
      '4:41 services.lb.x-paddock.sticky: l4 works below HTTP and has no cookies; use a balancer such as lb: { image: "haproxy:3.2" }',
    ],
  ],
  [
    'a cookie of an nginx that has none yet (S-96)',
    shop('tty: true', '  lb: { image: "nginx:1.28", x-paddock: { sticky: cookie } }\n'),
    [
      '4:51 services.lb.x-paddock.sticky: nginx:1.28 has no sticky: it is in open-source nginx since 1.29.6; use image: "nginx:1.29.6", or balance: hash-user',
    ],
  ],
  [
    'keys of another kind of balancer',
    shop('tty: true', '  lb: { image: l4, x-paddock: { retries: 3, max-fails: 2 } }\n'),
    [
      '4:42 services.lb.x-paddock.retries: l4 has no retries: remove it, or use haproxy',
      '4:56 services.lb.x-paddock.max-fails: l4 has no max-fails: remove it, or use nginx',
    ],
  ],
  [
    'two hosts for one engine',
    `x-paddock: { hosts: 2 }\n${shop('tty: true')}`,
    ['1:21 x-paddock.hosts: compose runs on one host; write hosts: 1, or platform: swarm'],
  ],
  [
    'on-exit off bare',
    shop('x-paddock: { on-exit: { do: none } }'),
    [
      '3:51 services.app.x-paddock.on-exit: is for platform: bare; compose has its own rule for a process that ends',
    ],
  ],
  [
    'files in a read-only layer',
    shop('read_only: true, x-paddock: { state: { uploads: layer } }'),
    [
      '3:40 services.app.read_only: uploads in layer cannot be written with read_only: true; give them another home under x-paddock.state',
    ],
  ],
  [
    'no app',
    'name: shop\nservices:\n  web: { image: nginx }\n',
    [
      '1:1 there is no app: every service is a balancer, a store or left out; give one x-paddock: { role: app }',
    ],
  ],
  [
    'a backend that is none',
    shop('tty: true', '  lb: { image: haproxy, x-paddock: { backend: ap } }\n'),
    ["4:47 services.lb.x-paddock.backend: 'ap' is not an app service; use app"],
  ],
];

it.each(CASES)('%s', (_, text, expected) => expect(problemsOf(text)).toEqual(expected));

it.each([
  [
    'a Deployment of Kubernetes that recreates (S-63)',
    `x-paddock: { platform: kubernetes }\n${shop('x-paddock: { rollout: { strategy: recreate } }')}`,
  ],
  [
    'no surge where nothing rolls',
    `x-paddock: { platform: bare }\n${shop('x-paddock: { rollout: { strategy: recreate, max-surge: 0, max-unavailable: 0 } }', LB)}`,
  ],
  [
    'sticky sessions whose balancer says so itself',
    shop(
      'x-paddock: { state: { sessions: sticky } }',
      '  lb: { image: haproxy, x-paddock: { sticky: cookie } }\n',
    ),
  ],
])('%s is no problem', (_, text) => expect(problemsOf(text)).toEqual([]));
