/** The stage looked at closely: by wheel, by keyboard, and back. */
import { expect, test, type Page } from '@playwright/test';
import { nothingToObject, output, settled } from './bench.ts';

const sheet = (page: Page) => page.locator('.stage-sheet');
const zoomOf = (page: Page): Promise<number> =>
  sheet(page).evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).a);

async function expectInWindow(page: Page, name: string): Promise<void> {
  const thing = page.getByRole('button', { name, exact: true });
  await expect(thing).toBeFocused();
  await expect(async () => {
    const box = (await thing.boundingBox())!;
    const window = (await page.locator('.stage-window').boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(window.x - 1);
    expect(box.y).toBeGreaterThanOrEqual(window.y - 1);
    expect(box.x + box.width).toBeLessThanOrEqual(window.x + window.width + 1);
    expect(box.y + Math.min(box.height, window.height)).toBeLessThanOrEqual(window.y + window.height + 1);
  }).toPass();
}

test('wheel, drag, keys and buttons move one camera, and what has the focus is seen', async ({ page }) => {
  await page.goto('#/sandbox?seed=3&autoplay=false');
  await settled(page);
  const first = page.getByRole('button', { name: 'shop-app-1', exact: true });
  const group = page.getByRole('group', { name: 'Closer look' });
  await expect(group).toBeAttached();
  const before = (await first.boundingBox())!;

  // About the pointer, which stays on the same container. A wheel tells of whole px only.
  const pointer = { x: Math.round(before.x + before.width / 4), y: Math.round(before.y + before.height / 2) };
  const share = (pointer.x - before.x) / before.width;
  await page.mouse.move(pointer.x, pointer.y);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -50);
  await page.mouse.wheel(0, -20);
  await page.keyboard.up('Control');
  await expect.poll(() => zoomOf(page)).toBeCloseTo(2 ** 0.7, 3);
  const after = (await first.boundingBox())!;
  expect(after.width).toBeCloseTo(before.width * 2 ** 0.7, 0);
  expect(after.x + after.width * share).toBeCloseTo(pointer.x, 0);

  // A drag pans and presses nothing.
  await page.mouse.down();
  await page.mouse.move(pointer.x - 60, pointer.y, { steps: 4 });
  await page.mouse.up();
  expect((await first.boundingBox())!.x).toBeCloseTo(after.x - 60, 0);
  await expect(page.getByRole('menu')).toHaveCount(0);

  // What the keyboard comes to is brought into the window, and its menu with it.
  await first.focus();
  await page.keyboard.press('Tab');
  await expectInWindow(page, 'shop-app-2');
  await page.keyboard.press('Tab');
  await expectInWindow(page, 'shop-app-3');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Kill' })).toBeFocused();
  await nothingToObject(page);
  await page.keyboard.press('Escape');

  await page.keyboard.press('+');
  await expect.poll(() => zoomOf(page)).toBeCloseTo(1.6 * 2 ** 0.7, 3);
  await page.keyboard.press('0');
  await expect.poll(() => zoomOf(page)).toBe(1);
  expect(await first.boundingBox()).toEqual(before);

  // A double click zooms, and presses nothing in the menu that its first click opens.
  await first.dblclick();
  await expect.poll(() => zoomOf(page)).toBeCloseTo(1.6, 3);
  await expect(page.getByRole('menu')).toHaveCount(0);
  await settled(page);
  await expect(output(page, 'Containers running')).toHaveText('3 of 3');
  await page.keyboard.press('0');
  await expect.poll(() => zoomOf(page)).toBe(1);

  await group.getByRole('button', { name: 'Closer' }).click();
  await expect.poll(() => zoomOf(page)).toBeCloseTo(1.6, 3);
  await group.getByRole('button', { name: 'Whole stage' }).click();
  await expect.poll(() => zoomOf(page)).toBe(1);
});

test('what the text speaks of is brought into the window', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/#/lesson/pets-and-cattle');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('button', { name: 'bessie', exact: true })).toBeAttached();
  await expect(page.getByRole('group', { name: 'Closer look' })).toBeAttached();
  for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'Closer', exact: true }).press('Enter');
  await expect.poll(() => zoomOf(page)).toBeCloseTo(1.6 ** 3, 2);
  const left = (): Promise<number> =>
    sheet(page).evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).e);
  expect(await left()).toBeLessThan(-400);
  await page.getByRole('button', { name: 'forty people' }).click();
  await expect.poll(left).toBeGreaterThan(-100);
});
