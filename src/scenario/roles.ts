/** What a service is, by the last part of its image's path. */

export type Role = 'app' | 'balancer' | 'store';

export interface ImageRole {
  readonly role: Role | 'other';
  /** Kind of balancer or store; the image's own name for the rest. */
  readonly kind: string;
}

const BALANCERS: Readonly<Record<string, string>> = {
  haproxy: 'haproxy',
  nginx: 'nginx',
  alb: 'alb',
  l4: 'l4',
};

const STORES: Readonly<Record<string, string>> = {
  redis: 'redis',
  valkey: 'redis',
  memcached: 'memcached',
  postgres: 'postgres',
  postgresql: 'postgres',
  minio: 's3',
  s3: 's3',
  s3rver: 's3',
  loki: 'collector',
  fluentd: 'collector',
  'fluent-bit': 'collector',
  vector: 'collector',
  rabbitmq: 'queue',
  vault: 'manager',
  openbao: 'manager',
  nats: 'queue',
  elasticmq: 'queue',
};

/** Backing services and tools that hold no part of the herd's traffic here. */
const OTHERS = new Set([
  'mysql',
  'mariadb',
  'mongo',
  'mongodb',
  'kafka',
  'zookeeper',
  'etcd',
  'elasticsearch',
  'opensearch',
  'cassandra',
  'influxdb',
  'traefik',
  'caddy',
  'envoy',
  'prometheus',
  'grafana',
  'jaeger',
  'consul',
  'adminer',
  'phpmyadmin',
  'pgadmin4',
  'mailhog',
  'mailpit',
  'busybox',
]);

/** `library/redis:7-alpine@sha256:…` to `redis`. */
export function imageName(image: string): string {
  const path = image.split('@')[0] ?? '';
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last.split(':')[0] ?? '';
}

/** Builds of the same program for a base or without root: `haproxy-alpine`, `nginx-unprivileged`, `redis-stack-server`. */
const FLAVOUR = /-(?:alpine|debian|ubuntu|slim|unprivileged|oss|stack|stack-server)$/;

export function roleOfImage(image: string): ImageRole {
  const name = imageName(image);
  const plain = name.replace(FLAVOUR, '');
  const balancer = BALANCERS[plain];
  if (balancer !== undefined) return { role: 'balancer', kind: balancer };
  const store = STORES[plain];
  if (store !== undefined) return { role: 'store', kind: store };
  return { role: OTHERS.has(name) ? 'other' : 'app', kind: name };
}
