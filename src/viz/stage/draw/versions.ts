import type { HerdView } from '../../../sim/view.ts';
import { ellipsize, textWidth } from '../../text-width.ts';
import { isDead } from '../fall.ts';
import type { Pen } from '../ops.ts';
import type { StageLayout } from '../placed.ts';
import { drawTag } from './tag.ts';

/** As many versions are told; of more, the newest. */
const MOST = 3;
const TAG = { w: 11, h: 14 };
const GAP = 16;
const NAME = { size: 13, weight: 600 };
const LONGEST = 110;

export interface VersionCount {
  readonly version: number;
  readonly tag: string;
  count: number;
}

/** The versions that live side by side, oldest first. */
export function versionsOf(view: HerdView): VersionCount[] {
  const by = new Map<number, VersionCount>();
  for (const c of view.containers) {
    if (isDead(c)) continue;
    const known = by.get(c.version);
    if (known) known.count++;
    else by.set(c.version, { version: c.version, tag: c.tag, count: 1 });
  }
  return [...by.values()].toSorted((a, b) => a.version - b.version);
}

/** What the tags mean while more than one version is there, and how far a roll-out has come: on the lower rail of the fence. */
export function drawVersionKey(pen: Pen, view: HerdView, layout: StageLayout): void {
  const last = layout.hosts[layout.hosts.length - 1];
  // Where captions stand right below the fence they tell the version.
  if (last === undefined || layout.stalls[0]?.label.lines === 2) return;
  const all = versionsOf(view);
  if (all.length < 2) return;
  const items = all.slice(-MOST).map((one) => {
    const name = `${ellipsize(`v${one.tag}`, LONGEST, NAME.size, NAME.weight)} ×${one.count}`;
    return { ...one, name, w: TAG.w + 5 + textWidth(name, NAME.size, NAME.weight) };
  });
  const y = last.box.y + last.box.h;
  let x = last.box.x + 24;
  const room = last.box.w - 48;
  while (items.length > 2 && widthOf(items) > room) items.shift();
  pen.rect(x - 8, y - 9, Math.min(room, widthOf(items)) + 14, 15, 0, { fill: 'paper' });
  for (const item of items) {
    drawTag(pen, { x, y: y - TAG.h / 2 - 1, ...TAG }, '', item.version, false);
    pen.text(x + TAG.w + 5, y + 4, item.name, { ...NAME, fill: 'ink' });
    x += item.w + GAP;
  }
}

const widthOf = (items: readonly { w: number }[]): number =>
  items.reduce((sum, { w }) => sum + w, 0) + (items.length - 1) * GAP;
