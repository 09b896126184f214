import { describe, expect, it } from 'vitest';
import { createDriver } from '../../commands/driver.ts';
import { parseScenario } from '../../scenario/parse.ts';
import { createRun } from '../create-run.ts';
import type { MetricName } from '../metrics/names.ts';
import { STATE_KINDS, type StateKind } from '../model/scenario.ts';
import { STATE_MODELS } from '../registries.ts';
import type { Run } from '../run.ts';

/**
 * Every kind of state in every home that its choice offers, through a crash and a deploy that replaces every container: what
 * the home's name promises is what the run counts. A home that enters the registry is tried here without being named.
 */
const CRASH = 6000;
const ROTATE = 10_000;
const DEPLOY = 13_000;
const AFTER = 15_000;
const UNTIL = 20_000;

const PAIRS = STATE_KINDS.flatMap((kind) =>
  Object.values(STATE_MODELS)
    .filter(({ name, kinds }) => name !== 'none' && kinds.includes(kind))
    .map(({ name }): [StateKind, string] => [kind, name]),
);

/** What ends with a process or with its container; all others are outside of both. */
const MORTAL = ['memory', 'tmpfs', 'layer', 'signed-own-key'];
/** The deploy makes the stores anew as well: this one keeps nothing on a volume. */
const FORGETS = [...MORTAL, 'memcached'];

/** What makes a herd use a kind of state, beside its home. */
const USES: Partial<Record<StateKind, string>> = {
  cache: 'cache: { keys: 10, popularity: equal, ttl: none, miss: 20ms }',
  jobs: 'jobs: { every: 2s, takes: 300ms, visibility: 1s }',
  secrets: 'secrets: { lease: none }',
  identity: 'identity: { release: 1h }',
  counters: 'counters: { limit: none }',
  membership: 'membership: { seeds: 1 }',
};

function herd(kind: StateKind, home: string): string {
  const sessions = kind === 'sessions' ? '' : 'sessions: signed, ';
  return `
name: shop
x-paddock:
  platform: compose
  traffic:
    users: 20
    rate: 30/s
    signed-in: true
    mix: { browse: 4, upload: 1, view-upload: 1, checkout: 1 }
services:
  app:
    image: shop:1.0
    restart: always
    deploy: { replicas: 3 }
    volumes: [ "data:/app" ]
    x-paddock: { boot: 500ms, state: { ${sessions}${kind}: ${home} }${USES[kind] ? `, ${USES[kind]}` : ''} }
  lb: { image: "haproxy:3.2", x-paddock: { redispatch: true, check: { inter: 1s } } }
  cache: { image: "redis:7" }
  hot: { image: "memcached:1.6" }
  db: { image: "postgres:17" }
  photos: { image: "minio/minio:1" }
  lines: { image: "fluent/fluent-bit:3" }
  vault: { image: "hashicorp/vault:1" }
  work: { image: "rabbitmq:4" }
volumes: { data: {} }
`;
}

interface Tried {
  readonly run: Run;
  /** Of a window; the whole run unless given. */
  of(name: MetricName, from?: number, to?: number): number;
}

function tryOut(kind: StateKind, home: string): Tried {
  const { scenario, problems } = parseScenario(herd(kind, home), 'compose.yaml');
  expect(problems).toEqual([]);
  const run = createRun(scenario!);
  const lines = [
    { at: CRASH, do: 'paddock crash shop-app-2' },
    ...(kind === 'config' || kind === 'secrets' ? [{ at: ROTATE, do: `paddock rotate ${kind}` }] : []),
    { at: DEPLOY, do: 'docker compose up -d --force-recreate' },
  ];
  const driver = createDriver(run, lines);
  driver.advance(UNTIL);
  expect([driver.problems, driver.log.filter(({ ok }) => !ok)]).toEqual([[], []]);
  return { run, of: (name, from = 0, to = UNTIL) => run.metrics(from, to)[name] ?? 0 };
}

