import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { expectMean, play, sample } from '../../../test/support/many-seeds.ts';
import type { BalancerService, RequestKind } from '../model/scenario.ts';
import { createRun } from '../create-run.ts';
import { LEG_OUTCOMES } from '../view.ts';
import type { Metrics } from '../metrics/names.ts';

/** Table A3: one of three backends killed with SIGKILL, defaults of each balancer, a connection a request. */
const AT = 1000;
const TO = 8000;
interface Case {
  readonly name: string;
  readonly lb: Partial<BalancerService>;
  readonly inFlight: { readonly get: Fate; readonly post: Fate };
  readonly refused:
    | 'answered at once'
    | 'answered after 2 s'
    | '503 after 3 s'
    | '502 at once'
    | 'an error at the client at once';
  readonly nobody: '502' | '503' | 'none';
  readonly frozen: '504' | 'answered by the next' | 'waits until the client gives up';
}
type Fate = 'answered' | '502' | 'reset at the client';
const NGINX: Partial<BalancerService> = { image: 'nginx:1.22', kind: 'nginx' };
const CASES: readonly Case[] = [
  {
    name: 'HAProxy',
    lb: { redispatch: false },
    inFlight: { get: '502', post: '502' },
    refused: '503 after 3 s',
    nobody: '503',
    frozen: '504',
  },
  {
    name: 'HAProxy + option redispatch',
    lb: { redispatch: true },
    inFlight: { get: '502', post: '502' },
    refused: 'answered at once',
    nobody: '503',
    frozen: '504',
  },
  {
    name: 'HAProxy + redispatch, sticky cookie',
    lb: { redispatch: true, sticky: 'cookie' },
    inFlight: { get: '502', post: '502' },
    refused: 'answered after 2 s',
    nobody: '503',
    frozen: '504',
  },
  {
    name: 'nginx',
    lb: NGINX,
    inFlight: { get: 'answered', post: '502' },
    refused: 'answered at once',
    nobody: '502',
    frozen: 'answered by the next',
  },
  {
    name: 'AWS ALB',
    lb: {
      image: 'alb',
      kind: 'alb',
      check: { interMs: 30_000, fastinterMs: null, downinterMs: null, fall: 2, rise: 5, timeoutMs: 5000 },
    },
    inFlight: { get: '502', post: '502' },
    refused: '502 at once',
    // They are registered, if ill: it fails open. The 503 of a group without targets is with S-100.
    nobody: '502',
    frozen: '504',
  },
  ...(['random(1)', 'roundrobin'] as const).map((balance): Case => ({
    name: balance === 'roundrobin' ? 'Swarm VIP' : 'kube-proxy',
    lb: { image: 'l4', kind: 'l4', balance },
    inFlight: { get: 'reset at the client', post: 'reset at the client' },
    refused: 'an error at the client at once',
    nobody: 'none',
    frozen: 'waits until the client gives up',
  })),
];
const SEEDS = Array.from({ length: 20 }, (_, k) => k + 1);

const measure = (
  lb: Partial<BalancerService>,
  kind: RequestKind,
  line: string,
  seed: number,
  fromMs: number,
  toMs = TO,
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
  return play(s, seed, [[AT, line]], toMs).metrics(fromMs, toMs);
};

/** How requests whose connection was refused fared. */
function fateOfRefused(m: Metrics): Case['refused'] | 'something else' {
  const failed = m['requests.failed'] ?? 0;
  const longest = m['latency.p99'] ?? 0;
  if (failed > 80 && m['requests.failed.status.503'] === failed) return '503 after 3 s';
  // A third of 100 a second: nobody waits for anything.
  if (failed > 150 && m['requests.failed.status.502'] === failed && longest < 105) return '502 at once';
  if (failed > 150 && m['requests.failed.connect-refused'] === failed && longest < 105)
    return m['requests.failed.status.none'] === failed ? 'an error at the client at once' : 'something else';
  if (failed === 0 && longest < 105) return 'answered at once';
  if (failed === 0 && longest > 2050 && longest < 2140) return 'answered after 2 s';
  return 'something else';
}

