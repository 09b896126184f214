/** A herd of two hundred: one button that arrow keys lead from container to container. */
import { expect, test } from '@playwright/test';
import { nothingToObject, output, playTo, setSpeed, settled, type, verb } from './bench.ts';

test('every container of two hundred can be reached and killed by keyboard', async ({ page }) => {
  await page.goto('#/sandbox?seed=3&autoplay=false');
  await settled(page);
  await type(page, 'docker service scale shop_app=200');
  await page.keyboard.press('Escape');
  await setSpeed(page, '10×');
  await verb(page, 'Play').click();
  await playTo(page, 8);
  await verb(page, 'Pause').click();
  await settled(page);
  await expect(output(page, 'Containers running')).toHaveText('200 of 200');

  const crowd = page.getByRole('toolbar', { name: 'Containers' });
  const button = crowd.getByRole('button');
  await expect(button).toHaveCount(1);
  await nothingToObject(page);
  await button.focus();
  await page.keyboard.press('Home');
  await expect(button).toHaveAccessibleName('shop-app-1');
  await expect(button).toHaveAccessibleDescription(/Arrow keys go to the other 199 containers\./);
  await page.keyboard.press('ArrowRight');
  await expect(button).toHaveAccessibleName('shop-app-2');
  await page.keyboard.press('ArrowLeft');
  await expect(button).toHaveAccessibleName('shop-app-1');
  await page.keyboard.press('ArrowDown');
  await expect(button).not.toHaveAccessibleName('shop-app-1');
  await page.keyboard.press('End');
  await expect(button).toHaveAccessibleName('shop-app-200');
  await expect(button).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Kill' })).toBeFocused();
  // The menu keeps the arrow keys to itself.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await nothingToObject(page, '[role=menu]');
  await page.keyboard.press('Enter');
  await settled(page);
  await expect(output(page, 'Containers running')).toHaveText('199 of 200');
});
