// What the picture costs the main thread: task time a frame at 50 containers and some 500 drawn requests, minus that of
// an empty page in the same run. 1200×700, DPR 1, median of 5 runs of 300 frames. Needs a built app (npm run build).
import { chromium } from 'playwright';
import { preview } from 'vite';
import { CHROMIUM_ARGS, chromiumPath } from '../scripts/browser.mjs';
import { root } from '../scripts/setup.mjs';

const BOUND_MS = 3;
const RUNS = 5;
const FRAMES = 300;

const server = await preview({ root, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' });
const executablePath = chromiumPath();
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: CHROMIUM_ARGS });
const context = await browser.newContext({ viewport: { width: 1200, height: 700 }, deviceScaleFactor: 1 });

/** Main-thread task ms a frame over FRAMES frames. */
async function taskPerFrame(page) {
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  const read = async () =>
    (await cdp.send('Performance.getMetrics')).metrics.find((m) => m.name === 'TaskDuration').value * 1000;
  const before = await read();
  await page.evaluate(
    (frames) =>
      new Promise((done) => {
        const next = (left) => (left === 0 ? done() : requestAnimationFrame(() => next(left - 1)));
        next(frames);
      }),
    FRAMES,
  );
  return ((await read()) - before) / FRAMES;
}

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

const empty = await context.newPage();
await empty.goto('about:blank');
const floor = [];
for (let i = 0; i < RUNS; i++) floor.push(await taskPerFrame(empty));
await empty.close();

const page = await context.newPage();
await page.goto(`${server.resolvedUrls.local[0]}#/sandbox`);
await page.getByRole('button', { name: 'Console', exact: true }).click();
for (const line of ['docker service scale shop_app=50', 'paddock set x-paddock.traffic.think=100ms']) {
  await page.getByLabel('Command', { exact: true }).fill(line);
  await page.keyboard.press('Enter');
}
await page.getByRole('button', { name: 'Console', exact: true }).click();
// Until the new containers are healthy and the traffic is steady.
await page.waitForFunction(
  () => Number.parseFloat(document.querySelector('[role=timer]')?.textContent ?? '0') > 12,
  null,
  {
    timeout: 60_000,
  },
);
const cost = [];
for (let i = 0; i < RUNS; i++) cost.push(await taskPerFrame(page));
const running = await page.getByRole('status', { name: 'Containers running', exact: true }).innerText();
await browser.close();
await server.close();

const own = median(cost) - median(floor);
console.log(`containers running   ${running.replace(/\s+/g, ' ')}`);
console.log(`empty page           ${median(floor).toFixed(2)} ms a frame`);
console.log(`running herd         ${median(cost).toFixed(2)} ms a frame`);
console.log(`difference           ${own.toFixed(2)} ms of ${BOUND_MS}   ${own <= BOUND_MS ? 'ok' : 'MISS'}`);
process.exitCode = own <= BOUND_MS ? 0 : 1;
