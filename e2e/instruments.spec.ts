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
  // From before the kill: what came of it is explained only where it happened.
  await page.mouse.move(box.x + 165, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60);
  await page.mouse.up();
  await expect(page.getByRole('group', { name: 'Zoom' })).not.toContainText('60.0 s');

  await verb(page, 'Why: Sessions held').click();
  await expect(page.getByRole('list', { name: 'Explanations' })).toContainText('docker kill');
});

test('a part of time is chosen on the axis by drag and by key, counted, and asked why', async ({ page }) => {
  await page.goto('#/sandbox?seed=3');
  await setSpeed(page, '10×');
  await playTo(page, 4);
  await verb(page, 'Kill').click();
  await playTo(page, 20);
  await verb(page, 'Pause').click();
  await settled(page);

  const axis = page.getByRole('slider', { name: 'Part of time shown' });
  const all = page.getByRole('button', { name: /Show all of it$/ });
  const picture = page.locator('.bench-axis svg.cursor-crosshair');
  const box = (await picture.boundingBox())!;
  const at = (ms: number): number => box.x + 160 + (ms / 60_000) * (box.width - 172);
  await page.mouse.move(at(30_000), box.y + 60);
  await page.mouse.down();
  await page.mouse.move(at(45_000), box.y + 60, { steps: 3 });
  await page.mouse.up();
  await expect(all).toHaveAccessibleName(/^Shown: (29|30)\.\d s to (44|45)\.\d s/);
  const lost = page.getByRole('button', { name: /^Why: Lost sessions/ });
  await expect(lost).toHaveAccessibleName('Why: Lost sessions, 0 in what is shown');
  await lost.click();
  const panel = page.getByRole('region', { name: 'Inspect' });
  await expect(panel).toContainText('Nothing of the kind in this time.');
  await panel.getByRole('button', { name: 'All of it' }).click();
  await expect(panel.getByRole('list', { name: 'Explanations' })).toContainText('docker kill');
  await page.keyboard.press('Escape');

  await all.focus();
  await page.keyboard.press('Enter');
  await expect(all).toHaveCount(0);
  await axis.focus();
  await page.keyboard.press('+');
  await expect(axis).not.toHaveAttribute('aria-valuetext', '0.0 s to 60.0 s');
  // Half of it, and then to the beginning.
  for (let times = 0; times < 4; times++) await page.keyboard.press('ArrowLeft');
  await expect(axis).toHaveAttribute('aria-valuetext', '0.0 s to 30.0 s');
  await expect(lost).toHaveAccessibleName(/^Why: Lost sessions, [1-9]\d* in what is shown$/);

  // The instruments show the same part, and Escape closes them only when nothing is left to reset.
  await page.getByRole('button', { name: 'Instruments', exact: true }).click();
  await expect(page.getByRole('group', { name: 'Zoom' })).toContainText('0.0 s to 30.0 s');
  await axis.focus();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('group', { name: 'Zoom' })).toContainText('0.0 s to 60.0 s');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('group', { name: 'Zoom' })).toHaveCount(0);
});
