/** Words that the journeys share: reaching a herd, standing still, reading what it shows. */
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
