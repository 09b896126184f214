/** The farthest cases: nothing throws, nothing lies over the controls, everything can still be reached. */
import { expect, test, type Page } from '@playwright/test';
import { output, playTo, setSpeed, settled, type, verb } from './bench.ts';

const faults = new WeakMap<Page, string[]>();

test.beforeEach(({ page }) => {
  const list: string[] = [];
  faults.set(page, list);
  page.on('pageerror', (error) => list.push(error.message));
});
test.afterEach(({ page }) => {
  expect(faults.get(page)).toEqual([]);
});

async function still(page: Page): Promise<void> {
  await page.goto('#/sandbox?seed=3&autoplay=false');
  await settled(page);
}

async function playFor(page: Page, seconds: number): Promise<void> {
  await setSpeed(page, '10×');
  await verb(page, 'Play').click();
  await playTo(page, seconds);
  await verb(page, 'Pause').click();
  await settled(page);
}

/** Every control is in sight when scrolled to, and is what a pointer there would hit. */
async function controlsAreReachable(page: Page): Promise<void> {
  const covered = await page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>(
      '.bench-header :is(button, a), .bench-play button, .bench-verbs button, .bench-state select',
    );
    return [...controls].flatMap((control) => {
      if (control.getClientRects().length === 0) return [];
      control.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { x, y, width, height } = control.getBoundingClientRect();
      const there = document.elementFromPoint(x + width / 2, y + height / 2);
      return there && (control.contains(there) || there.contains(control))
        ? []
        : [`${control.textContent || control.ariaLabel}: ${there?.className ?? 'out of sight'}`];
    });
  });
  expect(covered).toEqual([]);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBeLessThanOrEqual(0);
}

test('no container at all', async ({ page }) => {
  await still(page);
  await type(page, 'docker service scale shop_app=0');
  await page.keyboard.press('Escape');
  await playFor(page, 14);
  await expect(output(page, 'Containers running')).toHaveText('0 of 0');
  await controlsAreReachable(page);
  await page.getByRole('button', { name: 'Inspect', exact: true }).click();
  for (const name of [
    'One container',
    'One request',
    'The last seconds',
    'What would survive',
    'Lifecycle',
    'Why',
  ]) {
    await verb(page, name).click();
    await expect(page.getByRole('region', { name: 'Inspect' })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Instruments', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Instruments in words' })).toBeAttached();
  await verb(page, 'Scale up').click();
  await settled(page);
});

test('everything is down', async ({ page }) => {
  await still(page);
  await type(
    page,
    'docker kill shop-app-1',
    'docker kill shop-app-2',
    'docker kill shop-app-3',
    'docker kill shop-lb-1',
    'paddock store photos down',
  );
  await page.keyboard.press('Escape');
  await settled(page);
  await expect(output(page, 'Containers running')).toHaveText('0 of 3');
  await controlsAreReachable(page);
  await page.getByRole('button', { name: 'In words', exact: true }).click();
  await expect(page.getByRole('region', { name: 'The herd in words' })).toContainText('not answering');
  await verb(page, 'Back to the picture').click();
  await playFor(page, 3);
  await expect(output(page, 'Failed requests')).not.toHaveText('0');
});

test('a thousand containers', async ({ page }) => {
  await still(page);
  await type(page, 'docker service scale shop_app=1000');
  await page.keyboard.press('Escape');
  await playFor(page, 6);
  await expect(output(page, 'Containers running')).toHaveText('1000 of 1000');
  await controlsAreReachable(page);
  await expect(page.getByRole('toolbar', { name: 'Containers' }).getByRole('button')).toHaveCount(1);
  await page.getByRole('button', { name: 'Inspect', exact: true }).click();
  await verb(page, 'One container').click();
  await expect(page.getByRole('combobox', { name: 'Container' })).toBeVisible();
  await verb(page, 'Lifecycle').click();
  await expect(page.getByRole('region', { name: 'Inspect' })).toContainText('1000 containers in running');
});

const LONG = 'order-processing-and-notification-backend-for-the-whole-group';
const LONG_FILE = `name: shop
services:
  ${LONG}:
    image: registry.example.com/a/long/path/order-processing:2026.11.21-rc.4-arm64
    deploy: { replicas: 3 }
    x-paddock: { state: { sessions: redis } }
  sessions-of-everybody-who-has-ever-signed-in-here-since-1999:
    image: redis:7-alpine
  lb:
    image: haproxy:3.2
`;

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const)
  test(`names of sixty characters, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await still(page);
    await page.getByText('Its compose file, or one of your own').click();
    const text = page.getByRole('textbox', { name: 'herd.compose.yaml' });
    // Compose knows no names but these: what is written from right to left is refused where it stands.
    await text.fill(
      LONG_FILE.replace('sessions-of-everybody-who-has-ever-signed-in-here-since-1999', 'חנות'),
    );
    await verb(page, 'Run this file').click();
    await expect(page.getByRole('alert')).toContainText("'חנות' is not a service name");
    await text.fill(LONG_FILE);
    await verb(page, 'Run this file').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('A file of your own');
    await expect(output(page, 'Containers running')).toHaveText('3 of 3');
    await verb(page, 'Kill').click();
    await expect(output(page, 'Containers running')).toHaveText('2 of 3');
    await controlsAreReachable(page);
    await expect(page.getByRole('button', { name: `shop-${LONG}-1`, exact: true })).toBeAttached();
    await expect(page.getByRole('region', { name: 'The herd in words' })).toContainText(`shop-${LONG}-1`);
  });

for (const [width, height] of [
  [720, 450],
  [390, 450],
  [390, 844],
] as const)
  test(`${width} by ${height}, as a page at a zoom of two or on a phone`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await still(page);
    await controlsAreReachable(page);
    await verb(page, 'Kill').click();
    await settled(page);
    await controlsAreReachable(page);
  });

test('forced colours: pressed, chosen and disabled are still told apart', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await still(page);
  await controlsAreReachable(page);
  await page.getByRole('button', { name: 'Inspect', exact: true }).click();
  const filling = (name: string): Promise<string> =>
    verb(page, name).evaluate((button) => getComputedStyle(button).backgroundColor);
  expect(await filling('Why')).not.toBe(await filling('Lifecycle'));
  expect(await filling('Kill')).not.toBe(await filling('Crash'));
  const play = await verb(page, 'Play').evaluate((button) => {
    const { backgroundColor, borderTopColor, borderTopWidth } = getComputedStyle(button);
    return { edge: borderTopColor !== backgroundColor, width: Number.parseFloat(borderTopWidth) };
  });
  expect(play).toEqual({ edge: true, width: 2 });
});
