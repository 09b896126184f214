import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario } from '../../../test/support/fixtures.ts';
import { herdOf } from '../../../test/support/herd-of.ts';
import { entries, expectMean, play, sample } from '../../../test/support/many-seeds.ts';

/** R = 100 requests a second, S = 100 ms, N = 3. */
const R = 100;
const N = 3;
const AT = 2000;
const herd = herdOf({
  app: {
    serviceTime: { kind: 'exponential', mean: 100 },
    state: homes({ sessions: 'signed' }),
  },
  traffic: { rate: R },
});
const cut = (parts: string, span = ''): [number, string] => [AT, `paddock partition ${parts}${span}`];

describe('a container that cannot be reached', () => {
  it('answers no connect: each attempt costs `timeout connect`, redispatch hides it after one (R-1)', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const lb = { connectTimeoutMs: 700, check: null };
      const run = play(herd(lb), seed, [cut('balancer shop-app-2')], 6000);
      const m = run.metrics(AT + 1000, 6000);
      // Only what was in flight hangs; the rest goes elsewhere, 700 ms late.
      expect(m['requests.failed']).toBe(0);
      expect(m['latency.p95']).toBeGreaterThan(700);
    }
  });

  it('answers nobody twice: who was told 504 before the answer vanished hears no more of it (R-1)', () => {
    const slow = { serviceTime: { kind: 'fixed', ms: 500 } } as const;
    const nobodyAfter = { spike: { atMs: 4000, forMs: 60_000, factor: 0 } };
    const s = herd({ serverTimeoutMs: 300, check: null }, slow, nobodyAfter);
    const m = play(s, 1, [cut('balancer shop-app-2')], 20_000).metrics(0, 20_000);
    expect(m['requests.failed']).toBe(m['requests.total']);
    expect(m['requests.in-flight']).toBe(0);
  });

  it('fails after (r+1)·tc without redispatch, as 503 (R-1)', () => {
    const lb = { connectTimeoutMs: 500, retries: 2, redispatch: false, check: null };
    const run = play(herd(lb), 1, [cut('balancer shop-app-2')], 6000);
    const failed = entries(run).filter((e) => e.kind === 'request-failed');
    expect(failed[0]?.t).toBeGreaterThan(AT + 3 * 500 - 1);
    expect(run.metrics(0, 6000)['requests.failed.status.503']).toBe(failed.length);
    const began = entries(run).find((e) => e.kind === 'partition-began');
    for (const e of failed) expect(e.cause).toBe(began?.id);
  });

  it('holds what was in flight until `timeout server`: 504, not a reset (R-1)', () => {
    const until = AT + 3100;
    const s = sample(200, (seed) => {
      const run = play(herd({ serverTimeoutMs: 3000 }), seed, [cut('balancer shop-app-2')], until);
      const m = run.metrics(0, until);
      expect(m['requests.failed.status.504']).toBe(m['requests.failed']);
      for (const e of entries(run).filter((k) => k.kind === 'request-failed')) {
        expect(e.t).toBeGreaterThan(AT + 3000 - 1500);
        expect(e.t).toBeLessThan(AT + 3000 + 10);
      }
      return m['requests.failed'] ?? 0;
    });
    expectMean(s, (R * 0.1) / N);
  });

  it('goes DOWN when F checks have timed out, by the partition, and UP again after it heals (R-2)', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const run = play(herd(), seed, [cut('balancer shop-app-2', ' --for 6s')], 12_000);
      const list = entries(run);
      const began = list.find((e) => e.kind === 'partition-began');
      const down = list.find((e) => e.kind === 'server-down');
      expect(down?.cause).toBe(began?.id);
      expect((down?.t ?? 0) - AT).toBeGreaterThan(2 * 1000 + 1000 - 1);
      expect((down?.t ?? 0) - AT).toBeLessThan(4 * 1000 + 1);
      const healed = list.find((e) => e.kind === 'partition-healed');
      expect(healed?.t).toBe(AT + 6000);
      expect(healed?.cause).toBe(began?.id);
      const up = list.findLast((e) => e.kind === 'server-up');
      expect(up?.t).toBeGreaterThan(AT + 6000);
      expect(up?.t).toBeLessThan(AT + 6000 + 3001);
    }
  });

  it('lives on: no process ends, no session is lost', () => {
    const memory = herd({ sticky: 'cookie' }, { state: homes({ sessions: 'memory' }) });
    const m = play(memory, 1, [cut('balancer shop-app-2', ' --for 1s')], 6000).metrics(0, 6000);
    expect(m['sessions.lost']).toBe(0);
    expect(m['containers.started']).toBe(0);
  });
});

