import type { HerdView, StoreView } from '../../../sim/view.ts';
import { ellipsize, textWidth } from '../../text-width.ts';
import { dotsFor, fitLattice, latticeSpots } from '../lattice.ts';
import { d, type Ink, type Pen } from '../ops.ts';
import type { Box, StageLayout, StorePlace } from '../placed.ts';
import { isOutOfReach } from '../cuts.ts';
import { counted, isDurable, seconds, shortage, storeName } from '../words.ts';
import { drawRows, drawSheets } from './holdings.ts';
import { drawBroken, drawClock, drawCross, drawFullDisk, drawLevel, drawPause } from './glyphs.ts';
import { drawStoredTokens, drawTokens } from './tokens.ts';

const TIERS = [
  [7, 6],
  [10, 9],
  [15, 13],
] as const;
const INSET = 12;
/** Degrees that a store tilts when it is down. */
const TILT = 4;
/** Distance of a replica's box from its primary's. */
const REPLICA = 5;

/** Backing services; a heavy base line means on disk. */
export function drawStores(pen: Pen, view: HerdView, layout: StageLayout, t: number): void {
  for (const place of layout.stores) {
    const store = view.stores[place.index]!;
    const down = store.state === 'down';
    const { x, y, w, h } = place.box;
    if (down) {
      pen.push(x + w / 2, y + h / 2, place.size === 'full' ? TILT : 2, place.size === 'full' ? 0.95 : 0.97);
      const box = { x: -w / 2, y: -h / 2, w, h };
      drawStore(pen, view, store, { ...place, box }, t);
      pen.pop();
    } else {
      drawStore(pen, view, store, place, t);
    }
  }
}

function drawStore(pen: Pen, view: HerdView, store: StoreView, place: StorePlace, t: number): void {
  const { x, y, w, h } = place.box;
  if (store.standby === true) drawReplica(pen, place);
  const down = store.state === 'down';
  pen.rect(x, y, w, h, 3, {
    fill: 'plate',
    stroke: 'ink',
    width: 1.75,
    ...(down ? { dash: [6, 5] } : {}),
  });
  const base = place.size === 'full' ? 6 : 5;
  if (isDurable(store)) pen.rect(x, y + h - base, w, base, 0, { fill: 'ink' });
  if (place.size === 'line') drawLine(pen, view, store, place.box, t);
  else drawFull(pen, view, store, place.box, t);
}

/** A second box behind the first: what would take over. */
function drawReplica(pen: Pen, { box: { x, y, w, h } }: StorePlace): void {
  const by = REPLICA;
  pen.path(d('M', x + by, y + h + by, 'H', x + w + by, 'V', y + by), { stroke: 'ink', width: 1.5 });
  pen.lines([x + w, y, x + w + by, y + by, x, y + h, x + by, y + h + by], { stroke: 'ink', width: 1.25 });
}

/** Who would take over, or does, or that nobody is left to. */
function replicaWords({ standby, takeoverAt }: StoreView, t: number): string | null {
  if (standby === null) return null;
  if (takeoverAt !== null) return `replica in ${seconds(takeoverAt - t)}`;
  return standby ? '+ replica' : 'no replica';
}

function drawLine(pen: Pen, view: HerdView, store: StoreView, { x, y, w }: Box, t: number): void {
  const left = store.takeoverAt === null ? null : seconds(store.takeoverAt - t);
  const takeover = left === null ? null : w < 160 ? `in ${left}` : `replica in ${left}`;
  const word = takeover ?? troubleOf(store, view)?.word ?? null;
  const { count, unit } = mainCount(store);
  const number = word ?? `${count}${unit}`;
  const size = word === null ? 17 : 14;
  pen.text(x + w - 10, y + 23, number, {
    size,
    weight: word === null ? 700 : 600,
    anchor: 'end',
    fill: word === null ? 'ink' : 'red',
  });
  const room = w - 24 - textWidth(number, size, 700);
  const nameSize = w < 120 ? 14 : 15;
  pen.text(x + 10, y + 23, nameWithin(store, room, nameSize, 600), { size: nameSize, weight: 600 });
}

