// Pictures for the README: `npm run build && node scripts/screenshots.mjs`. Frozen instants, so they can be taken again.
import { join } from 'node:path';
import { chromium } from 'playwright';
import { preview } from 'vite';
import { CHROMIUM_ARGS, chromiumPath } from './browser.mjs';
import { root } from './setup.mjs';

const server = await preview({ root, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' });
const address = server.resolvedUrls.local[0];
const executablePath = chromiumPath();
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: CHROMIUM_ARGS });

async function shoot(name, hash, viewport, colorScheme, act) {
  const page = await browser.newPage({ viewport, colorScheme });
  await page.goto(`${address}#${hash}`);
  await act?.(page);
  await page.screenshot({ path: join(root, 'docs', 'images', `${name}.png`) });
  await page.close();
}

async function killOne(page) {
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await page.waitForTimeout(7000);
  await page.getByRole('button', { name: 'Kill', exact: true }).click();
  await page.waitForTimeout(1400);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.locator('[data-settled]').first().waitFor();
}

async function read(page) {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForTimeout(2500);
}

async function followOne(page) {
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
  await page.waitForTimeout(3000);
  for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'Kill', exact: true }).click();
  await page.waitForTimeout(5500);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Inspect', exact: true }).click();
  await page
    .getByRole('button', { name: /^Follow request/ })
    .last()
    .click();
  await page.getByRole('list', { name: 'Steps of the request' }).waitFor({ state: 'attached' });
}

await shoot('sandbox', '/sandbox', { width: 1440, height: 900 }, 'light', killOne);
await shoot('sandbox-dusk', '/sandbox', { width: 1440, height: 900 }, 'dark', killOne);
await shoot('lesson', '/lesson/pets-and-cattle', { width: 1440, height: 900 }, 'light', read);
await shoot('phone', '/sandbox', { width: 390, height: 844 }, 'light', killOne);
await shoot('request', '/sandbox', { width: 1440, height: 1100 }, 'light', followOne);
await browser.close();
await server.close();
