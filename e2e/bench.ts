/** Words that the journeys share: reaching a herd, standing still, reading what it shows. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';

type Place = Page | ReturnType<Page['frameLocator']>;

export const output = (place: Place, name: string): Locator =>
  place.getByRole('status', { name, exact: true });
export const verb = (place: Place, name: string): Locator => place.getByRole('button', { name, exact: true });

export const value = async (place: Place, name: string): Promise<number> =>
  Number.parseInt(await output(place, name).innerText(), 10);

/** Waits until time stands still and has been drawn. */
export async function settled(place: Place): Promise<{ ms: number; hash: string; seed: number }> {
  const bench = place.locator('[data-settled]');
  await expect(bench).toBeVisible();
  const [ms, hash, seed] = await Promise.all(
    ['data-ms', 'data-hash', 'data-seed'].map((name) => bench.getAttribute(name)),
  );
  return { ms: Number(ms), hash: hash ?? '', seed: Number(seed) };
}

/** Plays until the virtual clock shows at least this many seconds. */
export async function playTo(place: Place, seconds: number): Promise<void> {
  await expect
    .poll(async () => Number.parseFloat(await place.getByRole('timer').innerText()), { timeout: 30_000 })
    .toBeGreaterThanOrEqual(seconds);
}

export async function setSpeed(place: Place, speed: string): Promise<void> {
  await verb(place, 'Speed').click();
  await place.getByRole('menuitemradio', { name: speed, exact: true }).click();
}

export const log = (place: Place): Locator => place.getByRole('log', { name: 'Commands and their answers' });

/** Types console lines, one after the other, and leaves the console open. */
export async function type(page: Page, ...lines: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Console', exact: true }).click();
  const command = page.getByLabel('Command', { exact: true });
  for (const line of lines) {
    await command.fill(line);
    await command.press('Enter');
    await expect(log(page)).toContainText(line);
  }
}

/** Presses a button as a keyboard does. */
export async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await button.focus();
  await page.keyboard.press('Enter');
}

/** Axe finds nothing here, by day and by dusk. */
export async function nothingToObject(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme === 'dark' ? 'dusk' : 'day');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual(
      [],
    );
  }
}

/** A herd whose three containers were all killed at once, some seconds later, standing still: much has gone wrong. */
export async function afterTheWorst(page: Page): Promise<void> {
  await page.goto('#/sandbox?seed=3&autoplay=false');
  await settled(page);
  await type(page, 'docker kill shop-app-1', 'docker kill shop-app-2', 'docker kill shop-app-3');
  await page.keyboard.press('Escape');
  await setSpeed(page, '10×');
  await verb(page, 'Play').click();
  await playTo(page, 3);
  await verb(page, 'Pause').click();
  await settled(page);
}
