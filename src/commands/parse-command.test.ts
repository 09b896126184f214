import { describe, expect, it } from 'vitest';
import type { Command, Targets } from '../sim/model/command.ts';
import { parseCommand } from './parse-command.ts';

const names = (...list: string[]): Targets => ({ kind: 'names', names: list });
const filter = (substring: string): Targets => ({ kind: 'filter', substring });

const GOOD: readonly (readonly [string, Command])[] = [
  ['docker kill shop-app-2', { verb: 'kill', tool: 'docker', targets: names('shop-app-2'), signal: 'KILL' }],
  ['docker kill -s TERM a b', { verb: 'kill', tool: 'docker', targets: names('a', 'b'), signal: 'TERM' }],
  ['docker kill a --signal=SIGHUP', { verb: 'kill', tool: 'docker', targets: names('a'), signal: 'HUP' }],
  ['docker kill -s9 a', { verb: 'kill', tool: 'docker', targets: names('a'), signal: 'KILL' }],
  ['docker container kill a', { verb: 'kill', tool: 'docker', targets: names('a'), signal: 'KILL' }],
  [
    'docker kill $(docker ps -q --filter name=app)',
    { verb: 'kill', tool: 'docker', targets: filter('app'), signal: 'KILL' },
  ],
  [
    'docker kill $(docker ps -qf "name=app")',
    { verb: 'kill', tool: 'docker', targets: filter('app'), signal: 'KILL' },
  ],
  [
    'docker kill $(docker container ls -q)',
    { verb: 'kill', tool: 'docker', targets: filter(''), signal: 'KILL' },
  ],
  ['docker stop -t 5 a', { verb: 'stop', targets: names('a'), timeoutMs: 5000 }],
  ['docker stop --time=0 a', { verb: 'stop', targets: names('a'), timeoutMs: 0 }],
  ['docker stop -t -1 a', { verb: 'stop', targets: names('a'), timeoutMs: Infinity }],
  ['docker stop a', { verb: 'stop', targets: names('a'), timeoutMs: null }],
  [
    'docker start $(docker ps -aq --filter name=app)',
    { verb: 'start', targets: { kind: 'filter', substring: 'app', all: true } },
  ],
  ['docker restart a', { verb: 'restart', tool: 'docker', targets: names('a'), timeoutMs: null }],
  ['docker restart -t 2 a', { verb: 'restart', tool: 'docker', targets: names('a'), timeoutMs: 2000 }],
  ['docker rm -fv a', { verb: 'rm', targets: names('a'), force: true, volumes: true }],
  ['docker rm a', { verb: 'rm', targets: names('a'), force: false, volumes: false }],
  [
    'docker run -d --name=bessie --restart on-failure:3 shop:2.0',
    { verb: 'run', image: 'shop:2.0', name: 'bessie', restart: 'on-failure', restartMax: 3 },
  ],
  ['docker compose stop -t 3 app', { verb: 'stop', tool: 'compose', targets: names('app'), timeoutMs: 3000 }],
  ['paddock balancer reload', { verb: 'balancer-reload' }],
  ['docker compose start', { verb: 'start', tool: 'compose', targets: names() }],
  ['docker service update --replicas 5 app', { verb: 'service-scale', service: 'app', replicas: 5 }],
  ['kubectl get pod/a', { verb: 'kubectl-get', resource: 'pods', wide: false, names: ['a'] }],
  ['kubectl get hpa', { verb: 'kubectl-get', resource: 'hpa', wide: false }],
  [
    'kubectl rollout history deploy/app --revision=2',
    { verb: 'kubectl-rollout-history', deployment: 'app', revision: 2 },
  ],
  ['docker run -d shop', { verb: 'run', image: 'shop', name: null, restart: null, restartMax: 0 }],
  [
    'docker update --restart=always a b',
    { verb: 'update', targets: names('a', 'b'), restart: 'always', restartMax: 0 },
  ],
  [
    'docker update -m 512m --restart no a',
    { verb: 'update', targets: names('a'), restart: 'no', restartMax: 0, memoryMb: 512 },
  ],
  [
    'docker update --memory=1.5g a',
    { verb: 'update', targets: names('a'), restart: null, restartMax: 0, memoryMb: 1536 },
  ],
  [
    'docker update --memory 1073741824 a',
    { verb: 'update', targets: names('a'), restart: null, restartMax: 0, memoryMb: 1024 },
  ],
  ['docker exec -it a kill -9 1', { verb: 'exec', target: 'a', argv: ['kill', '-9', '1'] }],
  [
    "docker exec a sh -c 'echo hot fix > /app/server.js'",
    { verb: 'exec', target: 'a', argv: ['sh', '-c', 'echo hot fix > /app/server.js'] },
  ],
  [
    'docker exec a sh -c "echo \\"x\\" >> /app/y"',
    { verb: 'exec', target: 'a', argv: ['sh', '-c', 'echo "x" >> /app/y'] },
  ],
  ['docker exec a ls -la /app', { verb: 'exec', target: 'a', argv: ['ls', '-la', '/app'] }],
  ['docker ps', { verb: 'ps', all: false }],
  ['docker ps -a', { verb: 'ps', all: true }],
  ['docker ps -aq', { verb: 'ps', all: true, quiet: true }],
  ['docker container ls -a', { verb: 'ps', all: true }],
  ['docker ps --filter name=app', { verb: 'ps', all: false, name: 'app' }],
  ['docker compose ps --all', { verb: 'ps', all: true }],
  ['docker logs a', { verb: 'logs', target: 'a' }],
  ['docker diff a', { verb: 'diff', target: 'a' }],
  ['docker inspect a', { verb: 'inspect', target: 'a' }],
  [
    'docker compose up',
    { verb: 'compose-up', scale: {}, forceRecreate: false, renewAnonVolumes: false, attached: true },
  ],
  [
    'docker compose up -d --no-recreate',
    { verb: 'compose-up', scale: {}, forceRecreate: false, renewAnonVolumes: false, noRecreate: true },
  ],
  [
    'docker compose up -d --scale app=5 --scale=web=2 --force-recreate -V',
    { verb: 'compose-up', scale: { app: 5, web: 2 }, forceRecreate: true, renewAnonVolumes: true },
  ],
  ['docker compose down -v', { verb: 'compose-down', volumes: true }],
  ['docker compose down', { verb: 'compose-down', volumes: false }],
  ['docker compose kill app', { verb: 'kill', tool: 'compose', targets: names('app'), signal: 'KILL' }],
  ['docker compose kill', { verb: 'kill', tool: 'compose', targets: names(), signal: 'KILL' }],
  [
    'docker compose restart app lb',
    { verb: 'restart', tool: 'compose', targets: names('app', 'lb'), timeoutMs: null },
  ],
  ['docker service scale shop_app=5', { verb: 'service-scale', service: 'shop_app', replicas: 5 }],
  [
    'docker service update --image shop:2.0 shop_app',
    { verb: 'service-update', service: 'shop_app', image: 'shop:2.0', force: false },
  ],
  [
    'docker service update --force shop_app',
    { verb: 'service-update', service: 'shop_app', image: null, force: true },
  ],
  ['docker service update --rollback shop_app', { verb: 'service-rollback', service: 'shop_app' }],
  ['docker service rollback shop_app', { verb: 'service-rollback', service: 'shop_app' }],
  ['paddock crash a b', { verb: 'crash', targets: names('a', 'b') }],
  ['paddock hang a', { verb: 'hang', targets: names('a') }],
  ['paddock resume a', { verb: 'resume', targets: names('a') }],
  ['paddock oom a', { verb: 'oom', targets: names('a') }],
  ['paddock fill-disk a', { verb: 'fill-disk', targets: names('a'), forMs: null }],
  ['paddock slow a', { verb: 'slow', targets: names('a'), factor: 10 }],
  ['paddock slow --factor 2.5 a', { verb: 'slow', targets: names('a'), factor: 2.5 }],
  [
    'paddock partition balancer shop-app-1 --for 5s',
    { verb: 'partition', a: 'balancer', b: 'shop-app-1', forMs: 5000 },
  ],
  ['paddock heal', { verb: 'heal', between: null }],
  ['paddock heal users balancer', { verb: 'heal', between: ['users', 'balancer'] }],
  ['paddock lose-host host-1', { verb: 'lose-host', host: 'host-1' }],
  ['paddock reboot-host host-1', { verb: 'reboot-host', host: 'host-1' }],
  [
    'paddock store cache down',
    { verb: 'store', store: 'cache', action: 'down', forMs: null, signal: 'KILL' },
  ],
  [
    'paddock store cache kill --for 5s',
    { verb: 'store', store: 'cache', action: 'kill', forMs: 5000, signal: 'KILL' },
  ],
  [
    'paddock store cache down --signal TERM',
    { verb: 'store', store: 'cache', action: 'down', forMs: null, signal: 'TERM' },
  ],
  ['paddock rotate config', { verb: 'rotate', of: 'config', revokeAfterMs: 0 }],
  ['paddock rotate secrets --revoke-after 30s', { verb: 'rotate', of: 'secrets', revokeAfterMs: 30_000 }],
  ['paddock change-price', { verb: 'rotate', of: 'cache', revokeAfterMs: 0 }],
  ['paddock balancer drain a', { verb: 'balancer', action: 'drain', targets: names('a') }],
  [
    'paddock set services.app.x-paddock.state.sessions=redis',
    { verb: 'set', assignments: ['services.app.x-paddock.state.sessions=redis'], scenario: null },
  ],
  [
    "paddock set 'x-paddock.traffic.mix={ browse: 1 }' a.b=2",
    { verb: 'set', assignments: ['x-paddock.traffic.mix={ browse: 1 }', 'a.b=2'], scenario: null },
  ],
];

