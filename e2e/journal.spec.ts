/** The journal: by topic, back to causes, on to a request. */
import { expect, test } from '@playwright/test';
import { afterTheWorst, nothingToObject, press } from './bench.ts';

test('what happened, by topic, and what led to it', async ({ page }) => {
  await afterTheWorst(page);
  await press(page, 'Journal');
  const entries = page.getByRole('list', { name: 'Journal entries' });
  await expect(entries.getByRole('listitem').first()).toBeVisible();

  await press(page, 'Commands');
  await expect(entries.getByRole('listitem')).toHaveCount(3);
  await expect(entries).toContainText('docker kill shop-app-1');

  await press(page, 'Losses');
  const loss = entries.getByRole('button', { name: /session/ }).first();
  await loss.focus();
  await page.keyboard.press('Enter');
  await expect(loss).toHaveAttribute('aria-expanded', 'true');
  await expect(entries).toContainText(/because at [\d.]+ s: .*docker kill shop-app-/);
  await nothingToObject(page, '.bench-drawer');
  await page.keyboard.press('Enter');
  await expect(loss).toHaveAttribute('aria-expanded', 'false');

  await press(page, 'Drift');
  await expect(page.getByRole('region', { name: 'Journal' })).toContainText(
    'Nothing of the kind has happened yet.',
  );

  await press(page, 'Failures');
  const failure = entries.getByRole('button').first();
  await failure.focus();
  await page.keyboard.press('Enter');
  const follow = entries.getByRole('button', { name: /^Follow request \d+$/ });
  await follow.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Inspect' })).toContainText(/Request \d+, .* sent at/);
});