describe('packets that vanished are sent again', () => {
  it('so that a short partition costs time, not answers', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const lines = [cut('users balancer', ' --for 2s')];
      const run = play(herd(), seed, lines, 9000);
      const m = run.metrics(0, 9000);
      expect(m['requests.failed']).toBe(0);
      // TCP waits 0.2, 0.4, 0.8, 1.6 s (1, 2 s for a connect): the last arrive within as long again as the cut took.
      expect(m['outage.longest']).toBeGreaterThan(1900);
      expect(m['outage.longest']).toBeLessThan(4100);
      // Those of the first 0.6 s are sent again after 0.2, 0.6, 1.4 and 3.0 s.
      const slow = run.metrics(AT, AT + 5500)['latency.p95'] ?? 0;
      expect(slow).toBeGreaterThan(2950);
      expect(slow).toBeLessThan(3400);
    }
  });

  it('a first packet to a server is sent again after 1 and 3 s, also for a client that has kept its connection (R-1)', () => {
    const lb = { check: null, connectTimeoutMs: 5000 };
    const run = play(
      herd(lb, {}, { keepAlive: true }),
      1,
      [cut('balancer shop-app-2', ' --for 1500ms')],
      7000,
    );
    expect(run.metrics(0, 7000)['requests.failed']).toBe(0);
    // A third of those that came within the first half second.
    expect(run.metrics(AT + 2950, AT + 3600)['latency.p95']).toBeGreaterThan(3000);
    expect(run.metrics(AT + 2300, AT + 2950)['latency.p95']).toBeLessThan(1500);
  });

  it('until the user gives up: then the request has failed, by the partition', () => {
    const run = play(herd({}, {}, { timeoutMs: 1500 }), 3, [cut('users balancer', ' --for 4s')], 12_000);
    const m = run.metrics(0, 12_000);
    expect(m['requests.failed']).toBeGreaterThan(200);
    expect(m['requests.failed.client-timeout']).toBe(m['requests.failed']);
    const began = entries(run).find((e) => e.kind === 'partition-began')?.id;
    for (const e of entries(run).filter((k) => k.kind === 'request-failed')) expect(e.cause).toBe(began);
    expect(run.metrics(9000, 12_000)['requests.failed']).toBe(0);
  });

  it('between a container and its store: its requests hang, those of the others do not', () => {
    const redis = herd({}, { state: homes({ sessions: 'redis' }) });
    const run = play(redis, 5, [cut('shop-app-1 cache', ' --for 2s')], 9000);
    const m = run.metrics(0, 9000);
    expect(m['requests.failed']).toBe(0);
    expect(m['sessions.lost']).toBe(0);
    // 0.2 · (2^4 - 1) = 3 s after the first command that vanished.
    expect(m['latency.p99']).toBeGreaterThan(2800);
    expect(m['latency.p50']).toBeLessThan(200);
    const failFast = { offlineQueue: false, timeoutMs: 250, attempts: 3 };
    const fast = herd({}, { state: homes({ sessions: 'redis' }), storeClient: failFast });
    const short = play(fast, 5, [cut('shop-app-1 cache', ' --for 2s')], 9000);
    const began = entries(short).find((e) => e.kind === 'partition-began')?.id;
    const failed = entries(short).filter((e) => e.kind === 'request-failed');
    expect(failed.length).toBeGreaterThan(40);
    for (const e of failed) expect(e.cause).toBe(began);
    expect(short.metrics(0, 9000)['requests.failed.dependency']).toBe(failed.length);
  });
});

