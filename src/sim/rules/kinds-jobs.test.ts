import { describe, expect, it } from 'vitest';
import { createDriver } from '../../commands/driver.ts';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { play } from '../../../test/support/many-seeds.ts';
import { createRun } from '../create-run.ts';
import type { JobSettings } from '../kinds/settings.ts';
import type { Metrics } from '../metrics/names.ts';
import type { AppService, Scenario, StoreService } from '../model/scenario.ts';
import type { Run } from '../run.ts';

/** Due at 2, 4, … 18 s; each takes 1 s. */
const UNTIL = 20_000;
const DUES = 9;
type Lines = readonly (readonly [number, string])[];

const herd = (
  home: string,
  over: Partial<JobSettings> = {},
  a: Partial<AppService> = {},
  queue: Partial<StoreService> = {},
): Scenario =>
  scenario(
    [
      app({
        state: homes({ sessions: 'signed', jobs: home }),
        kinds: { ...app().kinds, jobs: { everyMs: 2000, takesMs: 1000, visibilityMs: 1500, ...over } },
        onExit: { do: 'restart', delayMs: 500, layer: 'keep' },
        ...a,
      }),
      store(),
      store({ name: 'db', image: 'postgres:16', kind: 'postgres', persistence: 'aof' }),
      store({ name: 'work', image: 'rabbitmq:4', kind: 'queue', persistence: 'aof', ...queue }),
      balancer(),
    ],
    {},
    { users: 5, rate: 5 },
  );
const run = (s: Scenario, lines: Lines = []): Run => play(s, 1, lines, UNTIL);
const of = (s: Scenario, lines: Lines = []): Metrics => run(s, lines).metrics(0, UNTIL);
const counts = (m: Metrics): [number | null, number | null, number | null] => [
  m['jobs.run'],
  m['jobs.duplicated'],
  m['jobs.missed'],
];

const ALL = 'shop-app-1 shop-app-2 shop-app-3';

it.each([
  ['none', 'none'],
  ['aof', 'disk'],
] as const)('a queue with persistence %s is shown to keep its jobs on: %s', (persistence, shown) => {
  const stores = play(herd('queue', {}, {}, { persistence }), 1, [], 100).view().stores;
  expect(stores.find(({ kind }) => kind === 'queue')?.persistence).toBe(shown);
});