function nameWithin(store: StoreView, room: number, size: number, weight: number): string {
  const name = storeName(store, (candidate) => textWidth(candidate, size, weight) <= room);
  return ellipsize(name, room, size, weight);
}

/** What those are for that never hold a session, a file or an order. */
const PURPOSES: Readonly<Record<string, string>> = {
  queue: 'for jobs',
  collector: 'for log lines',
  manager: 'for secrets',
};

function drawFull(pen: Pen, view: HerdView, store: StoreView, box: Box, t: number): void {
  const { x, y, w, h } = box;
  const trouble = troubleOf(store, view);
  const replica = store.kind === 'volume' ? 'network' : replicaWords(store, t);
  const wordW =
    trouble === null
      ? replica === null
        ? 0
        : textWidth(replica, 13, 500) + 8
      : textWidth(trouble.word, 14, 600) + 22;
  pen.text(x + INSET, y + 25, nameWithin(store, w - 2 * INSET - wordW, 17, 700), { size: 17, weight: 700 });
  if (trouble !== null) {
    const at = x + w - INSET - textWidth(trouble.word, 14, 600);
    pen.text(at, y + 25, trouble.word, { size: 14, weight: 600, fill: 'red' });
    drawMark(pen, trouble.mark, at - 11, y + 20);
  } else if (replica !== null) {
    const fill: Ink = store.standby === false ? 'red' : 'ink2';
    pen.text(x + w - INSET, y + 25, replica, { size: 13, weight: 500, fill, anchor: 'end' });
  }
  if (store.maxKeys !== null && store.maxKeys > 0)
    drawLevel(pen, x + w - 10, y + 38, 4, h - 38 - (isDurable(store) ? 42 : 34), store.keys / store.maxKeys);
  const inner: Box = { x: x + INSET, y: y + 38, w: w - 2 * INSET, h: h - 38 - (isDurable(store) ? 44 : 32) };
  const main = mainCount(store);
  const purpose = PURPOSES[store.kind] ?? null;
  if (main.kind === 'sessions' && purpose === null)
    drawSessions(pen, view, store, {
      x: x + 9,
      y: y + 36,
      w: w - 20,
      h: h - (isDurable(store) ? 80 : 72) - (store.state === 'down' ? 16 : 0),
    });
  else if (main.kind === 'uploads') drawSheets(pen, inner, main.count);
  else if (main.kind === 'entries') drawEntries(pen, inner, main.count / 100);
  else if (main.kind === 'records') drawRows(pen, inner, main.count);
  const baseline = y + h - (isDurable(store) ? 20 : 13);
  const short = shortage(store);
  if (store.state === 'down' && isDurable(store) && main.kind === 'sessions' && main.count > 0)
    pen.text(x + INSET, baseline - 18, `${main.count} kept on disk`, { size: 13, weight: 600 });
  if (store.takeoverAt !== null) {
    pen.text(x + INSET, baseline, replica!, { size: 14, weight: 600 });
  } else if (store.waiting > 0 || short !== null) {
    const words = store.waiting > 0 ? `${store.waiting} waiting` : short!;
    pen.text(x + INSET, baseline, ellipsize(words, w - 2 * INSET, 13, 600), {
      size: 13,
      weight: 600,
      fill: 'red',
    });
  } else if (purpose !== null) {
    pen.text(x + INSET, baseline, purpose, { size: 15, weight: 600 });
  } else if (main.kind === 'sessions' && main.count === 0) {
    pen.text(x + INSET, baseline, 'no sessions here', { size: 15, weight: 600 });
  } else {
    const number = `${main.count}${main.unit}`;
    pen.text(x + INSET, baseline, number, { size: 20, weight: 700 });
    const words = main.unit === '' ? counted(main.count, main.one).slice(number.length + 1) : main.one;
    if (store.evicted > 0) {
      const style = { size: 14, weight: 600, fill: 'red', anchor: 'end' } as const;
      pen.text(x + w - INSET, baseline, `${store.evicted} evicted`, style);
      return;
    }
    pen.text(x + INSET + textWidth(number, 20, 700) + 6, baseline, words, { size: 15 });
  }
}

