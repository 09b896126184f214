/** Names for tests: all that the format has words for, whatever the simulation's registries hold. */
import type { KnownNames } from './known-names.ts';

export const ALL_NAMES: KnownNames = {
  platforms: ['bare', 'docker', 'compose', 'swarm', 'kubernetes'],
  balancers: ['haproxy', 'nginx', 'alb', 'l4'],
  stores: ['redis', 'memcached', 'postgres', 's3'],
  homes: {
    sessions: ['memory', 'layer', 'tmpfs', 'volume', 'signed', 'redis', 'memcached', 'postgres'],
    uploads: ['layer', 'tmpfs', 'volume', 'shared', 's3', 'none'],
    records: ['layer', 'postgres', 'none'],
    cache: ['memory', 'redis', 'none'],
    logs: ['stdout', 'layer', 'none'],
    jobs: ['memory', 'none'],
    config: ['none'],
    secrets: ['none'],
    counters: ['memory', 'redis', 'none'],
    membership: ['memory', 'none'],
    identity: ['none'],
  },
  homeStore: { redis: 'redis', memcached: 'memcached', postgres: 'postgres', s3: 's3' },
};
