/** What is looked at keeps its room: whatever is opened, and in low windows, the stage stays large enough to be read. */
import { expect, test } from '@playwright/test';
import { playTo, settled, verb } from './bench.ts';

/** CSS px: the stage's words are 12 px or larger from here on. */
const WIDE_LEAST = 360;
const COMPACT_LEAST = 330;

const heightOf = async (box: Promise<{ height: number } | null>): Promise<number> => (await box)?.height ?? 0;

for (const [width, height] of [
  [1440, 900],
  [1280, 720],
  [1024, 600],
] as const)
  test(`the stage beside its drawers, ${width} by ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto('#/sandbox?seed=3&autoplay=false');
    await settled(page);
    const stage = page.getByRole('region', { name: 'Herd', exact: true });
    expect(await heightOf(stage.boundingBox())).toBeGreaterThanOrEqual(WIDE_LEAST);
    for (const name of ['Instruments', 'Inspect', 'Journal', 'Console']) {
      await verb(page, name).click();
      const drawer = page.getByRole('region', { name, exact: true });
      await expect(drawer).toBeInViewport({ ratio: 0.95 });
      expect(await heightOf(stage.boundingBox()), name).toBeGreaterThanOrEqual(WIDE_LEAST);
      expect(await heightOf(drawer.boundingBox()), name).toBeGreaterThanOrEqual(250);
      await expect(verb(page, 'Play'), name).toBeInViewport({ ratio: 1 });
    }
  });

test('the stage of a page at a zoom of two', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 450 });
  await page.goto('#/sandbox?seed=3&autoplay=false');
  await settled(page);
  const stage = page.getByRole('region', { name: 'Herd', exact: true });
  expect(await heightOf(stage.boundingBox())).toBeGreaterThanOrEqual(COMPACT_LEAST);
});

test('time goes on from a drawer that lies over the playback', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('#/sandbox?seed=3&autoplay=false');
  await settled(page);
  await verb(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Journal' }).click();
  const drawer = page.getByRole('region', { name: 'Journal', exact: true });
  await drawer.getByRole('button', { name: 'Play here' }).click();
  await playTo(page, 1);
  await drawer.getByRole('button', { name: 'Pause here' }).click();
  await settled(page);
  await expect(drawer).toContainText(/[1-9]\d*\.\d s/);
});

test('the keyboard goes into what is opened, and back to where it came from', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('#/sandbox?seed=3&autoplay=false');
  await settled(page);
  await verb(page, 'In words').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'The herd in words' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(verb(page, 'Back to the picture')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(verb(page, 'Back to the picture')).toHaveCount(0);
  await expect(verb(page, 'In words')).toBeFocused();

  await verb(page, 'Journal').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Journal', exact: true })).toBeFocused();
  // From one drawer to the next: the way back is to the second one's button.
  await verb(page, 'Console').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Console', exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(verb(page, 'Console')).toBeFocused();
});
