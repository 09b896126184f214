/** For tests of this folder. */
import type { KnownNames } from './known-names.ts';
import { parseScenario } from './parse.ts';

/** All that the format has words for, whatever the simulation's registries hold. */
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
    membership: ['none'],
    identity: ['none'],
  },
  homeStore: { redis: 'redis', memcached: 'memcached', postgres: 'postgres', s3: 's3' },
};

/** `line:column message` of every problem, after the file's name when it is not the file itself. Throws unless problems and no scenario go together. */
export function problemsOf(text: string, overrides: readonly string[] = []): string[] {
  const { scenario, problems } = parseScenario(text, 'f.yaml', overrides, ALL_NAMES);
  if ((scenario === null) !== problems.length > 0)
    throw new Error('a scenario with problems, or none without');
  return problems.map(
    ({ file, line, column, message }) => `${file === 'f.yaml' ? '' : `${file}:`}${line}:${column} ${message}`,
  );
}

/** A shop whose app has the keys `app` on line 3 and what follows from line 4 on. */
export function shop(app: string, more = ''): string {
  return `name: shop\nservices:\n  app: { image: "shop:1.0", ${app} }\n${more}`;
}
