import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../test/support/fixtures.ts';
import { play } from '../../test/support/many-seeds.ts';
import { type Fault, faultsIn } from './faults.ts';
import type { AppService, Scenario } from './model/scenario.ts';

/** ms of virtual time. */
const UNTIL = 30_000;

const herd = (a: Partial<AppService>, platform = 'docker', hosts = 1): Scenario =>
  scenario(
    [app({ replicas: 2, restart: 'always', ...a }), store(), balancer()],
    { platform, hosts },
    { users: 20, rate: null, thinkMs: 500 },
  );

const faults = (s: Scenario, ...lines: (readonly [number, string])[]): Fault[] =>
  faultsIn(play(s, 1, lines, UNTIL), 0, Infinity);

/** From the second start on: at t = 0 the herd is up and well. */
const CRASHING: Partial<AppService> = { versions: { '1.0': { crash: 1500 } } };
const FIRST_CRASH = [1000, 'paddock crash shop-app-1 shop-app-2'] as const;

describe('faultsIn', () => {
  it('finds one crash loop a container, each crash of it naming the first', () => {
    for (const platform of ['docker', 'swarm', 'kubernetes']) {
      const found = faults(herd(CRASHING, platform), FIRST_CRASH).filter(({ kind }) => kind === 'crash');
      expect(found.length, platform).toBeGreaterThan(3);
      expect(new Set(found.map(({ loop }) => loop)).size, platform).toBe(2);
      expect(
        found.filter(({ id, loop }) => id === loop),
        platform,
      ).toHaveLength(2);
    }
  });

  it('says what and why of a container that outgrows its memory', () => {
    const memory = { ...app().memory, leakPerSecondMb: 20 };
    const [first] = faults(herd({ memoryLimitMb: 200, memory }));
    expect(first).toMatchObject({ kind: 'oom' });
    expect(first?.text).toMatch(/ran out of memory/);
    expect(first?.because).toMatch(/memory cgroup out of memory/);
  });

  it('leaves out what a command did, and checks that find the dead dead', () => {
    expect(faults(herd({}), [2000, 'docker kill shop-app-1'])).toEqual([]);
    expect(faults(herd({}), [2000, 'paddock crash shop-app-1'])).toEqual([]);
    expect(faults(herd({}), [2000, 'docker kill shop-cache-1'])).toEqual([]);
    expect(faults(herd({}, 'swarm', 2), [2000, 'paddock lose-host host-2'])).toEqual([]);
  });

  it('has a check that takes a container out though it lives', () => {
    const found = faults(herd({}), [2000, 'paddock hang shop-app-1']);
    expect(found.map(({ kind }) => kind)).toEqual(['check']);
    expect(found[0]?.because).toMatch(/hangs/);
  });

  it('has a replica that takes over by itself, and a store that is full', () => {
    const cached = { ...herd({ state: homes({ sessions: 'redis' }) }) };
    const failing = {
      ...cached,
      services: cached.services.map((s) =>
        s.role === 'store' ? { ...s, failover: 'sentinel' as const, downAfterMs: 5000 } : s,
      ),
    };
    expect(faults(failing, [2000, 'docker kill shop-cache-1']).map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/took over/),
    );
    const small = {
      ...cached,
      services: cached.services.map((s) =>
        s.role === 'store' ? { ...s, maxmemory: 5, policy: 'allkeys-lru' as const } : s,
      ),
    };
    expect(faults(small).map(({ kind }) => kind)).toContain('store');
  });

  it('answers for a part of the journal', () => {
    const run = play(herd(CRASHING), 1, [FIRST_CRASH], UNTIL);
    const all = faultsIn(run, 0, Infinity);
    const middle = all[2]!.id;
    expect([...faultsIn(run, 0, middle), ...faultsIn(run, middle, Infinity)]).toEqual(all);
  });
});
