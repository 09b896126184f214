import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { nothingToObject, settled, verb } from './bench.ts';

const PAGES = [
  { name: 'home', path: '/' },
  { name: 'sandbox', path: '/#/sandbox' },
  { name: 'lesson', path: '/#/lesson/pets-and-cattle' },
] as const;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

for (const colorScheme of ['light', 'dark'] as const)
  for (const viewport of SIZES)
    for (const { name, path } of PAGES)
      test.describe(`${name}, ${colorScheme}, ${viewport.width} wide`, () => {
        test.use({ colorScheme, viewport });

        test('has nothing that axe objects to', async ({ page }) => {
          await page.goto(path);
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          if (name === 'lesson') await verb(page, 'Next').click();
          if (name !== 'home')
            await expect(page.getByRole('button', { name: /^(shop-app-1|bessie)$/ })).toBeAttached();
          const { violations } = await new AxeBuilder({ page }).analyze();
          expect(
            violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
          ).toEqual([]);
        });

        test('never scrolls sideways', async ({ page }) => {
          await page.goto(path);
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
            viewport.width,
          );
        });
      });

test('the drawers too', async ({ page }) => {
  await page.goto('/#/sandbox?autoplay=false');
  for (const name of ['Inspect', 'Journal', 'Console', 'In words']) {
    await page.getByRole('button', { name, exact: true }).click();
    await nothingToObject(page);
  }
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('every view of the inspector, and the instruments, scroll sideways in themselves only', async ({
    page,
  }) => {
    await page.goto('/#/sandbox?autoplay=false');
    await settled(page);
    await verb(page, 'More').click();
    await page.getByRole('menuitem', { name: 'Inspect' }).click();
    const views = page.getByRole('group', { name: 'What to look at' });
    for (const name of [
      'One container',
      'One request',
      'The last seconds',
      'What would survive',
      'Lifecycle',
      'Why',
    ]) {
      await views.getByRole('button', { name }).click();
      await expect(views.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(390);
    }
    await nothingToObject(page);
    await verb(page, 'Close Inspect').click();
    await verb(page, 'More').click();
    await page.getByRole('menuitem', { name: 'Instruments' }).click();
    await expect(page.getByRole('list', { name: 'Instruments in words' })).toBeAttached();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await nothingToObject(page);
  });
});