/** What a kind counts of its homes, as its choice promises it. */
const PROMISES: Readonly<Record<StateKind, (home: string, tried: Tried) => void>> = {
  sessions(home, { of }) {
    expect(of('sessions.created')).toBeGreaterThanOrEqual(20);
    expect(of('sessions.lost') > 0).toBe(FORGETS.includes(home));
  },
  uploads(home, { of }) {
    expect(of('uploads.stored')).toBeGreaterThan(50);
    expect(of('uploads.lost') > 0).toBe(FORGETS.includes(home));
  },
  records(home, { of }) {
    expect(of('records.stored')).toBeGreaterThan(50);
    expect(of('records.lost') > 0).toBe(FORGETS.includes(home));
  },
  cache(home, { of }) {
    expect(of('cache.hits')).toBeGreaterThan(100);
    // Filled long before the deploy: whoever has forgotten it has to ask again.
    expect(of('cache.misses', DEPLOY) > 0).toBe(FORGETS.includes(home));
  },
  logs(home, { of }) {
    const isShipped = home === 'stdout' || home === 'collector';
    expect(of('logs.shipped') > 300).toBe(isShipped);
    if (!isShipped) expect(of('logs.lost') > 0).toBe(MORTAL.includes(home));
    else expect(of('logs.lost')).toBeLessThan(60);
  },
  jobs(home, { of }) {
    expect(of('jobs.run', 0, DEPLOY)).toBeGreaterThanOrEqual(5);
    expect(of('jobs.duplicated', 0, CRASH) > 0).toBe(MORTAL.includes(home));
    expect(of('jobs.missed', AFTER)).toBe(0);
  },
  config(home, { of }) {
    expect(of('config.stale', 0, ROTATE)).toBe(0);
    // A process has what it read when it started; what is baked is old in every container that is made of that image.
    expect(of('config.stale', ROTATE, DEPLOY)).toBeGreaterThan(20);
    expect(of('config.stale', AFTER) > 0).toBe(home === 'baked');
  },
  secrets(home, { of }) {
    expect(of('secrets.rejected', 0, ROTATE)).toBe(0);
    expect(of('secrets.rejected', ROTATE, DEPLOY)).toBeGreaterThan(20);
    expect(of('secrets.rejected', AFTER) > 0).toBe(home === 'baked');
  },
  counters(home, { of }) {
    expect(of('counters.counted')).toBeGreaterThan(300);
    expect(of('counters.lost') > 0).toBe(FORGETS.includes(home));
    // Three that count apart show three numbers.
    expect(of('counters.wrong', 0, CRASH) > 0).toBe(MORTAL.includes(home));
  },
  membership(home, { of, run }) {
    expect(of('members.forwarded', 0, CRASH)).toBeGreaterThan(50);
    expect(of('members.islands', 0, DEPLOY)).toBe(1);
    // The seeds were addresses, and those are gone.
    expect(of('members.islands')).toBe(home === 'memory' ? 3 : 1);
    const peers = run.view().containers.flatMap((c) => (c.phase === 'running' ? [c.peers?.known] : []));
    expect(peers).toEqual(Array(3).fill(home === 'memory' ? 0 : 2));
  },
  identity(home, { of }) {
    // A volume that all mount gives all the same identity: one of three is served.
    expect(of('identity.refused', 0, CRASH) > 0).toBe(home === 'volume');
    expect(of('identity.refused', CRASH, DEPLOY) > 0).toBe(home !== 'layer');
    expect(of('identity.refused', AFTER)).toBeGreaterThan(20);
  },
};

describe('every kind of state in every home that its choice offers', () => {
  it.each(PAIRS)('%s in %s: through a crash and a deploy (A2)', (kind, home) => {
    const tried = tryOut(kind, home);
    const { totals, state, containers } = tried.run.view();
    expect(state[kind]).toBe(home);
    expect(containers.filter(({ phase }) => phase === 'running')).toHaveLength(3);
    const { requests, ok, failed, unauthorized, notFound, inFlight } = totals;
    expect(requests).toBe(ok + failed + unauthorized + notFound + inFlight);
    expect(ok).toBeGreaterThan(100);
    PROMISES[kind](home, tried);
  });

  it('goes over every kind', () => {
    expect(new Set(PAIRS.map(([kind]) => kind))).toEqual(new Set(STATE_KINDS));
  });
});
