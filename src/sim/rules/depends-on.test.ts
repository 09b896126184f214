import { describe, expect, it } from 'vitest';
import { app, balancer, scenario, store } from '../../../test/support/fixtures.ts';
import { container, entries, play } from '../../../test/support/many-seeds.ts';
import { createDriver } from '../../commands/driver.ts';
import { createRun } from '../create-run.ts';
import type { Dependency, Scenario } from '../model/scenario.ts';
import type { Healthcheck } from '../model/upkeep.ts';
import type { Run } from '../run.ts';

const AT = 2000;
const UP = 'docker compose up -d';
const check = (over: Partial<Healthcheck> = {}): Healthcheck => ({
  intervalMs: 1300,
  timeoutMs: 500,
  retries: 2,
  startPeriodMs: 0,
  startIntervalMs: 5000,
  works: true,
  ...over,
});

/** The app stands before its store in the file, and depends on it. */
const shop = (depends: Partial<Dependency> | null, healthcheck: Healthcheck | null = check()): Scenario =>
  scenario(
    [
      app({
        sigterm: 'exit',
        replicas: 2,
        dependsOn: depends === null ? [] : [{ service: 'cache', healthy: true, required: true, ...depends }],
      }),
      store({ healthcheck }),
      balancer({ check: null }),
    ],
    { platform: 'compose' },
    { rate: 0 },
  );

/** Services in the order in which their containers were started from AT on, each with its time after AT. */
const starts = (run: Run): [string, number][] =>
  entries(run)
    .filter((e) => e.kind === 'container-started' && e.t >= AT)
    .map((e) => [e.subject.slice('shop-'.length), e.t - AT]);
const failures = (run: Run): [number, string][] =>
  entries(run)
    .filter((e) => e.kind === 'deploy-failed')
    .map((e) => [e.t - AT, e.text]);
const DOWN_UP = [
  [AT - 1000, 'docker compose down'],
  [AT, UP],
] as const;

