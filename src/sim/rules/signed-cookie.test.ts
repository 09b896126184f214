import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario } from '../../../test/support/fixtures.ts';
import { play } from '../../../test/support/many-seeds.ts';
import type { Metrics } from '../metrics/names.ts';

const of = (sessions: string, lines: readonly (readonly [number, string])[] = []): Metrics =>
  play(
    scenario([app({ state: homes({ sessions }) }), balancer({ check: null })], {}, { users: 400, rate: 100 }),
    1,
    lines,
    6000,
  ).metrics(0, 6000);

describe('a signed cookie', () => {
  it('is read by every replica when they share the key, and by its own one only when each has made one (S-128)', () => {
    expect(of('signed')['requests.unauthorized']).toBe(0);
    const own = of('signed-own-key');
    const asked = (own['requests.total'] ?? 0) - (own['logins'] ?? 0);
    expect(Math.abs((own['requests.unauthorized'] ?? 0) / asked - 2 / 3)).toBeLessThan(0.05);
    expect(own['sessions.missed']).toBe(own['requests.unauthorized']);
  });

  it('outlives every container with a shared key, and no restart with one of the process (S-128, A2)', () => {
    const all = [[3000, 'docker kill shop-app-1 shop-app-2 shop-app-3']] as const;
    expect(of('signed', all)['sessions.lost']).toBe(0);
    expect(of('signed-own-key', all)['sessions.lost']).toBe(400);
  });
});
