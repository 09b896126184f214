import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { entries, expectMean, play, sample } from '../../../test/support/many-seeds.ts';
import type { AppService, BalancerService, Scenario, Traffic } from '../model/scenario.ts';
import type { Run } from '../run.ts';

const gone = { onExit: { do: 'none', delayMs: 0, layer: 'keep' } } as const;
const herd = (
  lb: Partial<BalancerService>,
  a: Partial<AppService> = {},
  t: Partial<Traffic> = {},
): Scenario =>
  scenario(
    [
      app({ serviceTime: { kind: 'fixed', ms: 20 }, state: homes({ sessions: 'redis' }), ...gone, ...a }),
      store(),
      balancer(lb),
    ],
    {},
    { rate: 60, ...t },
  );
const AT = 2000;
const HANG = [[AT, 'paddock hang shop-app-2']] as const;
const KILL = [[AT, 'docker kill shop-app-2']] as const;
const SEEDS = Array.from({ length: 20 }, (_, k) => k + 1);

describe('HAProxy and a server that a hash names', () => {
  it('tries that one again after d, and leaves it at the last retry only: by then it is the same (S-83, S-84)', () => {
    for (const balance of ['hash-user', 'source'] as const) {
      const m = play(herd({ balance, check: null }), 1, KILL, 9000).metrics(AT + 100, 9000);
      expect(m['requests.failed.status.503']).toBe(m['requests.failed']);
      expect(m['requests.failed']).toBeGreaterThan(50);
      // Refused, again after 1 s and 2 s, then at once.
      const first = entries(play(herd({ balance, check: null }), 1, KILL, 9000)).find(
        (e) => e.kind === 'request-failed' && e.t > AT + 10,
      );
      expect(first?.t).toBeGreaterThan(AT + 2000);
      expect(first?.t).toBeLessThan(AT + 2400);
    }
  });

  it('finds its user another server once it is DOWN: late answers, and only what was in flight fails (S-84)', () => {
    for (const seed of SEEDS) {
      const m = play(herd({ balance: 'hash-user' }), seed, KILL, 9000).metrics(AT + 100, 9000);
      expect(m['requests.failed']).toBe(0);
      expect(m['latency.p99']).toBeGreaterThan(1000);
    }
  });
});

describe('HAProxy’s `retry-on`', () => {
  it('none, and no refused connection is tried again (S-83)', () => {
    const m = play(herd({ retryOn: [], check: null }), 1, KILL, 5000).metrics(AT + 10, 5000);
    expect(m['requests.failed.status.503']).toBeGreaterThan(40);
  });

  it('response-timeout: the next server answers what a frozen one let pass (S-83, R-1)', () => {
    const wait = { serverTimeoutMs: 1000, check: null } as const;
    for (const word of ['response-timeout', 'all-retryable-errors']) {
      const m = play(herd({ ...wait, retryOn: ['conn-failure', word] }), 1, HANG, 6000).metrics(0, 6000);
      expect(m['requests.failed']).toBe(0);
      expect(m['latency.p99']).toBeGreaterThan(1000);
    }
    const plain = play(herd(wait), 1, HANG, 6000).metrics(0, 6000);
    expect(plain['requests.failed.status.504']).toBe(plain['requests.failed']);
    expect(plain['requests.failed']).toBeGreaterThan(40);
  });

  it('a status: each attempt fails for itself, so that of errors e with r retries e^(r+1) are left (S-83)', () => {
    const errors = { versions: { '1.0': { errorRate: 0.4 } } };
    const left = (retryOn: readonly string[], retries: number): void => {
      const share = sample(40, (seed) => {
        const m = play(herd({ retryOn, retries }, errors, { rate: 100 }), seed, [], 5000).metrics(0, 5000);
        expect(m['requests.failed.status.500']).toBe(m['requests.failed']);
        return (m['requests.failed'] ?? 0) / (m['requests.total'] ?? 1);
      });
      expectMean(share, 0.4 ** (retries + 1));
    };
    left(['conn-failure', '500'], 1);
    left(['all-retryable-errors'], 2);
    const other = play(herd({ retryOn: ['503'] }, errors), 1, [], 5000).metrics(0, 5000);
    expect(other['requests.failed']).toBeGreaterThan(80);
  });

  it('empty-response leaves a cookie’s server as every retry does: not before its turn (S-84)', () => {
    const sticky = { sticky: 'cookie', check: null, retryOn: ['conn-failure', 'empty-response'] } as const;
    const work = { serviceTime: { kind: 'fixed', ms: 300 } } as const;
    const m = play(herd(sticky, work, { users: 30 }), 1, KILL, 6000).metrics(AT, 6000);
    expect(m['requests.failed']).toBe(0);
    // The death was the first retry; refused at once, and again after 1 s; the third goes elsewhere.
    expect(m['latency.p99']).toBeGreaterThan(1300);
  });
});

