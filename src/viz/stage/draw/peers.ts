import type { HerdView, PeersView } from '../../../sim/view.ts';
import { d, type Pen } from '../ops.ts';
import type { StageLayout, StallPlace } from '../placed.ts';
import { makeTrack } from '../track.ts';
import { drawRings } from './tokens.ts';

/** More members in a column are joined each with the next only. */
const MOST_MESHED = 6;
/** How far a line between two that stand apart leads out. */
const BRACKET = { stale: 6, least: 12, more: 4, most: 19 };
/** Where lines leave a stall: those of the living, and those to the dead. */
const KNOWN = 0.28;
const STALE = 0.5;

interface Member {
  readonly place: StallPlace;
  readonly id: number;
  readonly peers: PeersView | null;
}

/**
 * Who believes in whom: a thin line between two members that know each other, none where either does not; a broken red one
 * from a member to a dead one in whom it still believes.
 */
export function drawPeers(pen: Pen, view: HerdView, layout: StageLayout): void {
  if (layout.detail !== 'stalls' || view.containers.every(({ peers }) => peers === null)) return;
  const all = inOrder(layout.stalls).map((place): Member => {
    const { id, peers } = view.containers[place.index]!;
    return { place, id, peers };
  });
  const members = all.filter(({ peers }) => peers !== null);
  let known = '';
  members.forEach((a, i) => {
    members.slice(i + 1).forEach((b, gap) => {
      if (areJoined(a, b, gap, members.length) && believes(a, b) && believes(b, a))
        known += way(a, b, gap, KNOWN);
    });
  });
  pen.path(known, { stroke: 'ink2', width: 1.5 });

  let stale = '';
  const ends: number[] = [];
  for (const member of members)
    for (const ghost of member.peers!.ghosts) {
      const dead = all.find(({ id }) => id === ghost);
      if (!dead) continue;
      const [a, b] = all.indexOf(member) < all.indexOf(dead) ? [member, dead] : [dead, member];
      stale += way(a, b, Math.abs(all.indexOf(member) - all.indexOf(dead)) - 1, STALE);
      const { body } = dead.place;
      ends.push(body.x - 2, body.y + body.h / 2);
    }
  pen.path(stale, { stroke: 'red', width: 2, dash: [4, 3] });
  drawRings(pen, ends, 5);
}

const believes = (a: Member, b: Member): boolean => !a.peers!.strangers.includes(b.id);

/** In a column every two, while they are few; in rows neighbours. */
function areJoined({ place: a }: Member, { place: b }: Member, gap: number, count: number): boolean {
  if (a.label.side === 'right') return gap === 0 || count <= MOST_MESHED;
  return gap === 0 && (a.gate.y === b.gate.y || a.gate.x === b.gate.x);
}

/** Rows to and fro, so that who comes next always stands beside or below. */
function inOrder(stalls: readonly StallPlace[]): StallPlace[] {
  const rows: StallPlace[][] = [];
  for (const stall of stalls) {
    const row = rows.at(-1);
    if (row && row[0]!.gate.y === stall.gate.y) row.push(stall);
    else rows.push([stall]);
  }
  return rows.flatMap((row, i) => (i % 2 === 0 ? row : row.toReversed()));
}

/** From the first to a later one: in rows straight, in a column a bracket before the fronts, the wider the farther. `at` 0..1 of the height. */
function way(
  { place: { body: a, label } }: Member,
  { place: { body: b } }: Member,
  gap: number,
  at: number,
): string {
  if (label.side !== 'right') {
    const [left, right] = a.x < b.x ? [a, b] : [b, a];
    const y = a.y + a.h * at;
    // Beside the words that stand between two rows.
    const x = a.x + a.w * 0.9;
    return a.y === b.y ? d('M', left.x + left.w, y, 'H', right.x) : d('M', x, a.y + a.h, 'V', b.y);
  }
  const out =
    a.x - (at === STALE ? BRACKET.stale : Math.min(BRACKET.most, BRACKET.least + BRACKET.more * gap));
  const inset = 0.3 * at + 0.06 * Math.min(gap, 3);
  return makeTrack(
    [
      [a.x, a.y + a.h * (1 - inset)],
      [out, a.y + a.h * (1 - inset)],
      [out, b.y + b.h * inset],
      [b.x, b.y + b.h * inset],
    ],
    5,
  ).d;
}
