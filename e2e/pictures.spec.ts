/**
 * The gallery's situations, pixel by pixel against recorded ones. `npx playwright test e2e/pictures.spec.ts -u` records them
 * anew; they hold only for the browser and the fonts that they were recorded with.
 */
import { expect, test } from '@playwright/test';
import {
  differences,
  originOf,
  readRecorded,
  record,
  serveGallery,
  shoot,
  writeRecorded,
  type Origin,
  type Recorded,
} from './gallery.ts';

/** The stage in a window 1440 wide, and on a phone of 390. */
const WIDE = 'w=992&h=512&scale=0.375';
const PHONE = 'w=358&h=382';
const SHOTS: Readonly<Record<string, string>> = {
  'wide-day': `s=sheet&${WIDE}`,
  'wide-dusk': `s=sheet&${WIDE}&dusk`,
  'phone-day': `s=sheet&${PHONE}`,
  'phone-dusk': `s=sheet&${PHONE}&dusk`,
  'reduced-motion': `s=sheet&${PHONE}&reduced`,
  'instruments-day': `s=panels&${WIDE}`,
  'instruments-dusk': `s=panels&${WIDE}&dusk`,
  'instruments-phone': `s=panels&${PHONE}`,
};
const MOST = 0.005;

test.use({ viewport: { width: 1600, height: 900 }, contextOptions: { reducedMotion: 'reduce' } });

test('the gallery looks as it was recorded', async ({ page }, { config }) => {
  const { address, server } = await serveGallery();
  try {
    await page.goto(`${address}gallery.html?s=0`);
    await expect(page.locator('body[data-ready]')).toBeVisible({ timeout: 60_000 });
    const here = await originOf(page);
    const recording = config.updateSnapshots === 'all' || config.updateSnapshots === 'changed';
    const there = recording ? null : readRecorded();
    const reason = recording ? null : whyNot(here, there?.origin);
    if (reason !== null) console.log(`skipped: ${reason}`);
    test.skip(reason !== null, reason ?? '');
    const cells: Record<string, Recorded['cells'][string]> = {};
    for (const [name, query] of Object.entries(SHOTS)) {
      const shot = await shoot(page, address, query);
      cells[name] = shot.cells;
      if (there === null) await record(page, name, shot);
      else {
        const other = await differences(page, name, shot, there.cells[name] ?? [], MOST);
        if (other.length > 0)
          await test.info().attach(`${name}, now`, {
            body: Buffer.from(shot.png, 'base64'),
            contentType: 'image/png',
          });
        expect.soft(other, `${name}: meant? npx playwright test e2e/pictures.spec.ts -u`).toEqual([]);
      }
    }
    if (recording) writeRecorded({ origin: here, cells });
  } finally {
    await server.close();
  }
});

/** Why nothing can be compared, or null. */
function whyNot(here: Origin, there: Origin | undefined): string | null {
  if (!there) return 'no pictures are recorded';
  if (there.browser !== here.browser)
    return `pictures are of Chromium ${there.browser}, this is ${here.browser}`;
  if (there.letters !== here.letters) return 'letters are drawn otherwise where the pictures were recorded';
  return null;
}
