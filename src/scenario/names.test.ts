import { expect, it } from 'vitest';
import { parseScenario } from './parse.ts';
import { BALANCERS, STORES } from '../sim/registries.ts';
import { roleOfImage } from './roles.ts';

it.each([
  ['haproxy:3.2', 'balancer', 'haproxy'],
  ['docker.io/library/nginx', 'balancer', 'nginx'],
  ['l4', 'balancer', 'l4'],
  ['registry.local:5000/team/redis:7-alpine', 'store', 'redis'],
  ['redis@sha256:abc', 'store', 'redis'],
  ['valkey/valkey:8', 'store', 'redis'],
  ['postgres:16', 'store', 'postgres'],
  ['minio/minio:latest', 'store', 's3'],
  ['mysql:8', 'other', 'mysql'],
  ['shop:1.0', 'app', 'shop'],
  ['haproxytech/haproxy-alpine:3.0', 'balancer', 'haproxy'],
  ['nginxinc/nginx-unprivileged', 'balancer', 'nginx'],
  ['redis/redis-stack-server:7.4', 'store', 'redis'],
  ['ghcr.io/me/redis-shop', 'app', 'redis-shop'],
  ['shop-alpine', 'app', 'shop-alpine'],
])('%s is %s %s', (image, role, kind) => expect(roleOfImage(image)).toEqual({ role, kind }));

it.each(Object.keys(BALANCERS))('an image called %s is that balancer', (kind) =>
  expect(roleOfImage(`${kind}:1`)).toEqual({ role: 'balancer', kind }),
);

/** Images that people know a kind of store by, where they are not called as the kind is. */
const KNOWN_AS: Readonly<Record<string, string>> = { collector: 'loki', queue: 'rabbitmq', manager: 'vault' };

it.each(Object.keys(STORES))('there is an image for every kind of store: %s', (kind) =>
  expect(roleOfImage(`${KNOWN_AS[kind] ?? kind}:1`)).toEqual({ role: 'store', kind }),
);

it.each([
  ['shop.compose.yaml', 'shop'],
  ['lessons/scenarios/herd-redis.compose.yaml', 'herd-redis'],
  ['/srv/My Shop/compose.yaml', 'my-shop'],
  ['farm/docker-compose.yml', 'farm'],
  ['./compose.yaml', 'app'],
  ['x/Shop 2.yml', 'shop-2'],
])('a project without a name in %s is %s', (file, name) =>
  expect(parseScenario('services: { app: { image: a } }', file).scenario?.name).toBe(name),
);