const streams = { clients: 30, retryMs: 500, backoff: 1, jitter: 0, maxMs: 30_000 };

describe('streams of a frozen server', () => {
  const dropped = (until: readonly (readonly [number, string])[], toMs: number): number | null =>
    play(herd({ serverTimeoutMs: 3000 }, {}, { streams }), 1, [...HANG, ...until], toMs).metrics(0, toMs)[
      'connections.dropped'
    ];

  it('are cut when `timeout server` has passed without a beat, and not if it goes on before (R-10)', () => {
    expect(dropped([], AT + 2900)).toBe(0);
    expect(dropped([], AT + 3100)).toBe(10);
    expect(dropped([[AT + 2500, 'paddock resume shop-app-2']], AT + 9000)).toBe(0);
    // Its answers were late once; a second freeze has the whole time again.
    const twice = [
      [AT + 2500, 'paddock resume shop-app-2'],
      [AT + 2600, 'paddock hang shop-app-2'],
    ] as const;
    expect(dropped(twice, AT + 5500)).toBe(0);
    expect(dropped(twice, AT + 5700)).toBe(10);
  });
});

describe('`on-marked-down shutdown-sessions`', () => {
  it('closes what vanished on its way from the server that is DOWN, and not what did from another (R-1, R-2)', () => {
    const check = { ...balancer().check!, interMs: 500, timeoutMs: 500 };
    const slow = { serviceTime: { kind: 'fixed', ms: 400 } } as const;
    const of = (lb: Partial<BalancerService>, lines: readonly (readonly [number, string])[]): Run =>
      play(herd({ check, onMarkedDown: 'shutdown-sessions', ...lb }, slow), 1, lines, 6000);
    const away = of({}, [[AT, 'paddock partition balancer shop-app-2']]).metrics(0, 6000);
    expect(away['requests.failed.reset']).toBe(away['requests.failed']);
    expect(away['requests.failed']).toBeGreaterThan(5);
    // The other one is cut off for a moment while this one goes DOWN: its answers are late.
    const other = of({}, [
      [AT, 'paddock hang shop-app-3'],
      [AT + 1400, 'paddock partition balancer shop-app-2 --for 500ms'],
    ]);
    const down = entries(other).filter((e) => e.kind === 'server-down');
    expect(down.map((e) => e.subject)).toEqual(['shop-app-3']);
    expect(down[0]?.t).toBeGreaterThan(AT + 1600);
    expect(down[0]?.t).toBeLessThan(AT + 1900);
    const failed = entries(other).filter((e) => e.kind === 'request-failed');
    const frozen = entries(other).find((e) => e.kind === 'container-frozen');
    expect(failed.length).toBeGreaterThan(5);
    for (const e of failed) expect(other.chain(e.id).map((x) => x.id)).toContain(frozen?.id);
  });

  it('closes what a frozen server holds when it goes DOWN, requests and streams; without it they wait (R-2, R-10)', () => {
    const cut = { onMarkedDown: 'shutdown-sessions' } as const;
    for (const seed of SEEDS) {
      const m = play(herd(cut, {}, { streams }), seed, HANG, 8000).metrics(0, 8000);
      expect(m['requests.failed.reset']).toBe(m['requests.failed']);
      expect(m['requests.failed']).toBeGreaterThan(30);
      expect(m['recovery.time']).toBeCloseTo(m['detect.down'] ?? 0, 0);
      expect(m['connections.dropped']).toBe(10);
      const waits = play(herd({}, {}, { streams }), seed, HANG, 8000).metrics(0, 8000);
      expect(waits['requests.failed']).toBe(0);
      expect(waits['connections.dropped']).toBe(0);
    }
  });
});