describe('streams across a partition', () => {
  const streams = { clients: 30, retryMs: 500, backoff: 1, jitter: 0, maxMs: 30_000 };
  it('are cut only when their ends stop waiting for beats, and come back elsewhere', () => {
    const s = herd({ serverTimeoutMs: 3000 }, {}, { streams });
    const short = play(s, 1, [cut('balancer shop-app-2', ' --for 2s')], 9000);
    expect(short.metrics(0, 9000)['connections.dropped']).toBe(0);
    const long = play(s, 1, [cut('balancer shop-app-2')], 9000);
    expect(long.metrics(0, AT + 2999)['connections.dropped']).toBe(0);
    expect(long.metrics(0, 9000)['connections.dropped']).toBe(10);
    const held = long.view().containers.map((c) => [c.name, c.streams]);
    expect(held).toContainEqual(['shop-app-2', 0]);
    expect(long.view().containers.reduce((n, c) => n + c.streams, 0)).toBe(30);
  });

  it('are cut a time-out after the last cut began: an earlier one that is healed counts for nothing', () => {
    const s = herd({ serverTimeoutMs: 3000 }, {}, { streams });
    const twice = [
      cut('balancer shop-app-2', ' --for 500ms'),
      [AT + 2000, 'paddock partition balancer shop-app-2'],
    ] as [number, string][];
    const run = play(s, 1, twice, AT + 4900);
    expect(run.metrics(0, AT + 4900)['connections.dropped']).toBe(0);
    run.advance(AT + 5100);
    expect(run.metrics(0, AT + 5100)['connections.dropped']).toBe(10);
  });

  it('of a container that dies unseen are noticed no earlier', () => {
    const s = herd({ serverTimeoutMs: 3000 }, {}, { streams });
    const run = play(s, 1, [cut('balancer shop-app-2'), [AT + 100, 'docker kill shop-app-2']], 9000);
    expect(run.metrics(0, AT + 3000)['connections.dropped']).toBe(0);
    expect(run.metrics(0, 9000)['connections.dropped']).toBe(10);
  });
});

it('heal ends one partition or all, and refuses where there is none', () => {
  const run = play(herd(), 1, [cut('users balancer'), [AT + 500, 'paddock heal users balancer']], 4000);
  expect(run.apply({ verb: 'heal', between: null }, 'paddock heal')).toEqual({
    ok: false,
    text: 'paddock: nothing is partitioned',
  });
  expect(run.apply({ verb: 'partition', a: 'users', b: 'barn', forMs: null }, 'x').text).toContain(
    'no part is called barn',
  );
  expect(run.apply({ verb: 'partition', a: 'lb', b: 'balancer', forMs: null }, 'x').ok).toBe(false);
  for (const [a, b] of [
    ['users', 'shop-app-1'],
    ['users', 'cache'],
    ['balancer', 'cache'],
    ['shop-app-1', 'shop-app-2'],
  ] as const)
    expect(run.apply({ verb: 'partition', a, b, forMs: null }, 'x').text).toContain(
      'do not talk to each other',
    );
});

it('is refused where there is nothing to part or to heal, and changes nothing', () => {
  const run = play(herd(), 1, [cut('users balancer')], 3000);
  const refused = (verb: 'partition' | 'heal', a: string, b: string): string => {
    const answer =
      verb === 'partition'
        ? run.apply({ verb, a, b, forMs: null }, 'x')
        : run.apply({ verb, between: [a, b] }, 'x');
    expect(answer.ok).toBe(false);
    return answer.text;
  };
  expect(refused('partition', 'users', 'barn')).toContain('no part is called barn');
  expect(refused('partition', 'lb', 'balancer')).toContain('are the same part');
  expect(refused('partition', 'users', 'cache')).toContain('do not talk to each other');
  expect(refused('partition', 'balancer', 'users')).toContain('are partitioned already');
  expect(refused('heal', 'balancer', 'shop-app-1')).toContain('nothing stands between');
  expect(run.view().partitions).toEqual(['users and balancer']);
});