type Mark = 'cross' | 'pause' | 'clock' | 'disk' | 'broken';

const MARKS: Readonly<Record<Exclude<StoreView['state'], 'up'>, Mark>> = {
  down: 'cross',
  paused: 'pause',
  slow: 'clock',
  full: 'disk',
};

/** What is worth saying about its state: only trouble. */
function troubleOf(store: StoreView, view: HerdView): { readonly word: string; readonly mark: Mark } | null {
  if (store.state !== 'up') return { word: store.state, mark: MARKS[store.state] };
  const alive = view.containers.filter((c) => c.phase === 'running');
  if (isOutOfReach(store.cutOff, alive)) return { word: 'cut off', mark: 'broken' };
  return null;
}

function drawMark(pen: Pen, mark: Mark, x: number, y: number): void {
  switch (mark) {
    case 'cross':
      drawCross(pen, x, y, 5, 3);
      break;
    case 'pause':
      drawPause(pen, x - 4, y - 6, 12, 'red');
      break;
    case 'clock':
      drawClock(pen, x, y, 6.5, 'red');
      break;
    case 'disk':
      drawFullDisk(pen, x, y, 7, 'red');
      break;
    case 'broken':
      drawBroken(pen, x - 11, y);
      break;
  }
}

interface MainCount {
  readonly kind: 'sessions' | 'uploads' | 'records' | 'entries';
  readonly count: number;
  readonly one: string;
  readonly unit: string;
}

/** The one thing that is counted in a store: what it holds, or would hold first. */
function mainCount(store: StoreView): MainCount {
  const unit = '';
  if (store.kind === 's3' || store.kind === 'minio')
    return { kind: 'uploads', count: store.uploads, one: 'upload', unit };
  if (store.kind === 'volume' && store.sessions === 0 && store.uploads > 0)
    return { kind: 'uploads', count: store.uploads, one: 'upload', unit };
  if (store.sessions === 0 && (store.kind === 'postgres' || store.records > 0))
    return { kind: 'records', count: store.records, one: 'order', unit };
  if (store.sessions === 0 && store.cached !== null)
    return { kind: 'entries', count: Math.round(store.cached * 100), one: 'of its keys', unit: ' %' };
  return { kind: 'sessions', count: store.sessions, one: 'session', unit };
}

/** A square for every fiftieth of what a cache could hold. */
function drawEntries(pen: Pen, box: Box, share: number): void {
  const [cols, rows] = [10, 5];
  const pitch = Math.min(box.w / cols, box.h / rows);
  const side = pitch * 0.6;
  const filled = share > 0 ? Math.max(1, Math.round(share * cols * rows)) : 0;
  let path = '';
  const pins: number[] = [];
  for (let i = 0; i < cols * rows; i++) {
    const x = box.x + (i % cols) * pitch;
    const y = box.y + Math.floor(i / cols) * pitch;
    if (i < filled) path += d('M', x, y, 'h', side, 'v', side, 'h', -side, 'z');
    else pins.push(x + side / 2, y + side / 2);
  }
  pen.path(path, { fill: 'ink2' });
  pen.circles(pins, 1.25, { fill: 'pin' });
}

function drawSessions(pen: Pen, view: HerdView, store: StoreView, box: Box): void {
  const spec = fitLattice(box.w, box.h, Math.max(store.sessions, Math.min(view.users.length, 195)), TIERS);
  const r = Math.min(spec.r, 6);
  const draw = store.state === 'down' && isDurable(store) ? drawStoredTokens : drawTokens;
  draw(pen, latticeSpots(spec, box), dotsFor(store.sessions, spec.per), r);
  if (spec.per > 1) {
    pen.text(box.x + box.w - 1, box.y - 11, `dot = ${spec.per}`, { size: 13, fill: 'ink2', anchor: 'end' });
  }
}
