import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { createDriver } from '../../commands/driver.ts';
import { entries, play } from '../../../test/support/many-seeds.ts';
import { createRun } from '../create-run.ts';
import type { Metrics } from '../metrics/names.ts';
import type { AppService, Scenario, StoreService, Traffic } from '../model/scenario.ts';

const UPLOADS = { browse: 0, 'sign-in': 0, upload: 1, 'view-upload': 0, post: 0, checkout: 0 };
const shop = (s3: Partial<StoreService>, t: Partial<Traffic> = {}): Scenario =>
  scenario(
    [
      app({ state: homes({ sessions: 'signed', uploads: 's3' }) }),
      store({ name: 'photos', image: 'minio/minio:1', kind: 's3', latencyMs: 5, ...s3 }),
      balancer({ check: null }),
    ],
    {},
    { users: 100, rate: 100, mix: UPLOADS, ...t },
  );

describe('S3', () => {
  it('says to slow down above its rate, and clients that send again ride out a burst but no overload (S-114)', () => {
    const burst = { atMs: 3000, forMs: 500, factor: 3 };
    const rode = play(shop({ maxWrites: 130 }, { spike: burst }), 1, [], 9000).metrics(0, 9000);
    expect(rode['requests.failed']).toBe(0);
    const over = play(shop({ maxWrites: 50 }), 1, [], 20_000);
    const m = over.metrics(5000, 20_000);
    // What it takes is what is stored: the rate, whatever is asked.
    expect((m['uploads.stored'] ?? 0) / 15).toBeGreaterThan(48);
    expect((m['uploads.stored'] ?? 0) / 15).toBeLessThan(51);
    expect(m['requests.failed.dependency']).toBe(m['requests.failed']);
    expect(m['requests.failed']).toBeGreaterThan(500);
    const failed = entries(over).filter((e) => e.kind === 'request-failed');
    for (const e of failed) expect(over.chain(e.id).at(-1)?.kind).toBe('store-throttled');
  });

  it('that is away for a moment costs those whose command was under way a second attempt, and nothing else (S-114)', () => {
    const away = [
      [3000, 'paddock store photos down'],
      [3020, 'paddock store photos up'],
    ] as const;
    const m = play(shop({ latencyMs: 200 }), 1, away, 9000).metrics(0, 9000);
    expect(m['requests.failed']).toBe(0);
    expect(m['uploads.stored']).toBeGreaterThan(500);
  });

  it('that goes on refusing is told once; after a second of calm it is told anew (S-114)', () => {
    const told = (s: Scenario): number[] =>
      entries(play(s, 1, [], 12_000))
        .filter((e) => e.kind === 'store-throttled')
        .map((e) => e.t);
    expect(told(shop({ maxWrites: 50 }))).toHaveLength(1);
    expect(told(shop({ maxWrites: 1000 }))).toEqual([]);
    // two peaks, with calm between them
    const peaks = shop({ maxWrites: 50 }, { rate: 20, spike: { atMs: 2000, forMs: 1000, factor: 10 } });
    expect(told(peaks)).toHaveLength(1);
    const waves = shop({ maxWrites: 40 }, { rate: 50, wave: { amplitude: 0.9, periodMs: 4000 } });
    expect(told(waves)).toHaveLength(3);
  });

  it('has room for the burst of one second and no more, however long it was idle (S-114)', () => {
    const burst = (perSecond: number): Scenario =>
      shop({ maxWrites: 50 }, { rate: 0.1, spike: { atMs: 20_000, forMs: 500, factor: perSecond / 0.1 } });
    // 50 are saved up, and 25 more come within the half second.
    const refused = (s: Scenario): boolean =>
      entries(play(s, 1, [], 21_000)).some((e) => e.kind === 'store-throttled');
    expect(refused(burst(120))).toBe(false);
    expect(refused(burst(200))).toBe(true);
  });

  it('counts reads and writes apart, and every prefix for itself (S-114)', () => {
    expect(play(shop({ maxReads: 1 }), 1, [], 5000).metrics(0, 5000)['requests.failed']).toBe(0);
    expect(play(shop({ maxWrites: 50, prefixes: 3 }), 1, [], 5000).metrics(0, 5000)['requests.failed']).toBe(
      0,
    );
    const views = { ...UPLOADS, upload: 0, 'view-upload': 1 };
    const reads = play(shop({ maxReads: 50 }, { mix: views, storedUploads: 10 }), 1, [], 9000).metrics(
      0,
      9000,
    );
    expect(reads['requests.failed.dependency']).toBeGreaterThan(100);
  });

  it('is read by every container as soon as it is written, and keeps it when it is away (S-114)', () => {
    const mix = { ...UPLOADS, 'view-upload': 3 };
    const run = play(shop({}, { mix }), 1, [[3000, 'paddock store photos down --for 200ms']], 8000);
    const m = run.metrics(0, 8000);
    expect(m['uploads.not-found']).toBe(0);
    expect(m['uploads.lost']).toBe(0);
    expect(m['uploads.stored']).toBeGreaterThan(100);
    // A short absence is ridden out by some of the clients that met it, not by all: two more attempts are soon spent.
    expect(m['requests.failed']).toBeLessThan(20);
    expect(run.metrics(4500, 8000)['requests.failed']).toBe(0);
  });
});