it.each(['users shop-app-1', 'users balancer'])(
  'without a balancer users meet the container itself: %s are parted there',
  (parts) => {
    const s = scenario([app({ replicas: 1 })], { platform: 'docker' }, { rate: R, timeoutMs: 1000 });
    const run = play(s, 1, [cut(parts)], 6000);
    expect(run.metrics(AT + 1500, 6000)['requests.ok']).toBe(0);
    expect(run.metrics(AT + 1500, 6000)['requests.failed']).toBeGreaterThan(R);
  },
);

it('two partitions with one end in common are two', () => {
  const stores = [cut('shop-app-1 cache'), cut('shop-app-2 cache')];
  expect(play(herd(), 1, stores, 3000).view().partitions).toEqual([
    'shop-app-1 and cache',
    'shop-app-2 and cache',
  ]);
  const two = [cut('balancer shop-app-1'), cut('balancer shop-app-2')];
  const run = play(herd(), 1, two, 3000);
  expect(run.view().partitions).toEqual(['balancer and shop-app-1', 'balancer and shop-app-2']);
  run.apply({ verb: 'heal', between: ['balancer', 'shop-app-2'] }, 'x');
  expect(run.view().partitions).toEqual(['balancer and shop-app-1']);
});

it('the picture says what is cut off, what is full and how much memory is used', () => {
  const limited = { memoryLimitMb: 200, memory: { ...app().memory, baseMb: 100 } };
  const lines: [number, string][] = [cut('balancer shop-app-2'), [AT, 'paddock fill-disk shop-app-3']];
  const view = play(herd({}, limited), 1, lines, 3000).view();
  expect(view.partitions).toEqual(['balancer and shop-app-2']);
  expect(view.usersCutOff).toBe(false);
  expect(view.containers.map((c) => [c.cutOff, c.diskFull, c.memory])).toEqual([
    [false, false, 0.5],
    [true, false, 0.5],
    [false, true, 0.5],
  ]);
});

it('the picture says whose users and which stores are out of reach', () => {
  const view = play(herd(), 1, [cut('users balancer'), cut('shop-app-2 cache')], 3000).view();
  expect(view.usersCutOff).toBe(true);
  const second = view.containers.find((c) => c.name === 'shop-app-2');
  expect(view.stores.map((s) => s.cutOff)).toEqual([[second?.id]]);
});

it('a partition between hosts parts what runs on them', () => {
  const s = { ...herd(), hosts: 3 };
  const run = play(s, 1, [cut('balancer host-2')], 6000);
  const down = entries(run).filter((e) => e.kind === 'server-down');
  const there = run.view().containers.filter((c) => c.host === 1 && c.role === 'app');
  expect(down.map((e) => e.subject)).toEqual(there.map((c) => c.name));
  expect(there.length).toBeGreaterThan(0);
});

it('an answer that vanished, to a user who has been told otherwise meanwhile, ends nothing a second time (R-1)', () => {
  for (const seed of [1, 2, 3, 4]) {
    const services = [app({ serviceTime: { kind: 'fixed', ms: 170 } }), balancer({ retries: 0 })];
    const s = scenario(services, { platform: 'docker' }, { users: 30, rate: 60 });
    const lines = [
      [1000, 'paddock partition balancer shop-app-1'],
      [1000, 'docker kill shop-lb-1'],
    ] as const;
    const run = play(s, seed, lines, 1001);
    for (let t = 1100; t <= 4000; t += 100) {
      run.advance(t);
      expect(run.view().totals.inFlight).toBeGreaterThanOrEqual(0);
    }
    const failures = run.journal(0, run.journalLength()).filter((e) => e.kind === 'request-failed');
    expect(new Set(failures.map((e) => e.request)).size).toBe(failures.length);
  }
});
