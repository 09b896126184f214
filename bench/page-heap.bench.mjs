// What ten minutes of a herd leave behind in the page: the bytes in use at the virtual minutes 2 and 12, at speed 10, after
// forced collections. Needs a built app (npm run build).
import { setTimeout } from 'node:timers/promises';
import { chromium } from 'playwright';
import { preview } from 'vite';
import { CHROMIUM_ARGS, chromiumPath } from '../scripts/browser.mjs';
import { root } from '../scripts/setup.mjs';

const BOUND = 5;
const note = (what, text) => console.log(`       ${what}: ${text}`);

/** Bytes in use by the page and its thread after forced collections: the least of some, since news is always on its way. */
async function heap(cdp) {
  let worker = null;
  let id = 0;
  const waiting = new Map();
  cdp.on('Target.attachedToTarget', ({ sessionId }) => (worker = sessionId));
  cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id: answered, result } = JSON.parse(message);
    waiting.get(answered)?.(result);
  });
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const askWorker = (method) =>
    new Promise((done) => {
      waiting.set(++id, done);
      void cdp.send('Target.sendMessageToTarget', {
        sessionId: worker,
        message: JSON.stringify({ id, method }),
      });
    });
  const used = [];
  for (const ask of [(method) => cdp.send(method), ...(worker ? [askWorker] : [])]) {
    let least = Infinity;
    for (let turn = 0; turn < 5; turn++) {
      await ask('HeapProfiler.collectGarbage');
      const { usedSize, backingStorageSize = 0 } = await ask('Runtime.getHeapUsage');
      least = Math.min(least, usedSize + backingStorageSize);
      await setTimeout(100);
    }
    used.push(least);
  }
  await cdp.detach();
  return used;
}

const app = await preview({ root, logLevel: 'silent', preview: { port: 0, host: '127.0.0.1' } });

/**
 * Bytes at both minutes in a browser with these flags. The page is pressed and read by plain expressions: what finds buttons
 * by name is a megabyte of code in it, and is compiled as it runs.
 */
async function tenMinutes(flags) {
  const executablePath = chromiumPath();
  const own = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [...CHROMIUM_ARGS, ...flags],
  });
  const page = await own.newPage({ viewport: { width: 1200, height: 700 } });
  await page.goto(`${app.resolvedUrls.local[0]}#/sandbox`);
  const session = () => page.context().newCDPSession(page);
  const cdp = await session();
  const when = async (expression) => {
    for (;;) {
      if ((await cdp.send('Runtime.evaluate', { expression })).result.value) return;
      await setTimeout(500);
    }
  };
  const press = (found) => `(() => { const button = ${found}; button?.click(); return Boolean(button); })()`;
  const heapAt = async (minute) => {
    await when(
      `Number.parseFloat(document.querySelector('[role=timer]')?.textContent ?? '0') >= ${60 * minute}`,
    );
    return heap(await session());
  };
  await when(press(`document.querySelector('button[aria-label=Speed]')`));
  await when(
    press(
      `[...document.querySelectorAll('[role=menuitemradio]')].find((item) => item.textContent.trim() === '10×')`,
    ),
  );
  const found = [await heapAt(2), await heapAt(12)];
  await own.close();
  return found;
}

console.log('the first herd, ten times as fast');
const mb = (list) => list.map((bytes) => `${(bytes / 1e6).toFixed(1)} MB`).join(' + ');
const grown = ([before, after]) => 100 * (after[0] / before[0] - 1);
const all = await tenMinutes([]);
note('heap of page + thread at minute 2', mb(all[0]));
note('heap of page + thread at minute 12', mb(all[1]));
note(
  'growth of the page’s, with the machine code that V8 makes of it as it turns out to be hot',
  `${grown(all).toFixed(1)} %`,
);
// The thread keeps the run's own past: journal, metrics by bin, stored uploads, and checkpoints within their budget.
note('growth of the thread’s, a virtual minute', mb([(all[1][1] - all[0][1]) / 10]));
// The page keeps nothing of a run that grows with it.
const kept = await tenMinutes(['--js-flags=--jitless']);
note('the same without machine code', `${mb(kept[0])}, then ${mb(kept[1])}`);
const growth = grown(kept);
console.log(
  `  ${growth <= BOUND ? 'ok  ' : 'MISS'} growth of what the page keeps: ${growth.toFixed(2)} % (<= ${BOUND} %)`,
);
await app.close();
process.exit(growth <= BOUND ? 0 : 1);
