/** The same scenario, seed and commands give the same run in Node and in every browser (design: time is a value). */
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { millionEvents } from './million-events.ts';

const here = millionEvents();

/** The same file as a script that leaves its function on the page. */
async function bundled(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, 'million-events.ts'), formats: ['iife'], name: 'paddockRuns' },
    },
  });
  const output = Array.isArray(result) ? result[0]?.output : 'output' in result ? result.output : undefined;
  const chunk = output?.[0];
  if (chunk?.type !== 'chunk') throw new Error('nothing was bundled');
  return chunk.code;
}

test('a million events end at the same hash here as in Node', async ({ page }) => {
  await page.goto('about:blank');
  await page.addScriptTag({ content: await bundled() });
  const there = await page.evaluate(() =>
    (globalThis as unknown as { paddockRuns: { millionEvents(): string[] } }).paddockRuns.millionEvents(),
  );
  expect(here.map((line) => Number(line.split(' ')[0])).reduce((a, b) => a + b)).toBeGreaterThanOrEqual(
    1_000_000,
  );
  expect(there).toEqual(here);
});
