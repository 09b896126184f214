import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const HERD = at('lessons/scenarios/herd.compose.yaml');

function program(...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [at('scripts/sim.mjs'), ...argv], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

it('gives the same runs from workers as from one thread', async () => {
  const argv = ['run', HERD, '--until', '5s', '--seeds', '5', '--json', '--do', '2s docker kill shop-app-2'];
  const { status, stdout } = program(...argv);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual(JSON.parse((await runCli(argv, null)).stdout));
});

it('keeps stdout for its answer and ends with code 2 for bad input', () => {
  const { status, stdout, stderr } = program('run', HERD, '--set', 'x-paddock.traffic.users=many');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(
    "--set x-paddock.traffic.users=many:1:25: x-paddock.traffic.users: 'many' is not a whole number from 1 to 1000000\n",
  );
});