const BAD: readonly (readonly [line: string, column: number, message: string])[] = [
  ['', 1, 'nothing to run: type a command, e.g. docker ps'],
  [
    'docker',
    7,
    'docker: say what to do: kill, stop, start, restart, rm, run, update, exec, ps, logs, diff, inspect, push, compose, service',
  ],
  ['docker kil shop-app-2', 8, "docker: unknown command: docker kil; did you mean 'docker kill'?"],
  ['docker compose upp', 16, 'unknown docker command: "compose upp"; did you mean \'docker compose up\'?'],
  [
    'docker compose elephant',
    16,
    'unknown docker command: "compose elephant"; there is: up, down, kill, stop, start, restart, ps',
  ],
  ['dcoker ps', 1, "dcoker: command not found; did you mean 'docker'?"],
  ['docker-compose up', 1, "docker-compose: command not found; did you mean 'docker compose'?"],
  ['helm install', 1, 'helm: command not found; there is: docker, kubectl, paddock'],
  [
    'kubectl get podz',
    13,
    'error: the server doesn\'t have a resource type "podz" here (usage: kubectl get pods|deployments|nodes|hpa [NAME...] [-o wide])',
  ],
  ['kubectl delete deployment app', 16, 'only pods can be deleted here: write kubectl delete pod NAME'],
  [
    'kubectl delete pod',
    19,
    'error: resource(s) were provided, but no name was specified; write POD..., -l app=NAME or --all',
  ],
  ['kubectl scale deployment/app', 29, 'error: required flag(s) "replicas" not set; write --replicas=COUNT'],
  [
    'kubectl rollout undoo deployment/app',
    17,
    'error: unknown command "undoo" for "kubectl rollout"; did you mean \'undo\'?',
  ],
  [
    'kubectl exec shop-app-1 ls',
    27,
    'write -- before the command that runs in the pod (usage: kubectl exec POD [-it] -- COMMAND [ARG...])',
  ],
  ['paddock crsh a', 9, "paddock: unknown command: paddock crsh; did you mean 'paddock crash'?"],
  ['docker kill', 12, 'requires at least 1 argument (usage: docker kill [-s SIGNAL] CONTAINER...)'],
  [
    'docker kill --sginal TERM a',
    13,
    "unknown flag: --sginal; did you mean '--signal'? (usage: docker kill [-s SIGNAL] CONTAINER...)",
  ],
  ['docker rm -fx a', 13, "unknown shorthand flag: 'x' in -fx (usage: docker rm [-f] [-v] CONTAINER...)"],
  [
    'docker update a',
    16,
    'you must provide one or more flags when using this command (usage: docker update [--restart POLICY] [--memory SIZE] CONTAINER...)',
  ],
  [
    'docker run --restart sometimes shop',
    22,
    "invalid restart policy 'sometimes': use no, always, unless-stopped, on-failure or on-failure:3",
  ],
  [
    'docker run --restart always:3 shop',
    22,
    "invalid restart policy: maximum retry count can only be used with 'on-failure'",
  ],
  [
    'docker run --name -x shop',
    19,
    'Invalid container name (-x), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed',
  ],
  [
    'docker service update --image "SHOP 2" shop_app',
    31,
    "invalid reference format: 'SHOP 2' is not an image",
  ],
  ['docker kill -s', 13, 'flag needs an argument: -s (usage: docker kill [-s SIGNAL] CONTAINER...)'],
  ['docker kill -s TREM a', 16, "invalid signal: TREM; did you mean 'TERM'?"],
  ['docker stop -t soon a', 16, "'soon' is not a whole number of -1 or more"],
  [
    'docker exec a',
    14,
    'requires at least 2 arguments (usage: docker exec [-it] CONTAINER COMMAND [ARG...])',
  ],
  [
    'docker exec a echo x > y',
    22,
    "'>' is not understood here: one command a line; quote it inside sh -c '…'",
  ],
  ['docker ps && ls', 11, "'&' is not understood here: one command a line; quote it inside sh -c '…'"],
  ["docker exec a sh -c 'echo", 21, "a quote ' is opened and never closed"],
  ['docker kill $(docker ps -q', 13, '$( is opened and never closed'],
  ['docker kill $(ls)', 13, 'only $(docker ps -q --filter name=TEXT) is understood inside $(…)'],
  [
    'docker kill $(docker ps --filter name=app)',
    13,
    'add -q: without it docker ps prints a table, not a list of containers',
  ],
  [
    'docker kill $(docker ps -q --filter status=up)',
    37,
    "only --filter name=TEXT is understood, not 'status=up'",
  ],
  ['docker logs $(docker ps -q)', 13, '$(…) is understood only where a list of containers may stand'],
  ['docker logs a b', 15, 'requires 1 argument (usage: docker logs CONTAINER)'],
  ['docker compose up --scale app', 27, 'invalid --scale option "app": write SERVICE=N'],
  [
    'docker compose up app',
    19,
    'services cannot be named here: up brings up the whole file (usage: docker compose up [-d] [-V] [--force-recreate | --no-recreate] [--pull always] [--scale SERVICE=N]...)',
  ],
  ['docker service scale shop_app', 22, "invalid scale specifier 'shop_app': write SERVICE=REPLICAS"],
  ['docker service scale shop_app=-1', 22, "'-1' is not a whole number of 0 or more"],
  [
    'docker service scale shop_app=99999999',
    22,
    "'99999999' is more than is simulated: write 10000 or fewer",
  ],
  [
    'kubectl scale deployment/app --replicas=10001',
    41,
    "'10001' is more than is simulated: write 10000 or fewer",
  ],
  ['docker compose up -d --scale app=10001', 30, "'10001' is more than is simulated: write 10000 or fewer"],
  ['paddock slow --factor 0 a', 23, "'0' is not a factor: write a number above 0"],
  [
    'paddock store cache stop',
    21,
    "a store cannot 'stop' (usage: paddock store NAME down|up|pause|kill|restart|fill|slow|power-off|failover [--for 5s] [--factor 50] [--signal TERM])",
  ],
  [
    'paddock rotate cache',
    16,
    "'cache' cannot be rotated (usage: paddock rotate secrets|config [--revoke-after 30s])",
  ],
  ['paddock rotate config --revoke-after 3s', 38, 'a configuration is not revoked: leave --revoke-after out'],
  ['paddock store cache down --for 5', 32, "'5' is not a duration: write 250ms, 5s or 1m30s"],
  [
    'paddock balancer darin a',
    18,
    "a balancer cannot 'darin'; did you mean 'drain'? (usage: paddock balancer drain|maint|ready CONTAINER... | reload)",
  ],
  ['paddock set sessions', 13, "'sessions' sets nothing: write KEY=VALUE"],
];

describe('parseCommand', () => {
  it.each(GOOD)('reads %s', (line, command) => expect(parseCommand(line)).toEqual({ ok: true, command }));
  it.each(BAD)('refuses %j', (line, column, message) =>
    expect(parseCommand(line)).toEqual({ ok: false, message, column }),
  );
});