describe.each(CASES)('$name', ({ lb, inFlight, refused, nobody, frozen }) => {
  const one = 'docker kill shop-app-2';

  it('in flight on the dead one: GET and POST (A3, R-1, S-85, S-94)', () => {
    for (const [kind, fate] of [
      ['browse', inFlight.get],
      ['post', inFlight.post],
    ] as const) {
      let bad = 0;
      let refusals = 0;
      let twice = 0;
      const reset = sample(200, (seed) => {
        const m = measure(lb, kind, one, seed, 0, AT + 150);
        bad += m['requests.failed.status.502'] ?? 0;
        refusals += m['requests.failed.connect-refused'] ?? 0;
        twice += m['attempts.duplicated'] ?? 0;
        return m['requests.failed.reset'] ?? 0;
      });
      const all = 200 * reset.mean + (refused === '502 at once' ? refusals : 0);
      expect(bad).toBe(fate === '502' ? Math.round(all) : 0);
      // R·S/N of them, whatever becomes of them.
      expectMean(reset, fate === 'answered' ? 0 : 10 / 3);
      expect(twice / 200).toBeCloseTo(fate === 'answered' ? 10 / 3 : 0, 0);
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

  it('a backend that does not answer in time (A3)', () => {
    for (const seed of SEEDS) {
      const own = frozen === 'waits until the client gives up' ? {} : { serverTimeoutMs: 1500 };
      const m = measure({ ...lb, ...own }, 'browse', 'paddock hang shop-app-2', seed, 0);
      const failed = m['requests.failed'] ?? 0;
      expect(m['requests.failed.status.504']).toBe(frozen === '504' ? failed : 0);
      expect(failed > 50).toBe(frozen === '504');
      expect((m['requests.in-flight'] ?? 0) > 200).toBe(frozen === 'waits until the client gives up');
    }
  });
});

describe('no balancer: the one container on its port (A3, S-20)', () => {
  const play1 = (line: string, seed: number, fromMs: number): Metrics =>
    play(
      scenario(
        [
          app({
            replicas: 1,
            serviceTime: { kind: 'fixed', ms: 100 },
            state: homes({ sessions: 'signed' }),
            onExit: { do: 'none', delayMs: 0, layer: 'keep' },
          }),
        ],
        {},
        { rate: 100, keepAlive: false },
      ),
      seed,
      [[AT, line]],
      TO,
    ).metrics(fromMs, TO);

  it('resets what is in flight, refuses the rest, and nobody gives a status', () => {
    for (const seed of SEEDS) {
      const m = play1('docker kill shop-app-1', seed, 0);
      expect(m['requests.failed.status.none']).toBe(m['requests.failed']);
      expect(m['requests.failed.reset']).toBeGreaterThan(1);
      expect(play1('docker kill shop-app-1', seed, AT + 200)['requests.failed.reset']).toBe(0);
      expect((m['requests.failed.connect-refused'] ?? 0) + (m['requests.failed.reset'] ?? 0)).toBe(
        m['requests.failed'],
      );
    }
  });
});

describe('the picture', () => {
  it('shows every attempt that came back and was made again (S-84, S-94)', () => {
    for (const lb of [{ redispatch: true }, { redispatch: false }, NGINX]) {
      const s = scenario(
        [
          app({ state: homes({ sessions: 'redis' }), onExit: { do: 'none', delayMs: 0, layer: 'keep' } }),
          store(),
          balancer({ check: null, ...lb }),
        ],
        {},
        { rate: 100, keepAlive: false },
      );
      const run = createRun(s);
      run.recordLegs(true);
      const kill = { kind: 'names' as const, names: ['shop-app-2'] };
      run.advance(AT);
      run.apply({ verb: 'kill', tool: 'docker', targets: kill, signal: 'KILL' }, 'kill');
      run.advance(AT + 900);
      const legs = run.legs(AT + 900, 1000);
      const id = run.view().containers.find((c) => c.name === 'shop-app-2')?.id ?? -1;
      let retried = 0;
      for (let i = 0; i < legs.length; i++) {
        if (legs.outcome[i] !== LEG_OUTCOMES.indexOf('retried')) continue;
        retried++;
        expect([legs.from[i], legs.to[i]]).toEqual([2 + id, 1]);
      }
      // HAProxy: a third of 90. nginx: what was in flight, and the one that found it refusing.
      expect(retried).toBeGreaterThan(lb === NGINX ? 0 : 15);
    }
  });
});
