import { app, balancer, homes, scenario, store } from '../test/support/fixtures.ts';
import type { Scenario } from '../src/sim/model/scenario.ts';

/** What the benches run: a herd behind HAProxy with checks, sessions in memory behind a cookie, or in Redis. */
function herd(replicas: number, users: number, rate: number, sessions: 'memory' | 'redis'): Scenario {
  return scenario(
    [
      app({
        replicas,
        concurrency: 8,
        serviceTime: { kind: 'exponential', mean: 40 },
        state: homes({ sessions, uploads: 's3', records: 'layer' }),
      }),
      store(),
      store({ name: 'photos', image: 'minio/minio:1', kind: 's3', latencyMs: 5 }),
      balancer({ sticky: sessions === 'memory' ? 'cookie' : 'none' }),
    ],
    { platform: 'swarm' },
    { users, rate, mix: { browse: 7, 'sign-in': 0, upload: 1, 'view-upload': 1, post: 0, checkout: 1 } },
  );
}

/** A lesson: 10 containers, 50 requests a second, 10 minutes. */
export const LESSON_MS = 600_000;
export const lesson = (sessions: 'memory' | 'redis'): Scenario => herd(10, 300, 50, sessions);

/** A large herd: 1,000 containers and 10^5 sessions. */
export const large = (sessions: 'memory' | 'redis'): Scenario => herd(1000, 100_000, 5000, sessions);
