import { isCutOff, serverCut, usersCut } from '../cuts.ts';
import { type FailureMark, marksOf } from '../failure-marks.ts';
import { failureWord, isInside } from '../failure-words.ts';
import { textWidth } from '../../text-width.ts';
import { CROSS_MS, type StageInput } from '../input.ts';
import { containerOf, nodeKind, NODE, storeOf } from '../legs.ts';
import type { Pen } from '../ops.ts';
import { type Spot, spotOn, type Track } from '../track.ts';
import { balancerName, shortage } from '../words.ts';
import { drawCross } from './glyphs.ts';
import { BREAK } from './rails.ts';

/** A cross and a word where requests ended badly; it holds long enough to be read, then fades to a pin. */
export function drawFailures(pen: Pen, input: StageInput): void {
  for (const mark of marksOf(input)) {
    const spot = insideOf(input, mark) ?? placeOf(input, mark.node);
    if (spot !== null) drawMark(pen, input, mark, spot);
  }
}

/** What the container itself answers ends in it, at its gate. */
function insideOf({ layout }: StageInput, { node, cause, retried }: FailureMark): Spot | null {
  if (retried || !isInside(cause) || nodeKind(node) !== 'container' || layout.detail !== 'stalls')
    return null;
  const place = layout.stalls.find(({ id }) => id === containerOf(node));
  if (place === undefined) return null;
  const { tag } = place;
  const beside = place.label.side === 'right';
  return beside
    ? { x: tag.x + tag.w + 13, y: tag.y + tag.h / 2, dx: 0, dy: 0 }
    : { x: tag.x + tag.w / 2, y: tag.y + tag.h + 7, dx: 0, dy: 0 };
}

/** On the rail, a little before the thing itself. */
function placeOf({ layout, view }: StageInput, node: number): Spot | null {
  const { tracks } = layout;
  switch (nodeKind(node)) {
    case 'users':
      return at(tracks.users, tracks.users && view.usersCutOff ? usersCut(tracks.users).from - 14 : 14);
    case 'balancer':
      return at(tracks.users, tracks.users === null ? 0 : tracks.users.length - 14);
    case 'container': {
      const id = containerOf(node);
      const track = tracks.servers.get(id) ?? null;
      const c = view.containers.find((one) => one.id === id);
      // What vanished on its way failed where the way is broken.
      if (track && c && isCutOff(c, view, layout)) return at(track, serverCut(track, layout).from - 14);
      return at(track, track === null ? 0 : track.length - Math.min(BREAK, track.length * 0.3));
    }
    case 'store': {
      const [track] = tracks.stores.get(storeOf(node))?.values() ?? [];
      return at(track ?? null, track === undefined ? 0 : track.length - 14);
    }
  }
}

const at = (track: Track | null, distance: number): Spot | null =>
  track === null ? null : spotOn(track, distance, { x: 0, y: 0, dx: 0, dy: 0 });

function drawMark(pen: Pen, input: StageInput, mark: FailureMark, { x, y }: Spot): void {
  const first = input.reducedMotion ? 2 : mark.drawn / CROSS_MS.stroke;
  const fade = Math.max(0, mark.age - 2 * CROSS_MS.stroke - CROSS_MS.hold) / CROSS_MS.fade;
  const fading = fade > 0 && !input.reducedMotion;
  if (fading) {
    pen.circles([x, y], 2, { fill: 'pin' });
    pen.push(0, 0, 0, 1, 1 - fade);
  }
  const large = input.layout.detail === 'stalls' && input.layout.railWidth > 8;
  const reach = (large ? 9 : 6) * (mark.retried ? 0.7 : 1);
  pen.circles([x, y], reach + 4, { fill: 'paper' });
  drawCross(pen, x, y, reach, large ? 4.5 : 3, first, first - 1, mark.retried ? 'ink2' : 'red');
  drawWord(pen, input, mark, x, y, reach);
  if (fading) pen.pop();
}

function drawWord(pen: Pen, input: StageInput, mark: FailureMark, x: number, y: number, reach: number): void {
  const { balancer, detail, mode } = input.layout;
  if (detail !== 'stalls' && nodeKind(mark.node) === 'container') return;
  const inside = insideOf(input, mark) !== null;
  const what = mark.retried
    ? 'tried again'
    : (inside && mode === 'wide') || saysItself(input, mark.node)
      ? ''
      : failureWord(mark.cause, mark.is503);
  const word = `${what}${mark.count > 1 ? ` ×${mark.count}` : ''}`.trim();
  if (word === '') return;
  const style = { size: 14, weight: 600, fill: mark.retried ? 'ink2' : 'red', halo: 4 } as const;
  const atBalancer = mark.node === NODE.balancer && balancer !== null;
  if (atBalancer && mode === 'compact') {
    pen.text(balancer.box.x - 6, balancer.title.y, word, { ...style, size: 13, anchor: 'end' });
  } else if (atBalancer) {
    // Beside the rail there are users; above the capsule there is room.
    pen.text(balancer.box.x + balancer.box.w / 2, balancer.box.y - 7, word, { ...style, anchor: 'middle' });
  } else if (mark.node === NODE.users || mode === 'compact' || inside) {
    const { width, scale } = input.layout;
    // At the right edge of the stage there is room to the left only.
    if (x + reach + 5 + textWidth(word, 14, 600) < width / scale - 8)
      pen.text(x + reach + 5, y + 5, word, style);
    else pen.text(x - reach - 5, y + 5, word, { ...style, anchor: 'end' });
  } else {
    pen.text(x - reach - 7, beside(input, word, x - reach - 7, y - 10), word, { ...style, anchor: 'end' });
  }
}

/** Where a word that ends at `x` may stand: at `y`, or above the balancer's name where it would cover that. */
function beside({ layout, view }: StageInput, word: string, x: number, y: number): number {
  const { balancer } = layout;
  if (balancer === null || view.balancer === null) return y;
  const { title, box } = balancer;
  const end = title.x + textWidth(balancerName(view.balancer.kind), 17, 700) / 2;
  const covers = x - textWidth(word, 14, 600) < end + 6 && y > title.y - 18 && y < box.y;
  return covers ? title.y - 20 : y;
}

/** A store whose trouble is written on it. */
function saysItself({ view }: StageInput, node: number): boolean {
  if (nodeKind(node) !== 'store') return false;
  const store = view.stores.find(({ id }) => id === storeOf(node));
  return store !== undefined && (store.state !== 'up' || shortage(store) !== null);
}
