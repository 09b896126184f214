/** The gallery page from its sources, and its pictures against recorded ones. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const recorded = (file: string): string => `${root}test/pictures/${file}`;

/** Serves the gallery, which is no part of the build. */
export async function serveGallery(): Promise<{ address: string; server: ViteDevServer }> {
  const server = await createServer({
    root,
    // Beside the cache of a `npm run dev` that may be running.
    cacheDir: `${root}node_modules/.cache/paddock/gallery-${process.pid}`,
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    logLevel: 'error',
  });
  await server.listen();
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error('the gallery is not served');
  return { address, server };
}

/** Of what the pictures depend on beside the sources: the browser, and how this machine draws letters. */
export interface Origin {
  readonly browser: string;
  readonly letters: string;
}

export async function originOf(page: Page): Promise<Origin> {
  const pixels = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 420;
    canvas.height = 60;
    const ctx = canvas.getContext('2d')!;
    ctx.font = '500 14px "Inter Variable", sans-serif';
    ctx.fillText('shop-app-12 sessions 0123456789', 4, 20);
    ctx.font = '500 13px "IBM Plex Mono", monospace';
    ctx.fillText('docker kill shop-app-2', 4, 40);
    ctx.beginPath();
    ctx.arc(300, 30, 12.3, 0, 5);
    ctx.stroke();
    return canvas.toDataURL();
  });
  return {
    browser: page.context().browser()?.version() ?? '',
    letters: createHash('sha256').update(pixels).digest('hex').slice(0, 16),
  };
}

/** Where a situation is on a picture, in px. */
interface Cell {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** What is known of the recorded pictures. */
export interface Recorded {
  readonly origin: Origin;
  readonly cells: Readonly<Record<string, readonly Cell[]>>;
}

export function readRecorded(): Recorded | null {
  const file = recorded('pictures.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recorded) : null;
}

export function writeRecorded({ origin, cells }: Recorded): void {
  const rows = Object.entries(cells).map(
    ([name, list]) =>
      `    ${JSON.stringify(name)}: [\n${list.map((cell) => `      ${JSON.stringify(cell)}`).join(',\n')}\n    ]`,
  );
  writeFileSync(
    recorded('pictures.json'),
    `{\n  "origin": ${JSON.stringify(origin)},\n  "cells": {\n${rows.join(',\n')}\n  }\n}\n`,
  );
}

/** Of 255: recorded pictures know a colour to this precision. */
const SHADE = 255 / 7;

/** A picture, and where on it each situation is. */
interface Shot {
  readonly png: string;
  readonly cells: readonly Cell[];
}

export async function shoot(page: Page, address: string, query: string): Promise<Shot> {
  await page.goto(`${address}gallery.html?${query}`);
  await expect(page.locator('body[data-ready]')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('[data-cell]').first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  const place = page.locator('main > :last-child');
  const box = (await place.boundingBox())!;
  const cells = await page.locator('[data-cell]').evaluateAll(
    (all, from) =>
      all.map((one) => {
        const { x, y, width: w, height: h } = one.getBoundingClientRect();
        const name = (one as HTMLElement).dataset['cell'] ?? '';
        return {
          name,
          x: Math.round(x - from.x),
          y: Math.round(y - from.y),
          w: Math.round(w),
          h: Math.round(h),
        };
      }),
    { x: box.x, y: box.y },
  );
  const png = await place.screenshot({ animations: 'disabled' });
  return { png: png.toString('base64'), cells };
}

/** In eight shades of each colour, as WebP without loss: a sixth of the PNG. */
export async function record(page: Page, name: string, shot: Shot): Promise<void> {
  const webp = await page.evaluate(
    async ({ png, shade }) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const ctx = canvas.getContext('2d')!;
      ctx.drawImage(image, 0, 0);
      const pixels = ctx.getImageData(0, 0, image.width, image.height);
      for (let i = 0; i < pixels.data.length; i++)
        if (i % 4 < 3) pixels.data[i] = Math.round(Math.round(pixels.data[i]! / shade) * shade);
      ctx.putImageData(pixels, 0, 0);
      // Chromium takes a quality of 1 for lossless.
      return canvas.toDataURL('image/webp', 1).split(',')[1] ?? '';
    },
    { png: shot.png, shade: SHADE },
  );
  mkdirSync(recorded(''), { recursive: true });
  writeFileSync(recorded(`${name}.webp`), Buffer.from(webp, 'base64'));
}

/** Cells of which more than `most` of the pixels differ visibly from the recorded picture, in words. */
export async function differences(
  page: Page,
  name: string,
  shot: Shot,
  cellsThen: readonly Cell[],
  most: number,
): Promise<string[]> {
  const pairs = shot.cells.map((now) => ({ now, was: cellsThen.find((cell) => cell.name === now.name) }));
  const same = pairs.flatMap(({ now, was }) =>
    was && was.w === now.w && was.h === now.h ? [{ now, was }] : [],
  );
  const shares = await page.evaluate(
    async ({ png, webp, cells, seen }) => {
      const pixels = async (type: string, data: string): Promise<ImageData> => {
        const image = await createImageBitmap(
          await (await fetch(`data:image/${type};base64,${data}`)).blob(),
        );
        const canvas = document.createElement('canvas');
        canvas.width = image.width;
        canvas.height = image.height;
        const ctx = canvas.getContext('2d')!;
        ctx.drawImage(image, 0, 0);
        return ctx.getImageData(0, 0, image.width, image.height);
      };
      const [a, b] = [await pixels('png', png), await pixels('webp', webp)];
      return cells.map(({ now, was }) => {
        let differing = 0;
        for (let row = 0; row < now.h; row++)
          for (let column = 0; column < now.w; column++) {
            const i = 4 * ((now.y + row) * a.width + now.x + column);
            const j = 4 * ((was.y + row) * b.width + was.x + column);
            for (let channel = 0; channel < 3; channel++)
              if (Math.abs(a.data[i + channel]! - b.data[j + channel]!) > seen) {
                differing++;
                break;
              }
          }
        return differing / Math.max(1, now.w * now.h);
      });
    },
    {
      png: shot.png,
      webp: readFileSync(recorded(`${name}.webp`)).toString('base64'),
      cells: same,
      // What rounding to a shade explains, and a little that the eye does not see.
      seen: SHADE / 2 + 8,
    },
  );
  return [
    ...pairs.flatMap(({ now, was }) =>
      was === undefined
        ? [`${now.name}: not recorded`]
        : was.w !== now.w || was.h !== now.h
          ? [`${now.name}: ${now.w}×${now.h}, was ${was.w}×${was.h}`]
          : [],
    ),
    ...cellsThen
      .filter(({ name: was }) => !shot.cells.some((cell) => cell.name === was))
      .map((cell) => `${cell.name}: is gone`),
    ...same.flatMap(({ now }, place) =>
      shares[place]! > most ? [`${now.name}: ${(100 * shares[place]!).toFixed(1)} % differ`] : [],
    ),
  ];
}
