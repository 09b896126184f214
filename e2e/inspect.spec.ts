/** Looking closer: every view of the inspector, by keyboard where a keyboard can do it. */
import { expect, test } from '@playwright/test';
import { afterTheWorst, log, nothingToObject, playTo, press, settled, type, verb } from './bench.ts';

test('from a failure to its cause, and the request from its user to its end', async ({ page }) => {
  await afterTheWorst(page);
  await press(page, 'Inspect');
  await press(page, 'Failed');
  const explanations = page.getByRole('list', { name: 'Explanations' });
  await expect(explanations).toContainText('docker kill shop-app-');
  await press(page, 'Lost');
  await expect(explanations).toContainText('docker kill shop-app-');
  await press(page, 'Failed');
  await expect(explanations).toContainText('docker kill shop-app-');
  await nothingToObject(page, '.bench-drawer');

  const follow = explanations.getByRole('button', { name: /^Follow request \d+$/ }).first();
  const number = /\d+/.exec((await follow.getAttribute('aria-label')) ?? '')?.[0] ?? '';
  await follow.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'Inspect' });
  await expect(panel).toContainText(new RegExp(`Request ${number}, [a-z- ]+ by user \\d+, sent at`));
  await expect(panel.getByRole('list', { name: 'Why' })).toContainText('docker kill shop-app-');
  await expect(panel).toContainText(/Rule [RS]-\d+\./);
  await expect(panel.getByRole('link', { name: 'Pets and cattle' })).toBeVisible();
  await nothingToObject(page, '.bench-drawer');
});

test('a request by its number, and one that was never sent', async ({ page }) => {
  await afterTheWorst(page);
  await press(page, 'Inspect');
  await press(page, 'One request');
  const panel = page.getByRole('region', { name: 'Inspect' });
  const number = page.getByLabel('Request', { exact: true });
  await expect(verb(page, 'Follow')).toBeDisabled();
  await number.fill('5');
  await number.press('Enter');
  await expect(panel).toContainText(/Request 5, [a-z- ]+ by user \d+, sent at/);
  await number.fill('999999');
  await number.press('Enter');
  await expect(panel).toContainText('No request with the number 999999 has been sent yet.');
  await nothingToObject(page, '.bench-drawer');
});

test('one container: what was changed by hand, and who would notice', async ({ page }) => {
  await page.goto('#/sandbox?seed=3&autoplay=false');
  await settled(page);
  await verb(page, 'Edit by hand').click();
  await settled(page);
  await press(page, 'Inspect');
  await press(page, 'One container');
  await expect(page.getByRole('region', { name: 'Layer against image' })).toContainText('by hand');
  await expect(page.getByRole('region', { name: 'Who would notice' })).toContainText('blind to');
  await nothingToObject(page, '.bench-drawer');
  await page.getByRole('combobox', { name: 'Container' }).selectOption('shop-app-2');
  await expect(page.getByRole('region', { name: 'Layer against image' })).not.toContainText('by hand');
  await expect(page.getByRole('region', { name: 'Against the file and its siblings' })).toContainText(
    'shop-app-1',
  );
});

test('the last seconds: an edge is dragged, tried, and put in force', async ({ page }) => {
  await page.goto('#/sandbox?seed=3&autoplay=false');
  await settled(page);
  await press(page, 'Inspect');
  await press(page, 'The last seconds');
  const panel = page.getByRole('region', { name: 'Inspect' });
  await expect(panel).toContainText(/would end shop-app-\d/);
  const prestop = panel.getByLabel('preStop');
  await expect(prestop).toHaveValue('0');

  const edge = panel.locator('g.cursor-ew-resize', { has: page.getByText('Drag: preStop') });
  await edge.scrollIntoViewIfNeeded();
  const box = (await edge.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y, { steps: 3 });
  await page.mouse.move(x + 120, y, { steps: 3 });
  await page.mouse.up();
  await expect(prestop).not.toHaveValue('0');
  await expect(panel).toContainText(/SIGTERM comes after [\d.]+ s/);

  // The dials say and do the same.
  await prestop.focus();
  await page.keyboard.press('End');
  await expect(prestop).toHaveValue('15000');
  await nothingToObject(page, '.bench-drawer');
  await press(page, 'Use these settings');
  await settled(page);
  await page.getByRole('button', { name: 'Console', exact: true }).click();
  await expect(log(page)).toContainText('services.app.x-paddock.prestop=15000ms');
});

test('what would survive: tried on copies, and again a while later', async ({ page }) => {
  await page.goto('#/sandbox?seed=3&autoplay=false');
  await settled(page);
  await press(page, 'Inspect');
  await press(page, 'What would survive');
  const table = page.getByRole('table', { name: 'What would survive what' });
  await expect(table.getByRole('row', { name: /^sessions/i })).toContainText('lost', { timeout: 30_000 });
  await expect(table.getByRole('row', { name: /^uploads/i })).toContainText('kept');
  const panel = page.getByRole('region', { name: 'Inspect' });
  await expect(panel).toContainText('Tried at 0.0 s');
  await nothingToObject(page, '.bench-drawer');

  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await playTo(page, 1);
  await verb(page, 'Pause').click();
  await settled(page);
  await press(page, 'Try again now');
  await expect(panel).not.toContainText('Tried at 0.0 s', { timeout: 30_000 });
  await expect(panel).toContainText(/Tried at [1-9]/);
});

test('how containers live: each in its phase', async ({ page }) => {
  await page.goto('#/sandbox?seed=3&autoplay=false');
  await settled(page);
  await type(page, 'docker kill shop-app-2');
  await settled(page);
  await press(page, 'Inspect');
  await press(page, 'Lifecycle');
  const panel = page.getByRole('region', { name: 'Inspect' });
  await expect(panel).toContainText(/Life of a container\..* 1, 3 in running; 2 in ended\./);
  await nothingToObject(page, '.bench-drawer');
});

test('what survives on Docker alone: everything is tried, and what cannot be says why', async ({ page }) => {
  await page.goto('#/sandbox?scenario=pet-docker&autoplay=false');
  await settled(page);
  await press(page, 'Inspect');
  await press(page, 'What would survive');
  const table = page.getByRole('table', { name: 'What would survive what' });
  const sessions = table.getByRole('row', { name: /^sessions/i });
  await expect(sessions).toContainText('all lost', { timeout: 30_000 });
  await expect(sessions).toContainText('no store here');
  await expect(table).not.toContainText('–');
  await page.getByText('What was typed in each trial').click();
  const panel = page.getByRole('region', { name: 'Inspect' });
  await expect(panel).toContainText('docker rm -f bessie');
  await expect(panel).toContainText('docker run -d --name bessie');

  await type(page, 'docker kill bessie');
  await page.keyboard.press('Escape');
  await press(page, 'Inspect');
  await press(page, 'The last seconds');
  await expect(panel).toContainText('No container is running');
});

test('a loss leads to the sentence of the lesson that foretold it', async ({ page }) => {
  await page.goto('#/lesson/pets-and-cattle');
  await press(page, 'Next');
  await page.getByRole('radio').nth(2).check();
  await press(page, 'That is my guess');
  await verb(page, 'Kill Bessie').click();
  await page.getByRole('button', { name: 'Why were they lost?' }).click();
  const panel = page.getByRole('region', { name: 'Inspect' });
  await expect(panel).toContainText('The lesson says');
  await expect(panel).toContainText('all of them');
  await press(page, 'Show it in the text');
  await expect(page.getByRole('article', { name: 'Lesson' }).locator('[data-marked]')).toContainText(
    'all of them',
  );
  await nothingToObject(page, '.bench-drawer');
});
