import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { app, balancer, scenario, store } from '../../test/support/fixtures.ts';
import { createRun } from '../sim/create-run.ts';
import { parseCommand } from './parse-command.ts';

/** Lines that people type and that cannot be carried out, or not as they stand; and how each is answered. */
const LINES = readFileSync(new URL('./wrong-lines.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const PLATFORMS = ['compose', 'swarm', 'kubernetes'];

function answers(line: string): string[] {
  const parsed = parseCommand(line);
  if (!parsed.ok) return [`  column ${parsed.column}: ${parsed.message}`];
  return PLATFORMS.map((platform) => {
    const run = createRun(
      scenario([app(), store(), balancer()], { platform, hosts: platform === 'compose' ? 1 : 2 }),
      1,
    );
    const { ok, text } = run.apply(parsed.command, line);
    return `  ${platform}${ok ? '' : ' refuses'}: ${text.replaceAll('\n', '\n    ')}`;
  });
}

it('a wrong line is answered with what is wrong and what to write instead', async () => {
  const text = LINES.map((line) => [`$ ${line}`, ...answers(line)].join('\n')).join('\n');
  await expect(`${text}\n`).toMatchFileSnapshot('./wrong-lines.golden.txt');
});
