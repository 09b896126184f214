/** The instruments: what they say, zooming by drag and by button, and asking why. */
import { expect, test } from '@playwright/test';
import { playTo, setSpeed, settled, verb } from './bench.ts';

test('the instruments tell of a kill, zoom to it and say why', async ({ page }) => {
  await page.goto('#/sandbox?seed=3');
  await setSpeed(page, '10×');
  await playTo(page, 4);
  await verb(page, 'Kill').click();
  await playTo(page, 20);
  await verb(page, 'Pause').click();
  await settled(page);

  await page.getByRole('button', { name: 'Instruments', exact: true }).click();
  const words = page.getByRole('list', { name: 'Instruments in words' });
  await expect(words).toContainText(/Sessions: [1-9]\d* lost/);
  await expect(words).toContainText('Capacity: between 2 and 3 containers serving');

  await verb(page, 'Zoom in').click();
  await expect(page.getByRole('group', { name: 'Zoom' })).not.toContainText('0.0 s to 60.0 s');
  await verb(page, 'All of it').click();
  await expect(page.getByRole('group', { name: 'Zoom' })).toContainText('0.0 s to 60.0 s');

  const picture = page.locator('.bench-drawer svg.cursor-crosshair');
  const box = (await picture.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.3, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60);
  await page.mouse.up();
  await expect(page.getByRole('group', { name: 'Zoom' })).not.toContainText('60.0 s');

  await verb(page, 'Why: Sessions held').click();
  await expect(page.getByRole('list', { name: 'Explanations' })).toContainText('docker kill');
});
