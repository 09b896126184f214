import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { play } from '../../../test/support/many-seeds.ts';
import type { BalancerService, RequestKind } from '../model/scenario.ts';
import type { Metrics } from '../metrics/names.ts';

/** Table A3: one of three backends killed with SIGKILL, defaults of each balancer, a connection a request. */
const AT = 2000;
const TO = 9000;
interface Case {
  readonly name: string;
  readonly lb: Partial<BalancerService>;
  readonly inFlight: { readonly get: 'answered' | '502'; readonly post: 'answered' | '502' };
  readonly refused: 'answered at once' | 'answered after 2 s' | '503 after 3 s';
  readonly nobody: '502' | '503';
}
const NGINX: Partial<BalancerService> = { image: 'nginx:1.22', kind: 'nginx' };
const CASES: readonly Case[] = [
  {
    name: 'HAProxy',
    lb: { redispatch: false },
    inFlight: { get: '502', post: '502' },
    refused: '503 after 3 s',
    nobody: '503',
  },
  {
    name: 'HAProxy + option redispatch',
    lb: { redispatch: true },
    inFlight: { get: '502', post: '502' },
    refused: 'answered at once',
    nobody: '503',
  },
  {
    name: 'HAProxy + redispatch, sticky cookie',
    lb: { redispatch: true, sticky: 'cookie' },
    inFlight: { get: '502', post: '502' },
    refused: 'answered after 2 s',
    nobody: '503',
  },
  {
    name: 'nginx',
    lb: NGINX,
    inFlight: { get: 'answered', post: '502' },
    refused: 'answered at once',
    nobody: '502',
  },
];
const SEEDS = Array.from({ length: 40 }, (_, k) => k + 1);

const measure = (
  lb: Partial<BalancerService>,
  kind: RequestKind,
  line: string,
  seed: number,
  fromMs: number,
): Metrics => {
  const mix = { browse: 0, 'sign-in': 0, upload: 0, 'view-upload': 0, post: 0, checkout: 0, [kind]: 1 };
  const s = scenario(
    [
      app({
        serviceTime: { kind: 'fixed', ms: 100 },
        state: homes({ sessions: 'redis' }),
        onExit: { do: 'none', delayMs: 0, layer: 'keep' },
      }),
      store(),
      // No checks: they are opt-in (S-81).
      balancer({ check: null, ...lb }),
    ],
    {},
    { rate: 100, keepAlive: false, mix },
  );
  return play(s, seed, [[AT, line]], TO).metrics(fromMs, TO);
};

/** How requests whose connection was refused fared. */
function fateOfRefused(m: Metrics): Case['refused'] | 'something else' {
  const failed = m['requests.failed'] ?? 0;
  const longest = m['latency.p99'] ?? 0;
  if (failed > 80 && m['requests.failed.status.503'] === failed) return '503 after 3 s';
  if (failed === 0 && longest < 105) return 'answered at once';
  if (failed === 0 && longest > 2050 && longest < 2140) return 'answered after 2 s';
  return 'something else';
}

describe.each(CASES)('$name', ({ lb, inFlight, refused, nobody }) => {
  const one = 'docker kill shop-app-2';

  it('in flight on the dead one: GET and POST (A3, R-1, S-85, S-94)', () => {
    for (const [kind, fate] of [
      ['browse', inFlight.get],
      ['post', inFlight.post],
    ] as const) {
      let reset = 0;
      for (const seed of SEEDS) {
        const m = measure(lb, kind, one, seed, 0);
        reset += m['requests.failed.reset'] ?? 0;
        expect(m['requests.failed.status.502']).toBe(m['requests.failed.reset']);
      }
      // 3.3 a run.
      expect(reset === 0 ? 'answered' : reset > 60 ? '502' : reset).toBe(fate);
    }
  });

  it('a new request whose connection is refused (A3, S-83, S-84)', () => {
    for (const kind of ['browse', 'post'] as const)
      for (const seed of SEEDS) expect(fateOfRefused(measure(lb, kind, one, seed, AT + 200))).toBe(refused);
  });

  it('nobody left (A3)', () => {
    for (const seed of SEEDS) {
      const m = measure(lb, 'browse', 'docker kill shop-app-1 shop-app-2 shop-app-3', seed, AT + 500);
      expect(m['requests.failed']).toBeGreaterThan(0);
      expect(m[`requests.failed.status.${nobody}`]).toBe(m['requests.failed']);
      expect(m['requests.ok']).toBe(0);
    }
  });

  it('a backend that does not answer in time is a 504, unless nginx may try the next (A3)', () => {
    for (const seed of SEEDS.slice(0, 20)) {
      const m = measure({ ...lb, serverTimeoutMs: 1500 }, 'browse', 'paddock hang shop-app-2', seed, 0);
      expect(m['requests.failed.status.504']).toBe(m['requests.failed']);
      expect((m['requests.failed'] ?? 0) > 50).toBe(inFlight.get === '502');
    }
  });
});
