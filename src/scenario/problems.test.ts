import { describe, expect, it } from 'vitest';
import { problemsOf, shop } from './fixture.ts';

const CASES: readonly (readonly [what: string, text: string, problems: readonly string[]])[] = [
  [
    'broken YAML',
    'name: shop\nservices:\n  app: { image: "shop\n',
    [
      '4:1 Missing closing "quote',
      '4:1 Flow map in block collection must be sufficiently indented and end with a }',
    ],
  ],
  ['a tab', 'name: shop\nservices:\n\tapp: 1\n', ['3:1 Tabs are not allowed as indentation']],
  [
    'a key twice',
    'name: shop\nname: shop\n',
    ["2:1 the key 'name' is here a second time; leave one of them out"],
  ],
  [
    'no services',
    'name: shop\n',
    ['1:1 there are no services; write services: { app: { image: "shop:1.0" } }'],
  ],
  [
    'a list',
    '- a\n',
    [
      '1:1 must be a mapping (key: value)',
      '1:1 there are no services; write services: { app: { image: "shop:1.0" } }',
    ],
  ],
  [
    'a top-level slip',
    `servces: {}\n${shop('tty: true')}`,
    ["1:1 unknown key 'servces'; did you mean 'services'?"],
  ],
  [
    'a top-level key of x-paddock',
    `platform: swarm\n${shop('tty: true')}`,
    ["1:1 unknown key 'platform'; it belongs under x-paddock"],
  ],
  ['a service slip', shop('imagee: x'), ["3:29 unknown key 'imagee' in services.app; did you mean 'image'?"]],
  [
    'a service key of x-paddock',
    shop('boot: 2s'),
    ["3:29 unknown key 'boot' in services.app; it belongs under x-paddock"],
  ],
  [
    'an x-paddock slip',
    shop('x-paddock: { boott: 2s }'),
    ["3:42 unknown key 'boott' in services.app.x-paddock; did you mean 'boot'?"],
  ],
  [
    'a key of another role',
    shop('x-paddock: { check: true }'),
    ["3:42 unknown key 'check' in services.app.x-paddock; it belongs to a balancer; this service is an app"],
  ],
  [
    'a top key in a service',
    shop('x-paddock: { platform: swarm }'),
    [
      "3:42 unknown key 'platform' in services.app.x-paddock; it belongs under x-paddock at the top of the file",
    ],
  ],
  [
    'a deep slip',
    shop('x-paddock: { rollout: { max-srge: 1 } }'),
    ["3:53 unknown key 'max-srge' in services.app.x-paddock.rollout; did you mean 'max-surge'?"],
  ],
  [
    'a slip in deploy',
    shop('deploy: { replica: 3 }'),
    ["3:39 unknown key 'replica' in services.app.deploy; did you mean 'replicas'?"],
  ],
  [
    'what belongs under deploy',
    shop('replicas: 3, update_confg: { order: start-first }'),
    [
      "3:29 unknown key 'replicas' in services.app; it belongs under deploy",
      "3:42 unknown key 'update_confg' in services.app; did you mean 'update_config', under deploy?",
    ],
  ],
  [
    'a key like no other',
    shop('zebra: 3'),
    [
      "3:29 unknown key 'zebra' in services.app; there is: image, build, restart, stop_grace_period, stop_signal, environment, healthcheck, deploy, ports, volumes, tmpfs, read_only, container_name, init, command, entrypoint and 77 more",
    ],
  ],
  [
    'a slip in healthcheck',
    shop('healthcheck: { test: x, retry: 3 }'),
    [
      "3:53 unknown key 'retry' in services.app.healthcheck; there is: test, interval, timeout, retries, start_period, start_interval, disable",
    ],
  ],
  [
    'no image',
    'name: shop\nservices:\n  app: { tty: true }\n',
    ['3:8 services.app: service "app" has neither an image nor a build; write image: app:1.0'],
  ],
  [
    'a second document',
    'services: { app: { image: x } }\n---\nservices: { app: { image: y } }\n',
    ['2:1 a second document begins here; a scenario is one: leave out the --- and what follows'],
  ],
  [
    'what is nested beyond measure',
    `services: ${'['.repeat(3000)}${']'.repeat(3000)}\n`,
    [expect.stringMatching(/^1:\d+ this is nested too deeply$/)],
  ],
  [
    'an alias of nothing',
    'services:\n  app: { image: x, healthcheck: *check }\n',
    ['2:33 nothing above is marked &check; write it out, or mark it'],
  ],
  [
    'a slip in the one extension that counts',
    'x-padock: { platform: swarm }\nx-mine: {}\nservices:\n  app: { image: x, X-paddock: { boot: 2s } }\n',
    [
      "1:1 unknown key 'x-padock'; did you mean 'x-paddock'?",
      "4:20 unknown key 'X-paddock' in services.app; did you mean 'x-paddock'?",
    ],
  ],
  [
    'an image that no engine knows',
    'services:\n  app: { image: My Shop }\n',
    ["2:17 services.app.image: 'My Shop' is not an image; write lower case and no spaces, e.g. app:1.0"],
  ],
  [
    'a rollout that may neither add nor take',
    `x-paddock: { platform: kubernetes }\n${shop('x-paddock: { rollout: { max-surge: 0, max-unavailable: 0% } }')}`,
    [
      '4:51 services.app.x-paddock.rollout: max-unavailable may not be 0 when max-surge is 0: nothing could ever be replaced; write max-surge: 1',
    ],
  ],
  [
    'a bad name',
    'name: My Shop\nservices: { app: { image: x } }\n',
    ["1:7 name: 'My Shop' is not a project name; use lowercase letters, digits, '-' and '_', e.g. my-shop"],
  ],

  [
    'a bare number',
    shop('x-paddock: { boot: 3 }'),
    ["3:48 services.app.x-paddock.boot: '3' is not a duration; write 3s or 3ms"],
  ],
  [
    'a signal that ends nothing',
    shop('stop_signal: SIGSTOP'),
    [
      "3:42 services.app.stop_signal: 'SIGSTOP' is not a signal to stop with; write SIGTERM, SIGQUIT, SIGINT or SIGUSR1",
    ],
  ],
  [
    'a bad duration',
    shop('stop_grace_period: soon'),
    ["3:48 services.app.stop_grace_period: 'soon' is not a duration; write 250ms, 2s or 1m30s"],
  ],
  [
    'nothing for a duration',
    shop('x-paddock: { boot: }'),
    ['3:42 services.app.x-paddock.boot: nothing is not a duration; write 250ms, 2s or 1m30s'],
  ],
  [
    'a list for a duration',
    shop('x-paddock: { boot: [1s] }'),
    ['3:48 services.app.x-paddock.boot: a list is not a duration; write 250ms, 2s or 1m30s'],
  ],
  [
    'a bad count',
    shop('x-paddock: { concurrency: 0 }'),
    ["3:55 services.app.x-paddock.concurrency: '0' is not a whole number of 1 or more"],
  ],
  [
    'a bad choice',
    shop('x-paddock: { sigterm: drian }'),
    ["3:51 services.app.x-paddock.sigterm: 'drian' is not one of drain, exit, none; did you mean 'drain'?"],
  ],
  [
    'a bad switch',
    shop('x-paddock: { blocking: maybe }'),
    ["3:52 services.app.x-paddock.blocking: 'maybe' is neither true nor false"],
  ],
  [
    'a bad surge',
    shop('x-paddock: { rollout: { max-surge: most } }'),
    [
      "3:64 services.app.x-paddock.rollout.max-surge: 'most' is neither a count nor a percentage; write 1 or 25%",
    ],
  ],
  [
    'a bad readiness',
    shop('x-paddock: { readiness: yes please }'),
    [
      "3:53 services.app.x-paddock.readiness: 'yes please' is not a readiness; write none, balancer or { interval: 10s, timeout: 1s, rise: 1, fall: 3 }",
    ],
  ],
  [
    'a bad distribution',
    shop('x-paddock: { service-time: { exponental: 40ms } }'),
    ["3:58 unknown key 'exponental' in services.app.x-paddock.service-time; did you mean 'exponential'?"],
  ],
  [
    'two distributions',
    shop('x-paddock: { service-time: { exponential: 1s, fixed: 1s } }'),
    [
      '3:56 services.app.x-paddock.service-time: is not a distribution; write 40ms, { exponential: 40ms }, { uniform: [10ms, 50ms] } or { lognormal: { median: 40ms, p95: 200ms } }',
    ],
  ],
  [
    'a uniform backwards',
    shop('x-paddock: { service-time: { uniform: [50ms, 10ms] } }'),
    [
      '3:67 services.app.x-paddock.service-time.uniform: must go from the shorter to the longer; write [10ms, 50ms]',
    ],
  ],
  [
    'a lognormal with half of it',
    shop('x-paddock: { service-time: { lognormal: { median: 40ms } } }'),
    [
      '3:69 services.app.x-paddock.service-time.lognormal: takes two durations; write { median: 40ms, p95: 200ms }',
    ],
  ],
  [
    'a restart policy',
    shop('restart: sometimes'),
    [
      "3:38 services.app.restart: 'sometimes' is not a restart policy; write no, always, unless-stopped, on-failure or on-failure:3",
    ],
  ],
  [
    'a port',
    shop('ports: ["8080:http"]'),
    [`3:37 services.app.ports.0: '8080:http' is not a port; write "8080:80" or "80"`],
  ],
  [
    'a health test',
    shop('healthcheck: { test: [node, x] }'),
    [
      '3:50 services.app.healthcheck.test: must begin with CMD, CMD-SHELL or NONE; write [CMD, node, health.js]',
    ],
  ],
  [
    'an amount of memory',
    shop('mem_limit: lots'),
    ["3:40 services.app.mem_limit: 'lots' is not an amount of memory; write 256m or 1g"],
  ],
  [
    'an unknown volume',
    shop('volumes: ["data:/data"]'),
    ['3:39 services.app.volumes.0: service "app" refers to undefined volume data; add it under volumes'],
  ],
  [
    'an unknown network',
    shop('networks: [fornt]', 'networks: { front: }\n'),
    [
      `3:40 services.app.networks.0: service "app" refers to undefined network fornt; add it under networks; did you mean 'front'?`,
    ],
  ],
  [
    'services that wait for each other',
    shop(
      'depends_on: [cache]',
      '  cache: { image: redis, depends_on: { app: { condition: service_healthy } } }\n',
    ),
    ['3:41 services.app.depends_on: dependency cycle detected: app -> cache -> app; leave one of these out'],
  ],
  [
    'a condition that Compose does not know',
    shop('depends_on: { cache: { condition: healthy } }', '  cache: { image: redis }\n'),
    [
      "3:63 services.app.depends_on.cache.condition: 'healthy' is not one of service_started, service_healthy, service_completed_successfully",
    ],
  ],
  [
    'an unknown dependency',
    shop('depends_on: { cahce: { condition: service_started } }', '  cache: { image: redis }\n'),
    [
      `3:50 services.app.depends_on.cahce: service "app" depends on undefined service cahce; did you mean 'cache'?`,
    ],
  ],
  [
    'a required variable',
    'name: shop\nservices:\n  app: { image: "shop:${TAG:?set a tag}" }\n',
    [
      '3:17 services.app.image: required variable TAG is missing a value: set a tag; write a default, e.g. ${TAG:-value}',
    ],
  ],

  [
    'an unknown platform',
    `x-paddock: { platform: nomad }\n${shop('tty: true')}`,
    ["1:24 x-paddock.platform: unknown platform 'nomad'; use bare, docker, compose, swarm or kubernetes"],
  ],
  [
    'an unknown home',
    shop('x-paddock: { state: { sessions: rediss } }'),
    [
      "3:61 services.app.x-paddock.state.sessions: unknown home 'rediss'; use memory, layer, tmpfs, volume, signed, redis, memcached, postgres or sticky; did you mean 'redis'?",
    ],
  ],
  [
    'an unknown kind of state',
    shop('x-paddock: { state: { session: redis } }'),
    ["3:51 unknown key 'session' in services.app.x-paddock.state; did you mean 'sessions'?"],
  ],
  [
    'an unknown balancer',
    shop('tty: true', '  lb: { image: x, x-paddock: { role: balancer, kind: ha } }\n'),
    ["4:54 services.lb.x-paddock.kind: unknown balancer 'ha'; use haproxy, nginx, alb or l4"],
  ],
  [
    'an unknown role',
    shop('x-paddock: { role: ap }'),
    ["3:48 services.app.x-paddock.role: 'ap' is not one of app, balancer, store; did you mean 'app'?"],
  ],

  [
    'a rate without a unit',
    `x-paddock: { traffic: { rate: 100 } }\n${shop('tty: true')}`,
    ["1:31 x-paddock.traffic.rate: '100' is not a rate; write 100/s"],
  ],
  [
    'a share above 1',
    `x-paddock: { traffic: { retry: { jitter: 2 } } }\n${shop('tty: true')}`,
    ["1:42 x-paddock.traffic.retry.jitter: '2' is not a share; write a number from 0 to 1"],
  ],
  [
    'a mix of nothing',
    `x-paddock: { traffic: { mix: { browse: 0 } } }\n${shop('tty: true')}`,
    ['1:30 x-paddock.traffic.mix: needs a weight above 0; write { browse: 1 }'],
  ],
  [
    'a mix slip',
    `x-paddock: { traffic: { mix: { brwose: 1 } } }\n${shop('tty: true')}`,
    ["1:32 unknown key 'brwose' in x-paddock.traffic.mix; did you mean 'browse'?"],
  ],
  [
    'a traffic key too high',
    `x-paddock: { users: 5 }\n${shop('tty: true')}`,
    ["1:14 unknown key 'users' in x-paddock; it belongs under traffic"],
  ],
  [
    'a script that is no command',
    `x-paddock: { script: [ { at: 10s, do: docker kil x } ] }\n${shop('tty: true')}`,
    [
      "1:39 x-paddock.script.0.do: column 8 of the command: docker: unknown command: docker kil; did you mean 'docker kill'?",
    ],
  ],
  [
    'a script between two ms',
    `x-paddock: { script: [ { at: 0.5ms, do: docker ps } ] }\n${shop('tty: true')}`,
    ['1:30 x-paddock.script.0.at: must be a whole number of ms; write 1ms'],
  ],
  [
    'half a script line',
    `x-paddock: { script: [ { at: 1s } ] }\n${shop('tty: true')}`,
    ['1:24 x-paddock.script.0: needs a time and a command; write { at: 10s, do: docker ps }'],
  ],
];

describe('problems', () => {
  it.each(CASES)('%s', (_, text, expected) => expect(problemsOf(text)).toEqual(expected));

  it('come all at once, in the order of the file', () => {
    expect(
      problemsOf(
        'name: shop\nservices:\n  app:\n    image: shop:1.0\n    restrat: always\n    x-paddock:\n      boot: 3\n      sigterm: never\n',
      ),
    ).toEqual([
      "5:5 unknown key 'restrat' in services.app; did you mean 'restart'?",
      "7:13 services.app.x-paddock.boot: '3' is not a duration; write 3s or 3ms",
      "8:16 services.app.x-paddock.sigterm: 'never' is not one of drain, exit, none",
    ]);
  });
});