describe('one key that many write', () => {
  const UNTIL = 20_000;
  const writes = (home: string, t: Partial<Traffic>, a: Partial<AppService> = {}): Scenario => {
    const s = shop({ latencyMs: 40 }, { mix: UPLOADS, rate: 50, ...t });
    const services = s.services.map((x) =>
      x.role === 'app' ? { ...x, ...a, state: homes({ sessions: 'signed', uploads: home }) } : x,
    );
    return { ...s, services };
  };
  const of = (s: Scenario): Metrics => play(s, 1, [], UNTIL).metrics(0, UNTIL);
  const n = (m: Metrics, name: keyof Metrics): number => m[name] ?? 0;

  it.each(['s3', 'shared'])(
    'keeps the last write, and tells nobody that another one is gone: %s (S-114)',
    (home) => {
      const run = play(writes(home, { uploadKeys: 1 }), 1, [], UNTIL);
      const m = run.metrics(0, UNTIL);
      // All but one are gone, and every one of them had been answered well.
      expect(n(m, 'uploads.overwritten')).toBe(n(m, 'uploads.stored') - 1);
      expect([m['requests.failed'], m['uploads.lost']]).toEqual([0, 0]);
      const raced = entries(run).filter((e) => e.kind === 'upload-raced');
      expect(raced).toHaveLength(n(m, 'uploads.raced'));
      expect(raced.length).toBeGreaterThan(100);
    },
  );

  it('is written over the less often the more keys there are, and never where each upload has its own', () => {
    const raced = [1, 10, 100].map((uploadKeys) => n(of(writes('s3', { uploadKeys })), 'uploads.raced'));
    expect(raced[0]).toBeGreaterThan(3 * raced[1]!);
    expect(raced[1]).toBeGreaterThan(3 * raced[2]!);
    const own = of(writes('s3', { uploadKeys: 0 }));
    expect([own['uploads.overwritten'], own['uploads.raced']]).toEqual([0, 0]);
  });

  it('is raced for by those that are under way at once: rate times the time from asking to arriving (S-114)', () => {
    // Fixed work: a write that was sent before the one before it had arrived was sent less than that time after it.
    const fixed = { serviceTime: { kind: 'fixed', ms: 30 }, transferMs: 0 } as const;
    const m = of(writes('s3', { uploadKeys: 1 }, fixed));
    const ms = 30 + 3 * 0.2;
    const share = n(m, 'uploads.raced') / n(m, 'uploads.stored');
    const expected = 1 - Math.exp((-50 * ms) / 1000);
    expect(Math.abs(share - expected)).toBeLessThan(
      4 * Math.sqrt((expected * (1 - expected)) / n(m, 'uploads.stored')),
    );
  });

  it('goes by when S3 got it, not by when the writer heard of that (S-114)', () => {
    // The first writer hangs after its write has been sent, and hears of it long after the second one.
    const slow = shop({ latencyMs: 400 }, { users: 2, rate: 4, uploadKeys: 1, timeoutMs: 60_000 });
    const hang = [
      [3300, 'paddock hang shop-app-1'],
      [7000, 'paddock resume shop-app-1'],
    ] as const;
    const run = play(slow, 3, hang, 9000);
    const m = run.metrics(6990, 9000);
    const late = entries(run).filter(
      (e) => e.kind === 'upload-raced' && e.container === 0 && e.t >= 7000 && e.t < 7410,
    );
    expect(late.length).toBeGreaterThan(0);
    expect(n(m, 'uploads.overwritten')).toBeGreaterThan(0);
    // Whose write is gone: that of the one who asked first and heard last.
    const again = createRun(slow, 3);
    again.trace(late[0]!.request);
    createDriver(
      again,
      hang.map(([at, line]) => ({ at, do: line })),
    ).advance(9000);
    expect(again.traced()?.user).toBe(late[0]!.user);
  });

  it('is not raced for by a client that sends the same again', () => {
    const slow = { serviceTime: { kind: 'fixed', ms: 300 } } as const;
    const retry = { attempts: 2, backoffMs: 50, jitter: 0, maxMs: 1000 };
    const m = of(writes('s3', { uploadKeys: 1, users: 1, rate: 0.5, timeoutMs: 200, retry }, slow));
    expect(n(m, 'uploads.overwritten')).toBeGreaterThan(10);
    // Two writes that the user meant to be two may meet all the same.
    expect(n(m, 'uploads.raced')).toBeLessThan(4);
  });

  it('in each container’s own layer is another file in each', () => {
    const m = of(writes('layer', { uploadKeys: 1 }));
    expect(n(m, 'uploads.overwritten')).toBe(n(m, 'uploads.stored') - 3);
    const looks = of(writes('layer', { uploadKeys: 1, mix: { ...UPLOADS, 'view-upload': 3 } }));
    // Every container has a file of that name from its first upload on.
    expect(n(looks, 'uploads.not-found')).toBeLessThan(10);
    expect(
      of(writes('layer', { uploadKeys: 0, mix: { ...UPLOADS, 'view-upload': 3 } }))['uploads.not-found'],
    ).toBeGreaterThan(100);
  });

  it('is there once at the start', () => {
    expect(of(writes('s3', { uploadKeys: 4, storedUploads: 10, rate: 0 }))['uploads.stored']).toBe(4);
  });
});
