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

/** What the colours of day and dusk decide; all else is the same in both. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** Axe finds nothing in the colours there are now, by `rules` (all of them if none), in a part of the page or all of it. */
export async function axeFindsNothing(page: Page, part?: string, rules?: string[]): Promise<void> {
  // Legacy mode leaves out frames of other origins, of which there are none, and a second page to sum them up on.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (part !== undefined) axe.include(part);
  if (rules !== undefined) axe.withRules(rules);
  const { violations, passes } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual(
    [],
  );
  expect(passes.length, 'what axe has looked at').toBeGreaterThan(0);
}

/** Axe finds nothing by day, nor in the colours of dusk: on the whole page, or in a part of it (a CSS selector). */
export async function nothingToObject(page: Page, part?: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme === 'dark' ? 'dusk' : 'day');
    await axeFindsNothing(page, part, colorScheme === 'dark' ? OF_COLOUR : undefined);
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
