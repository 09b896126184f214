import { expect, test, type Page } from '@playwright/test';
import { axeFindsNothing, nothingToObject, settled, verb } from './bench.ts';

const PAGES = [
  { name: 'home', path: '/' },
  { name: 'sandbox', path: '/#/sandbox?autoplay=false' },
  { name: 'lesson', path: '/#/lesson/pets-and-cattle' },
] as const;
const PHONE = { width: 390, height: 844 };
const SIZES = [{ width: 1440, height: 900 }, PHONE];

async function neverSideways(page: Page, what?: string): Promise<void> {
  const { scroll, client } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scroll: scrollWidth, client: clientWidth };
  });
  expect(scroll, what).toBeLessThanOrEqual(client);
}

for (const viewport of SIZES)
  for (const { name, path } of PAGES)
    test.describe(`${name}, ${viewport.width} wide`, () => {
      test.use({ viewport, colorScheme: 'dark' });

      test('has nothing that axe objects to, by day and by dusk, and never scrolls sideways', async ({
        page,
      }) => {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await neverSideways(page);
        if (name === 'lesson') await verb(page, 'Next').click();
        if (name !== 'home')
          await expect(page.getByRole('button', { name: /^(shop-app-1|bessie)$/ })).toBeAttached();
        await neverSideways(page);
        await nothingToObject(page);
      });
    });

test('the drawers too', async ({ page }) => {
  await page.goto('/#/sandbox?autoplay=false');
  for (const name of ['Instruments', 'Inspect', 'Journal', 'Console']) {
    await page.getByRole('button', { name, exact: true }).click();
    await nothingToObject(page, '.bench-drawer');
  }
  await page.getByRole('button', { name: 'In words', exact: true }).click();
  await nothingToObject(page);
});

test.describe('on a phone, by dusk', () => {
  test.use({ viewport: PHONE, colorScheme: 'dark' });

  /** A herd that one container was killed in, and another changed by hand in. */
  async function afterAKill(page: Page): Promise<void> {
    await page.goto('/#/sandbox?seed=3&autoplay=false');
    await settled(page);
    await verb(page, 'Kill').click();
    await settled(page);
    await verb(page, 'Edit by hand').click();
    await settled(page);
  }

  async function fromMore(page: Page, name: string): Promise<void> {
    await verb(page, 'More').click();
    await page.getByRole('menuitem', { name }).click();
  }

  test('every view of the inspector scrolls sideways in itself only', async ({ page }) => {
    await afterAKill(page);
    await fromMore(page, 'Inspect');
    const views = page.getByRole('group', { name: 'What to look at' });
    for (const [name, shows] of [
      ['Why', 'list'],
      ['One container', 'combobox'],
      ['One request', 'textbox'],
      ['The last seconds', 'slider'],
      ['What would survive', 'table'],
      ['Lifecycle', 'region'],
    ] as const) {
      await views.getByRole('button', { name }).click();
      await expect(views.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole('region', { name: 'Inspect' }).getByRole(shows).first()).toBeAttached();
      await neverSideways(page, name);
      await axeFindsNothing(page, '.bench-drawer');
    }
  });

  test('the other drawers, the menus and the herd in words', async ({ page }) => {
    await afterAKill(page);
    for (const [name, shows] of [
      ['Instruments', 'list'],
      ['Journal', 'list'],
      ['Console', 'textbox'],
    ] as const) {
      await fromMore(page, name);
      const drawer = page.getByRole('region', { name, exact: true });
      await expect(drawer.getByRole(shows).first()).toBeAttached();
      await neverSideways(page, name);
      await axeFindsNothing(page, '.bench-drawer');
      await verb(page, `Close ${name}`).click();
    }
    for (const name of ['More', 'Speed', 'shop-app-2']) {
      await verb(page, name).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('menu')).toBeVisible();
      await neverSideways(page, name);
      await axeFindsNothing(page, '[role=menu]');
      await page.keyboard.press('Escape');
    }
    await fromMore(page, 'In words');
    await expect(page.getByRole('region', { name: 'The herd in words' })).toBeVisible();
    await neverSideways(page, 'In words');
    await axeFindsNothing(page);
  });

  test('the text beside the herd with all of it unfolded', async ({ page }) => {
    await afterAKill(page);
    const text = page.getByRole('article', { name: 'Sandbox' });
    await expect(page.getByRole('region', { name: 'Settings' }).locator('summary').first()).toBeAttached();
    for (const summary of await text.locator('summary').all()) await summary.click();
    await expect(page.getByRole('textbox', { name: 'herd.compose.yaml' })).toBeVisible();
    await neverSideways(page);
    await axeFindsNothing(page, '.bench-text');
  });
});
