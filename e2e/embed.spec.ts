import { expect, test } from '@playwright/test';
import { output, settled, value, verb } from './bench.ts';

test('the single file runs in a frame that may only run scripts', async ({ page, request }) => {
  const file = await (await request.get('/embed.html')).text();
  await page.setContent(
    '<!doctype html><iframe title="herd" sandbox="allow-scripts" width="640" height="480"></iframe>',
  );
  await page.locator('iframe').evaluate((frame, text) => frame.setAttribute('srcdoc', text), file);
  const herd = page.frameLocator('iframe');
  await expect(output(herd, 'Containers running')).toHaveText('3 of 3');
  await expect(herd.getByRole('timer')).not.toHaveText('0.0 s');
  await verb(herd, 'Kill').click();
  await expect.poll(() => value(herd, 'Lost sessions')).toBeGreaterThan(0);
  for (const name of ['Kill', 'Edit by hand', 'Scale up', 'Deploy', 'Pause', 'Reset'])
    await expect(verb(herd, name)).toBeVisible();
});

test('parameters say what the frame shows', async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 480 });
  await page.goto(
    '/embed.html?scenario=herd&state.sessions=redis&seed=5&controls=Kill,Step&theme=dusk&autoplay=false',
  );
  expect(await settled(page)).toMatchObject({ seed: 5, ms: 0 });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dusk');
  await expect(verb(page, 'Step')).toBeVisible();
  await expect(verb(page, 'Deploy')).toHaveCount(0);
  await verb(page, 'Kill').click();
  await settled(page);
  expect(await value(page, 'Lost sessions')).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(480);
});

test('a parameter that means nothing is named, and the herd runs all the same', async ({ page }) => {
  await page.goto('/embed.html?scenario=zebra&speed=9');
  await expect(page.getByRole('alert')).toContainText('scenario:');
  await expect(page.getByRole('alert')).toContainText('speed: unknown');
  await expect(output(page, 'Containers running')).toHaveText('3 of 3');
});
