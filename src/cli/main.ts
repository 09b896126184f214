/** The headless runner's entry: the program itself, and what it starts in its workers. */
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { runCli } from './run-cli.ts';
import type { Share } from './seeds.ts';
import { createSimulator } from './simulate.ts';

if (isMainThread) {
  const { code, stdout, stderr } = await runCli(process.argv.slice(2), new URL(import.meta.url));
  if (stdout !== '') process.stdout.write(`${stdout}\n`);
  if (stderr !== '') process.stderr.write(`${stderr}\n`);
  process.exitCode = code;
} else {
  const { job, seeds } = workerData as Share;
  const simulate = createSimulator(job);
  for (const seed of seeds) parentPort?.postMessage(simulate(seed));
}
