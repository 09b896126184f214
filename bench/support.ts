import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** CPU seconds of this process (all threads) that `work` costs. */
export function cpu(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? NaN;
}

/** The least of some CPU times: what others do on the machine only ever adds to them. */
export const least = (values: readonly number[]): number => Math.min(...values);

/**
 * Least CPU ns an event for each of the works, over `rounds` turns that they take by turns. The first rounds warm the
 * compiler up and are thrown away. A work makes itself ready, untimed, and returns what is timed, which returns how many
 * events it was.
 */
export function nsPerEvent<K extends string>(
  works: Readonly<Record<K, () => () => number>>,
  rounds = 15,
): Record<K, number> {
  const names = Object.keys(works) as K[];
  const seen = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let round = -3; round < rounds; round++) {
    for (const name of names) {
      const work = works[name]();
      let events = 0;
      const seconds = cpu(() => (events = work()));
      if (round >= 0) seen.get(name)?.push((seconds * 1e9) / events);
    }
  }
  return Object.fromEntries(names.map((name) => [name, least(seen.get(name) ?? [])])) as Record<K, number>;
}

/** Prints one judged figure; a miss makes the bench fail. `atLeast` turns the bound round. */
export function judge(what: string, value: number, bound: number, unit: string, atLeast = false): void {
  const ok = atLeast ? value >= bound : value <= bound;
  const sign = atLeast ? '>=' : '<=';
  console.log(`  ${ok ? 'ok  ' : 'MISS'} ${what}: ${value.toFixed(2)}${unit} (${sign} ${bound}${unit})`);
  if (!ok) process.exitCode = 1;
}

/** Prints a figure that nobody judges: absolute times are the machine's. */
export function note(what: string, text: string): void {
  console.log(`       ${what}: ${text}`);
}

export interface AnchorRound {
  readonly ns: number;
  readonly meanWait: number;
  readonly end: number;
}

/** The loop in C, compiled on the spot: each call is one round in a process of its own. Null where there is no compiler. */
export function buildAnchorC(): {
  run(workers: number, rho: number, requests: number, seed: number): AnchorRound;
  remove(): void;
} | null {
  const folder = mkdtempSync(join(tmpdir(), 'anchor-'));
  const remove = (): void => rmSync(folder, { recursive: true });
  const binary = join(folder, 'anchor');
  const flags = ['-O2', '-ffp-contract=off', '-o', binary, join('bench', 'anchor.c'), '-lm'];
  if (spawnSync('gcc', flags, { stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0) {
    remove();
    return null;
  }
  return {
    remove,
    run(workers, rho, requests, seed) {
      const { stdout } = spawnSync(binary, [workers, rho, requests, seed].map(String), { encoding: 'utf8' });
      const [ns = NaN, meanWait = NaN, end = NaN] = stdout.split(' ').map(Number);
      return { ns, meanWait, end };
    },
  };
}