describe('depends_on', () => {
  it.each([
    ['nothing: as in the file', null, ['app-1', 'app-2', 'cache-1', 'lb-1']],
    ['service_started: after the other', { healthy: false }, ['cache-1', 'lb-1', 'app-1', 'app-2']],
  ] as const)('%s, all in one instant (S-41)', (_name, depends, order) => {
    const found = starts(play(shop(depends), 1, DOWN_UP, AT + 5000));
    expect(found.map(([, t]) => t)).toEqual([0, 0, 0, 0]);
    expect(found.map(([name]) => name).toSorted()).toEqual(['app-1', 'app-2', 'cache-1', 'lb-1']);
    expect(found.findIndex(([name]) => name === 'cache-1')).toBe(order.indexOf('cache-1'));
  });

  it('service_healthy: asked every 500 ms; the rest goes on meanwhile (S-41)', () => {
    const run = play(shop({}), 1, DOWN_UP, AT + 5000);
    // Healthy at 1300 ms.
    expect(starts(run)).toEqual([
      ['cache-1', 0],
      ['lb-1', 0],
      ['app-1', 1500],
      ['app-2', 1500],
    ]);
    const last = entries(run).findLast((e) => e.kind === 'container-started');
    expect(run.chain(last?.id ?? -1).at(-1)?.text).toBe(UP);
  });

  it.each([
    ['unhealthy', check({ works: false }), 2 * 1300, 'container shop-cache-1 is unhealthy'],
    ['without a health check', null, 0, 'container shop-cache-1 has no healthcheck configured'],
  ] as const)(
    'a dependency %s fails the up: who waits stays created (S-41)',
    (_name, healthcheck, ms, words) => {
      const run = play(shop({}, healthcheck), 1, DOWN_UP, AT + 60_000);
      const at = Math.max(500, Math.ceil(ms / 500) * 500);
      expect(failures(run)).toEqual([[at, expect.stringContaining(`dependency failed to start: ${words}`)]]);
      expect(container(run, 'shop-app-1').phase).toBe('created');
      expect(starts(run).map(([name]) => name)).toEqual(['cache-1', 'lb-1']);
    },
  );

  it('a service that is scaled to none has nothing to start, and that is no failure (S-41)', () => {
    const lines = [
      [AT - 1000, `${UP} --scale app=0`],
      [AT, 'docker compose start'],
    ] as const;
    const run = play(shop(null), 1, lines, AT + 5000);
    expect(failures(run)).toEqual([]);
    expect(run.view().wanted).toBe(0);
  });

  it('required: false goes on without it (S-41)', () => {
    const run = play(shop({ required: false }, check({ works: false })), 1, DOWN_UP, AT + 60_000);
    expect(failures(run)).toEqual([]);
    expect(starts(run).slice(2)).toEqual([
      ['app-1', 3000],
      ['app-2', 3000],
    ]);
  });

  it('one that ends while it is waited for fails the up (S-41)', () => {
    const lines = [...DOWN_UP, [AT + 700, 'docker kill shop-cache-1']] as const;
    const run = play(shop({}), 1, lines, AT + 60_000);
    expect(failures(run)).toEqual([
      [1000, expect.stringContaining('dependency failed to start: container shop-cache-1 exited (137)')],
    ]);
  });

  it('its death later restarts nobody, and a restart policy asks nobody (S-41)', () => {
    const s = shop({});
    const run = play(
      { ...s, services: s.services.map((x) => ({ ...x, restart: x.role === 'app' ? 'always' : 'no' })) },
      1,
      [
        [AT, 'docker kill shop-cache-1'],
        [AT + 3000, 'paddock crash shop-app-1'],
      ],
      AT + 20_000,
    );
    expect(starts(run)).toEqual([['app-1', 3100]]);
    expect(run.view().stores[0].state).toBe('down');
  });

  it('an up that still waits makes the next one wait, and a down ends it (S-30, S-41)', () => {
    const run = createRun(shop({}));
    const driver = createDriver(run, [
      ...DOWN_UP.map(([at, line]) => ({ at, do: line })),
      { at: AT + 200, do: `${UP} --scale app=3` },
      { at: AT + 8000, do: `${UP} --force-recreate` },
      { at: AT + 8300, do: 'docker compose down' },
    ]);
    driver.advance(AT + 7000);
    expect(driver.log.at(-1)?.answer).toContain('waits for the docker compose up under way');
    expect(starts(run)).toEqual([
      ['cache-1', 0],
      ['lb-1', 0],
      ['app-1', 1500],
      ['app-2', 1500],
      // Its own start phase asks anew.
      ['app-3', 2000],
    ]);
    driver.advance(AT + 30_000);
    expect(run.view().containers.filter((c) => c.phase !== 'removed')).toEqual([]);
    expect(failures(run)).toEqual([]);
  });

  it('a changed depends_on recreates nothing (S-33)', () => {
    const run = play(shop(null), 1, [], AT);
    run.apply({ verb: 'set', assignments: [], scenario: shop({}) }, 'set');
    run.advance(AT + 5000);
    expect(starts(run)).toEqual([]);
  });
});

describe('docker compose start', () => {
  const STOP_START = (start: string): [number, string][] => [
    [AT - 1000, 'docker compose stop'],
    [AT, start],
  ];

  it('keeps the order too, and waits for health where `up` would (S-41)', () => {
    expect(starts(play(shop({}), 1, STOP_START('docker compose start'), AT + 5000))).toEqual([
      ['cache-1', 0],
      ['lb-1', 0],
      ['app-1', 1500],
      ['app-2', 1500],
    ]);
  });

  it('of a service starts what it depends on first, and nothing else (S-41)', () => {
    const run = play(shop({ healthy: false }), 1, STOP_START('docker compose start app'), AT + 5000);
    expect(starts(run).map(([name]) => name)).toEqual(['cache-1', 'app-1', 'app-2']);
    const alone = play(shop({}), 1, STOP_START('docker compose start cache'), AT + 5000);
    expect(starts(alone).map(([name]) => name)).toEqual(['cache-1']);
  });

  it('leaves alone what waits for something that never gets healthy (S-41)', () => {
    const run = play(shop({}, check({ works: false })), 1, STOP_START('docker compose start'), AT + 20_000);
    expect(starts(run).map(([name]) => name)).toEqual(['cache-1', 'lb-1']);
    expect(failures(run).map(([, text]) => text)).toEqual([
      'the roll-out failed: dependency failed to start: container shop-cache-1 is unhealthy',
    ]);
  });
});
