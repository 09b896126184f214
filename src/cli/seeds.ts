/** Many seeds of one job on the cores there are. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { createSimulator, type Job, type RunResult } from './simulate.ts';

/** Data of a worker. */
export interface Share {
  readonly job: Job;
  readonly seeds: readonly number[];
}

/**
 * Results in the order of `seeds`, whatever the number of workers. `self` is the URL of the program to start in a worker,
 * which posts one RunResult per seed of its share; null = all in this thread.
 */
export async function runSeeds(
  job: Job,
  seeds: readonly number[],
  self: URL | null,
  workers = availableParallelism(),
): Promise<RunResult[]> {
  const count = self ? Math.min(workers, seeds.length) : 1;
  if (!self || count < 2) return seeds.map(createSimulator(job));
  const shares = Array.from({ length: count }, (_, worker) =>
    seeds.filter((_seed, i) => i % count === worker),
  );
  const results = (await Promise.all(shares.map((share) => runShare(self, { job, seeds: share })))).flat();
  const bySeed = new Map(results.map((result) => [result.seed, result]));
  return seeds.flatMap((seed) => bySeed.get(seed) ?? []);
}

function runShare(self: URL, share: Share): Promise<RunResult[]> {
  return new Promise((resolve, reject) => {
    const results: RunResult[] = [];
    const worker = new Worker(self, { workerData: share });
    worker.on('message', (result: RunResult) => results.push(result));
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (code === 0 && results.length === share.seeds.length) resolve(results);
      else
        reject(
          new Error(
            `a worker ended with code ${code} after ${results.length} of ${share.seeds.length} seeds`,
          ),
        );
    });
  });
}
