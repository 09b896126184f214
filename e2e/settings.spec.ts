/** Settings: those in force at once, those that start again, and those that cannot be. */
import { expect, test, type Page } from '@playwright/test';
import { log, nothingToObject, output, settled, verb } from './bench.ts';

async function open(page: Page, owner: string): Promise<void> {
  await page.goto('#/sandbox?seed=3&autoplay=false');
  await settled(page);
  const summary = page.getByRole('region', { name: 'Settings' }).locator('summary', { hasText: owner });
  await summary.focus();
  await page.keyboard.press('Enter');
}

test('another platform starts again, and speaks its own commands', async ({ page }) => {
  await open(page, 'Platform');
  await verb(page, 'Kill').click();
  await settled(page);
  await nothingToObject(page, '.bench-text');
  await page.getByLabel('Platform', { exact: true }).selectOption('kubernetes');
  await expect(page.getByRole('article', { name: 'Sandbox' })).toContainText('3 containers on Kubernetes');
  expect((await settled(page)).ms).toBe(0);
  await expect(output(page, 'Containers running')).toHaveText('3 of 3');
  await verb(page, 'Scale up').click();
  await settled(page);
  await page.getByRole('button', { name: 'Console', exact: true }).click();
  await expect(log(page)).toContainText('kubectl scale');
  await expect(log(page)).not.toContainText('docker');
});

test('a live setting is the console line beside it', async ({ page }) => {
  await open(page, 'Traffic');
  const think = page.getByLabel('Think time', { exact: true });
  await think.focus();
  await page.keyboard.press('Home');
  await settled(page);
  await expect(think).toHaveAccessibleDescription('x-paddock.traffic.think=0.2s');
  await page.getByRole('button', { name: 'Console', exact: true }).click();
  await expect(log(page)).toContainText('$ paddock set x-paddock.traffic.think=0.2s');
});

test('an impossible one says where and why, and is taken back', async ({ page }) => {
  await open(page, 'Balancer');
  await page.getByLabel('Kind', { exact: true }).selectOption('l4');
  const problem = page.getByRole('alert').filter({ hasText: 'This compose file cannot be run' });
  await expect(problem).toContainText(/herd\.compose\.yaml, line \d+, column \d+/);
  await nothingToObject(page, '.bench-top');
  const back = problem.getByRole('button', { name: 'Take kind back' });
  await back.focus();
  await page.keyboard.press('Enter');
  await settled(page);
  await expect(problem).toBeHidden();
  await expect(output(page, 'Containers running')).toHaveText('3 of 3');
});
