import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { entries, play } from '../../../test/support/many-seeds.ts';
import type { Scenario, StoreService, Traffic } from '../model/scenario.ts';

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
