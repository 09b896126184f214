import type { HerdView } from '../../../sim/view.ts';
import { textWidth } from '../../text-width.ts';
import { d, type Pen } from '../ops.ts';
import type { StageLayout, UsersPlace } from '../placed.ts';
import { counted } from '../words.ts';
import { drawDotKey } from './glyphs.ts';

/** Users by what they hold: never signed in, signed in, session lost, session missed. */
export interface UserCounts {
  readonly none: number;
  readonly held: number;
  readonly lost: number;
  readonly missed: number;
}

export function countUsers(users: Uint8Array): UserCounts {
  const by = new Uint32Array(4);
  for (let i = 0; i < users.length; i++) by[users[i]!]!++;
  return { none: by[0]!, held: by[1]!, lost: by[2]!, missed: by[3]! };
}

/** Heads in the order of the users; where one stands for several, in the order of the states, none left out. */
function headStates(users: Uint8Array, place: UsersPlace): Uint8Array {
  if (place.per === 1) return users;
  const { none, held, lost, missed } = countUsers(users);
  const heads = new Uint8Array(place.heads).fill(1);
  const tail = [
    [2, lost],
    [3, missed],
    [0, none],
  ] as const;
  let at = Math.ceil(held / place.per);
  for (const [state, count] of tail) {
    const end = Math.min(heads.length, at + Math.ceil(count / place.per));
    heads.fill(state, at, end);
    at = end;
  }
  return heads.subarray(0, at);
}

export function drawUsers(pen: Pen, view: HerdView, layout: StageLayout): void {
  const place = layout.users;
  const heads = headStates(view.users, place);
  const xy: number[][] = [[], [], [], []];
  let solid = '';
  let hollow = '';
  let faint = '';
  for (let i = 0; i < heads.length; i++) {
    const x = place.x0 + (i % place.cols) * place.pitchX;
    const y = place.y0 + Math.floor(i / place.cols) * place.pitchY;
    const state = heads[i]!;
    xy[state]!.push(x, y);
    if (!place.bodies) continue;
    const shoulders = bodyPath(x, y, place.scale);
    if (state === 0) faint += shoulders;
    else if (state === 2) hollow += shoulders;
    else solid += shoulders;
  }
  const s = place.scale;
  const r = 5.5 * s;
  pen.path(solid, { fill: 'ink' });
  pen.path(hollow, { stroke: 'ink', width: Math.max(1, 1.5 * s) });
  pen.path(faint, { stroke: 'rail', width: Math.max(1, 1.25 * s) });
  pen.circles(xy[0]!, Math.max(1, 1.5 * s), { fill: 'pin' });
  pen.circles(xy[1]!, r, { fill: 'blue' });
  const line = Math.max(1, 2.25 * s);
  pen.circles(xy[2]!, r - line / 3, { fill: 'paper', stroke: 'red', width: line });
  pen.halves(xy[3]!, r - line / 3, { fill: 'ink', stroke: 'ink', width: line * 0.8 });
  drawCounts(pen, view, layout);
}

const bodyPath = (x: number, y: number, s: number): string =>
  d(
    'M',
    x - 8 * s,
    y + 19 * s,
    'v',
    -3.5 * s,
    'a',
    7 * s,
    7 * s,
    '0 0 1',
    7 * s,
    -7 * s,
    'h',
    2 * s,
    'a',
    7 * s,
    7 * s,
    '0 0 1',
    7 * s,
    7 * s,
    'v',
    3.5 * s,
    'z',
  );

function drawCounts(pen: Pen, view: HerdView, layout: StageLayout): void {
  const counts = countUsers(view.users);
  if (layout.mode === 'wide') drawLegend(pen, view, layout, counts);
  else drawSentence(pen, view, layout, counts);
}

/** Wide: one row a state, each with the sign that the heads wear. */
function drawLegend(pen: Pen, view: HerdView, layout: StageLayout, counts: UserCounts): void {
  const { x, y } = layout.users.words;
  const { per } = layout.users;
  pen.text(x, y, counted(view.users.length, 'user'), { size: 17, weight: 700 });
  if (per > 1) {
    pen.text(x + 10 + textWidth(counted(view.users.length, 'user'), 17, 700), y, `one head = ${per}`, {
      size: 13,
      fill: 'ink2',
    });
  }
  const rows = [
    { count: counts.held, text: 'signed in', sign: 'dot', always: true },
    { count: counts.lost, text: 'signed out', sign: 'ring', always: counts.missed + counts.none === 0 },
    { count: counts.missed, text: 'not recognised', sign: 'half', always: false },
    { count: counts.none, text: 'not signed in', sign: 'pin', always: false },
  ] as const;
  const shown = rows.filter((row) => row.always || row.count > 0);
  const step = shown.length > 3 ? 24 : 30;
  const widest = Math.max(...shown.map(({ count }) => textWidth(String(count), 20, 700)));
  shown.forEach((row, i) => {
    const at = y + 26 + i * step;
    const cx = x + 8;
    if (row.sign === 'dot') pen.circles([cx, at], 8, { fill: 'blue' });
    else if (row.sign === 'ring')
      pen.circles([cx, at], 7, { fill: 'paper', stroke: row.count > 0 ? 'red' : 'ink2', width: 2.5 });
    else if (row.sign === 'half') pen.halves([cx, at], 7, { fill: 'ink', stroke: 'ink', width: 2 });
    else pen.circles([cx, at], 1.75, { fill: 'pin' });
    const number = String(row.count);
    pen.text(x + 26, at + 6, number, { size: 20, weight: 700 });
    pen.text(x + 33 + widest, at + 6, row.text, { size: 15 });
  });
}

/** Compact: one line. */
function drawSentence(pen: Pen, view: HerdView, layout: StageLayout, counts: UserCounts): void {
  const { x, y } = layout.users.words;
  const { box, per } = layout.users;
  const style = { size: 14, weight: 600 } as const;
  const many = per > 1 ? ` (one dot = ${per})` : '';
  pen.text(x, y, `${counts.held} of ${view.users.length} signed in${many}`, style);
  const parts = [
    counts.lost > 0 ? `${counts.lost} signed out` : '',
    counts.missed > 0 ? `${counts.missed} not recognised` : '',
  ].filter((part) => part !== '');
  const back = parts.length === 0 && view.usersReturned > 0;
  const words = back ? `${view.usersReturned} signed in again` : parts.join(', ');
  pen.text(box.x + box.w, y, words, { ...style, fill: back ? 'ink2' : 'red', anchor: 'end' });
}

/** The key for dots that stand for several sessions. */
export function drawSessionKey(pen: Pen, layout: StageLayout): void {
  const { per } = layout.lattice;
  const last = layout.hosts[layout.hosts.length - 1];
  if (per === 1 || layout.detail !== 'stalls' || last === undefined) return;
  // Captions stand right below the fence: there it is told beside the balancer.
  const beside = layout.stalls[0]?.label.lines === 2 ? layout.balancer : null;
  if (beside !== null) {
    drawDotKey(pen, beside.box.x + beside.box.w + 14, beside.title.y, `= ${per}`);
    return;
  }
  const text = `= ${per} sessions`;
  const w = 13 + text.length * 6.9;
  const x = last.box.x + last.box.w - 20 - w;
  const y = last.box.y + last.box.h + 4;
  pen.rect(x - 6, y - 14, w + 10, 20, 0, { fill: 'paper' });
  drawDotKey(pen, x, y, text);
}
