/** Runs of a million events between them, told in a few words: what has to come out the same in every JavaScript engine. */
import { createRun } from '../src/sim/create-run.ts';
import type { Scenario } from '../src/sim/model/scenario.ts';
import type { Run } from '../src/sim/run.ts';
import { app, balancer, homes, scenario, store } from '../test/support/fixtures.ts';

const EVENTS = 1_000_000;
const STEP_MS = 10_000;

const mix = { browse: 6, 'sign-in': 1, upload: 1, 'view-upload': 1, post: 1, checkout: 1 };

/** Herds that between them draw from every distribution, wait in every queue, and lose things. */
const herds: readonly Scenario[] = [
  scenario(
    [
      app({
        replicas: 6,
        concurrency: 2,
        serviceTime: { kind: 'lognormal', median: 30, p95: 120 },
        state: homes({ sessions: 'memory', uploads: 's3', records: 'layer' }),
      }),
      store(),
      store({ name: 'photos', image: 'minio/minio:1', kind: 's3', latencyMs: 5 }),
      balancer({ sticky: 'cookie', balance: 'leastconn' }),
    ],
    { platform: 'swarm' },
    { users: 400, rate: 80, mix, wave: { amplitude: 0.5, periodMs: 60_000 } },
  ),
  scenario(
    [
      app({
        replicas: 4,
        concurrency: 1,
        serviceTime: { kind: 'exponential', mean: 40 },
        state: homes({ sessions: 'redis' }),
      }),
      store(),
      balancer({ balance: 'random', maxconn: 1 }),
    ],
    { platform: 'compose' },
    {
      users: 200,
      rate: null,
      thinkMs: 2000,
      mix,
      retry: { attempts: 2, backoffMs: 100, jitter: 0.5, maxMs: 10_000 },
    },
  ),
];

/** Something goes wrong every half minute. */
function trouble(run: Run, k: number): void {
  const name = `shop-app-${1 + (k % 4)}`;
  run.apply(
    k % 2 === 0
      ? {
          verb: 'kill',
          tool: 'docker',
          targets: { kind: 'names', names: [name] },
          signal: 'KILL',
        }
      : { verb: 'restart', tool: 'docker', targets: { kind: 'names', names: [name] }, timeoutMs: null },
    name,
  );
}

/** One line a herd: events, run hash, the clock's last bits, and what its users met. */
export function millionEvents(): string[] {
  return herds.map((herd) => {
    const run = createRun(herd, 7);
    for (let k = 1; run.events < EVENTS / herds.length; k++) {
      run.advance(k * STEP_MS);
      if (k % 3 === 0) trouble(run, k / 3);
    }
    const last = run.step() ?? NaN;
    const metrics = run.metrics(0, run.now);
    return [
      run.events,
      run.hash(),
      last,
      run.journalLength(),
      metrics['requests.total'],
      metrics['requests.failed'],
      metrics['sessions.lost'],
      metrics['latency.p95'],
    ].join(' ');
  });
}
