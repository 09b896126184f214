// What the picture costs: main-thread task time a frame, minus that of an empty page in the same run, and how evenly the
// frames and the pictures come. 1200×700, DPR 1, medians of 5 runs of 300 frames.
//
// The page is the whole sandbox. Its thread simulates a herd for 8 s before the first frame and then plays 4 s of that
// in a loop (bench/frame/replay.ts): the simulation's own cost would blur the figures. Everything else is paid for as in
// the app: noting and finding legs, looking at the herd, layout, list, painting, telling the page, and what React makes of
// it. A request on its way to a server, a store or back is drawn for 450 ms: "under way" counts these. Of a crowd on one
// rail the picture shows a dot for so many, and says for how many.
//
// Task time is judged in CPU time of the main thread; in wall time, which stands beside it, there is also whatever else
// the machine does. How evenly frames and pictures come is judged against the frames of the empty page: without a GPU
// the canvas is painted and the page composed on the same cores that simulate, list and render.
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { CHROMIUM_ARGS, chromiumPath } from '../scripts/browser.mjs';
import { modules, root } from '../scripts/setup.mjs';

const BOUND_MS = 3;
const RATIO_BOUND = 1.5;
const TRAY_BOUND_MS = 0.6;
const RUNS = 5;
const FRAMES = 300;

const outDir = join(modules, '.cache', 'paddock-bench', 'frame');
await build({
  root,
  logLevel: 'warn',
  build: {
    outDir,
    emptyOutDir: true,
    copyPublicDir: false,
    rolldownOptions: { input: join(root, 'bench', 'frame', 'index.html') },
  },
});
const serve = (dir) =>
  preview({
    root,
    configFile: false,
    build: { outDir: dir },
    preview: { port: 0, host: '127.0.0.1' },
    logLevel: 'silent',
  });
const server = await serve(outDir);
const executablePath = chromiumPath();
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: CHROMIUM_ARGS });
const context = await browser.newContext({ viewport: { width: 1200, height: 700 }, deviceScaleFactor: 1 });

const quantile = (list, q) =>
  list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(q * list.length))];
const median = (list) => quantile(list, 0.5);
const gaps = (stamps) => stamps.slice(1).map((stamp, i) => stamp - stamps[i]);
const ms = (value) => `${value.toFixed(2)} ms`;

let missed = false;
/** Prints one judged figure. */
function judge(what, value, bound, unit) {
  const ok = value <= bound;
  missed ||= !ok;
  console.log(`  ${ok ? 'ok  ' : 'MISS'} ${what}: ${value.toFixed(2)}${unit} (<= ${bound}${unit})`);
}
const note = (what, text) => console.log(`       ${what}: ${text}`);

/** From now on: ms of tasks of the page's main thread, of wall time or of the thread's own. */
async function meter(page, timeDomain) {
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain });
  const read = async () =>
    1000 *
    (await cdp.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
  const from = await read();
  return async () => {
    const to = await read();
    await cdp.detach();
    return to - from;
  };
}

/** FRAMES frames of a page: task and CPU ms of the main thread for each, and when they and the pictures came. */
async function frames(page) {
  const wall = await meter(page, 'timeTicks');
  const cpu = await meter(page, 'threadTicks');
  const seen = await page.evaluate(
    (count) =>
      new Promise((done) => {
        const { counts } = globalThis;
        const from = counts && {
          trays: counts.trays.length,
          objects: counts.objects,
          mutations: counts.mutations,
        };
        const stamps = [];
        const next = (at) => {
          stamps.push(at);
          if (stamps.length <= count) requestAnimationFrame(next);
          else
            done({
              stamps,
              trays: counts?.trays.slice(from.trays) ?? [],
              objects: counts ? counts.objects - from.objects : 0,
              mutations: counts ? counts.mutations - from.mutations : 0,
            });
        };
        requestAnimationFrame(next);
      }),
    FRAMES,
  );
  return { ...seen, task: (await wall()) / FRAMES, cpu: (await cpu()) / FRAMES };
}

async function measured(page) {
  const runs = [];
  for (let i = 0; i < RUNS; i++) runs.push(await frames(page));
  return {
    task: median(runs.map(({ task }) => task)),
    cpu: median(runs.map(({ cpu }) => cpu)),
    frameP95: median(runs.map(({ stamps }) => quantile(gaps(stamps), 0.95))),
    pictureP95: median(runs.map(({ trays }) => quantile(gaps(trays), 0.95))),
    trays: median(runs.map(({ trays }) => trays.length / FRAMES)),
    objects: median(runs.map(({ objects }) => objects / FRAMES)),
    mutations: median(runs.map(({ mutations }) => mutations / FRAMES)),
  };
}

const reached = (page, seconds) =>
  page.waitForFunction(
    (at) => Number.parseFloat(document.querySelector('[role=timer]')?.textContent ?? '0') >= at,
    seconds,
    { timeout: 400_000, polling: 500 },
  );

async function herd(containers, users, work) {
  const empty = await context.newPage();
  await empty.goto('about:blank');
  const floor = await measured(empty);
  await empty.close();

  const page = await context.newPage();
  const at = `${server.resolvedUrls.local[0]}bench/frame/index.html`;
  await page.goto(`${at}?containers=${containers}&users=${users}&work=${work}#/sandbox`);
  await reached(page, 3);
  const found = await measured(page);
  const running = await page.getByRole('status', { name: 'Containers running', exact: true }).innerText();
  const underWay = await page.evaluate(() =>
    globalThis.counts.echo(1, false).then(() => globalThis.counts.underWay),
  );
  console.log(`${running.replaceAll(/\s+/g, ' ')} containers, ${underWay} requests under way`);
  const told = (m) => `${ms(m.task)} a frame (${ms(m.cpu)} of CPU), interval p95 ${ms(m.frameP95)}`;
  note('empty page', told(floor));
  note('herd', `${told(found)}; of pictures ${ms(found.pictureP95)}`);
  note('task time a frame beyond the empty page, wall', ms(found.task - floor.task));
  judge('task time a frame beyond the empty page, CPU', found.cpu - floor.cpu, BOUND_MS, ' ms');
  judge('interval of frames, p95, of the empty page’s', found.frameP95 / floor.frameP95, RATIO_BOUND, '×');
  judge(
    'interval of pictures, p95, of the empty page’s frames',
    found.pictureP95 / floor.frameP95,
    RATIO_BOUND,
    '×',
  );
  judge('trays a frame', found.trays, 1, '');
  note('objects cloned a frame', found.objects.toFixed(2));
  judge('changes of the page a frame', found.mutations, 0.5, '');
  return page;
}

await (await herd(50, 300, '40ms')).close();
const large = await herd(1000, 5800, '20ms');
await large.getByRole('button', { name: 'Pause', exact: true }).click();
for (const [what, withView] of [
  ['of every frame', false],
  ['with a view of a thousand containers, which is told five times a second at most', true],
]) {
  const took = await large.evaluate(([times, view]) => globalThis.counts.echo(times, view), [400, withView]);
  const found = quantile(took.slice(100), 0.95);
  note(`tray ${what}, median`, ms(median(took.slice(100))));
  if (withView) note(`tray ${what}: packed, there, back and unpacked, p95`, ms(found));
  else judge(`tray ${what}: there and back, p95`, found, TRAY_BOUND_MS, ' ms');
}
await large.close();
await (await herd(1000, 58_000, '5ms')).close();
await server.close();

await browser.close();
process.exitCode = missed ? 1 : 0;
