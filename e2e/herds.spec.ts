import { expect, test } from '@playwright/test';
import { output, setSpeed, settled, verb } from './bench.ts';

test('a herd that is looked at moves, one at a time, and stands still again', async ({ page }) => {
  await page.goto('/#/sandbox?autoplay=false');
  const previews = page.locator('[data-preview]');
  await page.getByText('The same herd with Redis').hover();
  await expect(previews).toHaveAttribute('data-preview', 'herd-redis');
  await expect(previews.locator('canvas')).toBeVisible();
  const first = await previews.screenshot();
  await expect.poll(async () => (await previews.screenshot()).equals(first)).toBe(false);
  await page.getByText('A pet on Docker').hover();
  await expect(previews).toHaveCount(1);
  await expect(previews).toHaveAttribute('data-preview', 'pet-docker');
  await verb(page, 'Kill').hover();
  await expect(previews).toHaveCount(0);
  await page.getByRole('radio', { name: /A herd of three/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(previews).toHaveAttribute('data-preview', 'herd-redis');
});

test('nothing moves by itself for whoever asked for less motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/#/sandbox?autoplay=false');
  await page.getByText('The same herd with Redis').hover();
  await expect(page.getByRole('radio', { name: /The same herd with Redis/ })).toBeVisible();
  await expect(page.locator('[data-preview]')).toHaveCount(0);
});

test('on a touch screen the herd that is scrolled to moves', async ({ browser }) => {
  const phone = await browser.newContext({
    hasTouch: true,
    isMobile: true,
    viewport: { width: 390, height: 844 },
  });
  const page = await phone.newPage();
  await page.goto('/#/sandbox?autoplay=false');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A herd of three');
  await expect(page.locator('[data-preview]')).toHaveCount(0);
  await page.getByText('A pet on Compose').scrollIntoViewIfNeeded();
  await expect(page.locator('[data-preview]')).toHaveCount(1);
  await phone.close();
});

test('what a link asks for and does not get is named', async ({ page }) => {
  await page.goto('/#/sandbox?scenario=zebra&state.sessions=mongo&speed=9&autoplay=false');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText("scenario: 'zebra' is not among herd, ");
  await expect(alert).toContainText("state.sessions: 'mongo' is not among memory, ");
  await expect(alert).toContainText('speed: unknown');
  await expect(output(page, 'Containers running')).toHaveText('3 of 3');
});

test('an address that is no valid code leads to a page all the same', async ({ page }) => {
  await page.goto('/#/%E0%A4%A');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here');
});

test('an own clock in each container, or one list for all: the count says which', async ({ page }) => {
  await page.goto('/#/sandbox?scenario=cron');
  await setSpeed(page, '10×');
  const task = page.getByRole('region', { name: 'One thing to try' });
  await expect(task).toContainText(/of them again\s*[1-9]/);
  const homes = page.getByRole('group', { name: 'State model' });
  await expect(homes.getByLabel('Uploads')).toHaveCount(0);
  await homes.getByLabel('Jobs').selectOption('queue');
  await expect(task).toContainText('It goes out once');
  await expect(task).toContainText(/Newsletters sent\s*[1-9]/);
  await expect(task).toContainText(/of them again\s*0/);
});

test("a compose file of one's own runs, or says where and why it does not", async ({ page }) => {
  await page.goto('/#/sandbox?autoplay=false');
  await settled(page);
  await page.getByText('Its compose file, or one of your own').click();
  const text = page.getByRole('textbox', { name: 'herd.compose.yaml' });
  await expect(text).toHaveValue(/sessions: sticky/);
  await text.fill('services:\n  app:\n    imge: shop:1.0\n');
  await verb(page, 'Run this file').click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('herd.compose.yaml, line 3, column 5');
  await expect(alert).toContainText("did you mean 'image'?");
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A file to mend');
  await expect(page.locator('[data-faulty]')).toHaveText('3');
  await expect(page.locator('[data-faulty]')).toBeInViewport();
  await text.fill('   ');
  await verb(page, 'Run this file').click();
  await expect(alert.filter({ hasText: 'is empty' })).toBeVisible();

  await page.getByLabel('Open a file').setInputFiles({
    name: 'mine.yaml',
    mimeType: 'application/yaml',
    buffer: Buffer.from('name: mine\nservices:\n  web:\n    image: mine:3\n    ports: ["80:80"]\n'),
  });
  await expect(output(page, 'Containers running')).toHaveText('1 of 1');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A file of your own');
  await verb(page, 'Kill').click();
  await expect(output(page, 'Lost sessions')).toHaveText('100');
  await page.getByText('A pet on Docker').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A pet on Docker');
});
