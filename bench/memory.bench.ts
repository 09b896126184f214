/** What a run leaves on the heap, journal, metric bins and checkpoints apart. */
import { createRun } from '../src/sim/create-run.ts';
import { large, lesson } from './herds.ts';
import { anchorLoop } from './anchor-loop.ts';
import { judge, note } from './support.ts';

const EVENTS = 1_000_000;

/** Bytes alive: objects and the buffers of typed arrays. */
function alive(): number {
  if (globalThis.gc === undefined) throw new Error('needs node --expose-gc');
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Logs that a run keeps on purpose grow with virtual time, not with events: read off its checkpoint. */
function logBytes(run: ReturnType<typeof createRun>): number {
  const { world } = run.checkpoint().state as {
    world: Record<'journal' | 'metrics', Record<string, { chunks?: { byteLength: number }[] }>>;
  };
  let bytes = 0;
  for (const part of [world.journal, world.metrics])
    for (const log of Object.values(part)) for (const chunk of log.chunks ?? []) bytes += chunk.byteLength;
  return bytes;
}

for (const [name, scenario] of [
  [
    'lesson',
    {
      ...lesson('redis'),
      traffic: {
        ...lesson('redis').traffic,
        mix: { browse: 1, 'sign-in': 0, upload: 0, 'view-upload': 0, post: 0, checkout: 0 },
      },
    },
  ],
  [
    '1,000 containers',
    {
      ...large('memory'),
      traffic: {
        ...large('memory').traffic,
        mix: { browse: 1, 'sign-in': 0, upload: 0, 'view-upload': 0, post: 0, checkout: 0 },
      },
    },
  ],
] as const) {
  const run = createRun(scenario);
  const step = name === 'lesson' ? 10_000 : 200;
  // Tables reach their size and code its shape before anything is measured.
  while (run.events < EVENTS / 2) run.advance(run.now + step);
  const logs = logBytes(run);
  const before = alive();
  const from = run.events;
  while (run.events < from + EVENTS) run.advance(run.now + step);
  const grown = alive() - before;
  const kept = logBytes(run) - logs;
  note(
    name,
    `${run.events - from} events: grew by ${grown} bytes, ${kept} of them journal, bins and latency samples`,
  );
  judge(`growth, ${name}`, (grown - kept) / (run.events - from), 2, ' bytes an event');
}

anchorLoop('roundrobin', 10, 0.8, 100_000, 1);
const before = alive();
anchorLoop('roundrobin', 10, 0.8, EVENTS / 2, 1);
judge('growth, anchor loop', Math.max(0, alive() - before) / EVENTS, 2, ' bytes an event');