describe('a scheduled job', () => {
  it('that every process schedules for itself runs N times; a lock in Redis or a queue runs it once (S-117, S-131)', () => {
    expect(counts(of(herd('memory')))).toEqual([3 * DUES, 2 * DUES, 0]);
    expect(counts(of(herd('memory', {}, { replicas: 1 })))).toEqual([DUES, 0, 0]);
    expect(counts(of(herd('redis')))).toEqual([DUES, 0, 0]);
    expect(counts(of(herd('postgres')))).toEqual([DUES, 0, 0]);
    expect(counts(of(herd('queue')))).toEqual([DUES, 0, 0]);
  });

  it('is seen in whoever runs it (S-131)', () => {
    const busy = (home: string): number[] =>
      play(herd(home), 1, [], 2500)
        .view()
        .containers.map(({ jobs }) => jobs);
    expect(busy('memory')).toEqual([1, 1, 1]);
    expect(busy('queue').toSorted()).toEqual([0, 0, 1]);
  });

  it('is lost with the process that runs it, unless a queue gives it out again (S-131)', () => {
    const all: Lines = [[6500, `docker kill ${ALL}`]];
    expect(counts(of(herd('memory'), all))).toEqual([3 * (DUES - 1), 2 * DUES, 1]);
    expect(counts(of(herd('redis'), all))).toEqual([DUES - 1, 0, 1]);
    // begun twice, finished once: its work must bear that
    expect(counts(of(herd('queue'), all))).toEqual([DUES, 1, 0]);
  });

  it('in one of three processes is not missed while the others run it too', () => {
    const one: Lines = [[6500, 'docker kill shop-app-1']];
    expect(counts(of(herd('memory'), one))).toEqual([3 * DUES - 1, 2 * DUES, 0]);
  });

  it('goes back to the queue at once on SIGTERM, after the visibility timeout on SIGKILL (S-131)', () => {
    const again = (line: string): number => {
      const r = run(herd('queue', { visibilityMs: 5000 }), [[6500, line]]);
      const e = r.journal(0, r.journalLength()).find((x) => x.kind === 'job-duplicated');
      return (e?.t ?? 0) - 6500;
    };
    // all stop together, so it waits for the first that is back: 0.5 s, boot 0.5 s, and the next offer
    expect(again(`docker stop ${ALL}`)).toBeLessThan(2500);
    expect(again(`docker kill ${ALL}`)).toBeGreaterThanOrEqual(5000);
  });

  it('that has been finished is acknowledged: the queue keeps nothing of it (S-131)', () => {
    const often = { everyMs: 50, takesMs: 0 };
    const size = (home: string): number => run(herd(home, often)).checkpoint().bytes;
    // some 400 jobs were run
    expect(size('queue') - size('redis')).toBeLessThan(2000);
  });

  it('is missed when nobody is there, or the lock cannot be had; each miss names its cause', () => {
    const gone = herd('redis', {}, { onExit: { do: 'none', delayMs: 0, layer: 'keep' } });
    const away = run(gone, [[5500, `docker kill ${ALL}`]]);
    expect(away.metrics(0, UNTIL)['jobs.missed']).toBe(7);
    const down = run(herd('redis'), [[5500, 'paddock store cache down --for 4s']]);
    expect(down.metrics(0, UNTIL)['jobs.missed']).toBe(2);
    for (const [r, kinds] of [
      [away, ['job-missed', 'container-exited', 'command']],
      [down, ['job-missed', 'store-down', 'command']],
    ] as const) {
      const entry = r.journal(0, r.journalLength()).find((e) => e.kind === 'job-missed');
      expect(r.chain(entry?.id ?? -1).map((e) => e.kind)).toEqual(kinds);
    }
  });

  it('waits in a durable queue for its restart, and is gone from one that is not', () => {
    const idle = { onExit: { do: 'none', delayMs: 0, layer: 'keep' } as const };
    const lines: Lines = [
      [5500, `docker kill ${ALL}`],
      [6500, 'paddock store work kill'],
      [7000, 'docker start shop-work-1'],
      [7200, `docker start ${ALL}`],
    ];
    expect(counts(of(herd('queue', {}, idle), lines))).toEqual([DUES, 0, 0]);
    expect(counts(of(herd('queue', {}, idle, { persistence: 'none' }), lines))).toEqual([DUES - 1, 0, 1]);
  });

  it('that goes with its queue is missed because of what ended the queue (S-131)', () => {
    const idle = { onExit: { do: 'none', delayMs: 0, layer: 'keep' } } as const;
    const lines: Lines = [
      [5500, `docker kill ${ALL}`],
      [6500, 'paddock store work kill'],
    ];
    const r = run(herd('queue', {}, idle, { persistence: 'none' }), lines);
    const missed = r.journal(0, r.journalLength()).find((e) => e.kind === 'job-missed');
    expect(missed?.t).toBe(6500);
    expect(r.chain(missed?.id ?? -1).at(-1)?.text).toBe('paddock store work kill');
  });

  it('is not begun by a process that has been told to stop and still answers (S-131)', () => {
    const slow = { replicas: 1, serviceTime: { kind: 'fixed', ms: 3000 } } as const;
    const r = play(herd('memory', {}, slow), 1, [[3500, 'docker stop shop-app-1']], 4500);
    expect(r.view().containers[0]).toMatchObject({ phase: 'stopping', jobs: 0 });
  });

  it('is not finished by a process that hangs, takes as much longer as that is slower, and is not given to one that hangs', () => {
    const one = { replicas: 1 };
    const at = (lines: Lines, to: number, home = 'memory', a = one): number =>
      play(herd(home, {}, a), 1, lines, to).metrics(0, to)['jobs.run'] ?? 0;
    expect(at([], 3500)).toBe(1);
    const hang: Lines = [[2500, 'paddock hang shop-app-1']];
    expect(at(hang, 7500)).toBe(0);
    expect(at([...hang, [7000, 'paddock resume shop-app-1']], 7900)).toBe(1);
    const slow: Lines = [[1000, 'paddock slow shop-app-1 --factor 3']];
    expect([at(slow, 4500), at(slow, 5500)]).toEqual([0, 1]);
    // The others take what the queue gives out.
    expect(at([[3500, 'paddock hang shop-app-1']], UNTIL, 'queue', { replicas: 3 })).toBe(DUES);
  });

  it('that stops is given out again in the same instant (S-131)', () => {
    const begun = (line: string): readonly number[] => {
      const r = run(herd('queue'), [[6500, line]]);
      return r
        .journal(0, r.journalLength())
        .flatMap((e) => (/^job-(cut|duplicated)/.test(e.kind) ? [e.t] : []));
    };
    const stops = ['shop-app-1', 'shop-app-2', 'shop-app-3'].map((name) => begun(`docker stop ${name}`));
    const cut = stops.filter((times) => times.length > 0);
    expect(cut).toHaveLength(1);
    expect(cut[0]?.[1]).toBe(cut[0]?.[0]);
  });

  it('is missed by who does not reach the lock, and by all when the queue is away (S-131)', () => {
    const alone = herd('redis', {}, { replicas: 1 });
    const cut: Lines = [[5500, 'paddock partition shop-app-1 cache --for 4s']];
    expect(of(alone, cut)['jobs.missed']).toBe(2);
    expect(counts(of(herd('queue'), [[5500, 'paddock store work down --for 1s']]))).toEqual([DUES - 1, 0, 1]);
  });

  it('on a volume runs once for those that share it', () => {
    const s = herd('volume', {}, { mounts: [{ type: 'volume', source: 'data', target: '/app' }] });
    expect(counts(of({ ...s, platform: 'compose' }))).toEqual([DUES, 0, 0]);
  });

  it('lost on a deploy without notice, and not with a queue (S-131)', () => {
    const deploy: Lines = [[6300, 'docker compose up -d --force-recreate']];
    const on = (home: string): Metrics =>
      of({ ...herd(home, { takesMs: 1500 }), platform: 'compose' }, deploy);
    expect(on('redis')['jobs.missed']).toBe(1);
    expect(counts(on('queue'))).toEqual([DUES, 1, 0]);
  });
});

describe('a home of jobs that is changed while they run', () => {
  it('gives a job out again only when nobody runs it any more (S-131)', () => {
    const slow = { strategy: 'rolling', maxSurge: 1, maxUnavailable: 0, minReadyMs: 2500 } as const;
    const rolling = { rollout: { ...app().rollout, ...slow }, replicas: 4 };
    const settings = { everyMs: 2000, takesMs: 1900, visibilityMs: 100 };
    const queue = herd('queue', settings, rolling);
    const r = createRun(herd('memory', settings, rolling), 1);
    // By 8.1 s two new containers take jobs from the queue, and two old ones have clocks of their own.
    const lines = [
      { at: 3000, do: 'paddock set a.b=c' },
      { at: 8200, do: 'docker kill shop-app-5' },
    ];
    createDriver(r, lines, () => queue).advance(12_000);
    const told = r.journal(0, r.journalLength()).filter((e) => e.t >= 8000 && e.t < 10_000);
    expect(told.map((e) => e.kind)).toContain('job-cut');
    const again = told.filter((e) => e.kind === 'job-duplicated' && r.chain(e.id)[1]?.kind === 'job-cut');
    expect(again).toEqual([]);
  });
});
