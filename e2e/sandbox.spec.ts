import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { createDriver } from '../src/commands/driver.ts';
import { parseScenario } from '../src/scenario/parse.ts';
import { createRun } from '../src/sim/create-run.ts';
import { output, playTo, setSpeed, settled, value, verb } from './bench.ts';

test('a killed container takes its sessions with it; with Redis, at the same instant, it takes none', async ({
  page,
}) => {
  await page.goto('/#/sandbox?autoplay=false');
  await settled(page);
  await expect(output(page, 'Containers running')).toHaveText('3 of 3');
  await verb(page, 'Kill').click();
  const first = await settled(page);
  expect(await value(page, 'Lost sessions')).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Why were they lost?' }).first().click();
  await expect(page.getByRole('list', { name: 'Explanations' })).toContainText('docker kill shop-app-1');

  await page.getByRole('group', { name: 'State model' }).getByLabel('Sessions').selectOption('redis');
  const { ms } = await settled(page);
  expect(ms).toBe(first.ms);
  await expect(output(page, 'Lost sessions')).toHaveText('0');
  await verb(page, 'Kill').click();
  await settled(page);
  await setSpeed(page, '10×');
  await verb(page, 'Play').click();
  await playTo(page, 15);
  await verb(page, 'Pause').click();
  await settled(page);
  expect(await value(page, 'Lost sessions')).toBe(0);
  await expect(output(page, 'Containers running')).toHaveText('3 of 3');
});

test('the browser and Node play the same run', async ({ page }) => {
  await page.goto('/#/sandbox?autoplay=false');
  await settled(page);
  await verb(page, 'Kill').click();
  await settled(page);
  await setSpeed(page, '5×');
  await verb(page, 'Play').click();
  await playTo(page, 8);
  await verb(page, 'Scale up').click();
  await playTo(page, 20);
  await verb(page, 'Pause').click();
  const { ms, hash, seed } = await settled(page);
  await page.getByRole('button', { name: 'Console' }).click();
  const answered = page.getByRole('log', { name: 'Commands and their answers' }).locator('li');
  await expect(answered).toHaveCount(2);
  const at = Number(await answered.nth(1).getAttribute('data-at'));

  const text = readFileSync(new URL('../lessons/scenarios/herd.compose.yaml', import.meta.url), 'utf8');
  const { scenario } = parseScenario(text, 'herd.compose.yaml');
  if (!scenario) throw new Error('the shipped herd does not parse');
  const run = createRun(scenario, seed);
  createDriver(run, [
    { at: 0, do: 'docker kill shop-app-1' },
    { at, do: 'docker service scale shop_app=4' },
  ]).advance(ms);
  expect(run.hash()).toBe(hash);
});

test('a container has a menu of its verbs, by keyboard', async ({ page }) => {
  await page.goto('/#/sandbox?autoplay=false');
  await settled(page);
  const container = page.getByRole('button', { name: 'shop-app-3', exact: true });
  await container.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Kill' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Crash' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(container).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await settled(page);
  await expect(output(page, 'Config drift')).toHaveText('1');
  await expect(container).toBeFocused();
});

test('the console answers as the tools do', async ({ page }) => {
  await page.goto('/#/sandbox?autoplay=false');
  await settled(page);
  await page.getByRole('button', { name: 'Console' }).click();
  const line = page.getByLabel('Command', { exact: true });
  await line.fill('docker ps');
  await line.press('Enter');
  await expect(page.getByRole('log', { name: 'Commands and their answers' })).toContainText('shop-app-2');
  await line.fill('docker kil shop-app-2');
  await line.press('Enter');
  await expect(page.getByRole('alert')).toContainText("did you mean 'docker kill'");
  await line.press('Escape');
  await expect(page.getByRole('button', { name: 'Console' })).toBeFocused();
});

test('steps, speeds and resets', async ({ page }) => {
  await page.goto('/#/sandbox?autoplay=false');
  const start = await settled(page);
  await verb(page, 'Step').click();
  await expect.poll(async () => (await settled(page)).ms).toBeGreaterThan(0);
  await verb(page, 'Kill').click();
  await settled(page);
  await verb(page, 'Reset').click();
  await expect.poll(async () => (await settled(page)).hash).toBe(start.hash);
  await expect(output(page, 'Lost sessions')).toHaveText('0');
});

test('a scaled and redeployed herd', async ({ page }) => {
  await page.goto('/#/sandbox');
  await setSpeed(page, '10×');
  await verb(page, 'Scale up').click();
  await expect(output(page, 'Containers running')).toHaveText('4 of 4', { timeout: 20_000 });
  await verb(page, 'Deploy').click();
  await page.getByRole('button', { name: 'In words' }).click();
  await expect(page.getByRole('region', { name: 'The herd in words' })).toContainText('version 1.1', {
    timeout: 20_000,
  });
  await verb(page, 'Scale down').click();
  await expect(output(page, 'Containers running')).toContainText(/, 3 wanted| of 3/);
});
