import type { HerdView, HostView } from '../../../sim/view.ts';
import { ellipsize, textWidth } from '../../text-width.ts';
import type { Pen } from '../ops.ts';
import type { StageLayout } from '../placed.ts';
import { platformName } from '../words.ts';
import { drawCross } from './glyphs.ts';

/** Fences, each with its host's name on the rail and hairlines between its stalls. */
export function drawFences(pen: Pen, view: HerdView, layout: StageLayout): void {
  const r = layout.mode === 'wide' ? 18 : 14;
  for (const place of layout.hosts) {
    const up = view.hosts[place.index]?.up ?? true;
    const { x, y, w, h } = place.box;
    pen.rect(x, y, w, h, Math.min(r, h / 2), {
      stroke: up ? 'ink' : 'rail',
      width: 2,
      ...(up ? {} : { dash: [7, 7] }),
    });
    const partings = place.partings.flatMap((at) => [x + 14, at, x + w - 14, at]);
    pen.lines(partings, { stroke: 'hair', width: 1.5 });
  }
}

/** Room in which a few letters of a name can be told. */
const LEAST_NAME = 44;

const TROUBLE: Readonly<Record<HostView['state'], string>> = {
  up: '',
  stopping: 'stopping',
  down: 'down',
  lost: 'lost',
};

/** Names of the hosts, above the rails that may pass there. */
export function drawHostNames(pen: Pen, view: HerdView, layout: StageLayout): void {
  for (const place of layout.hosts) {
    const host = view.hosts[place.index];
    const { x, y, w } = place.box;
    if (host === undefined || (layout.mode === 'compact' && layout.hosts.length === 1 && host.state === 'up'))
      continue;
    const first = layout.hosts[0] === place;
    const trouble = TROUBLE[host.state];
    const lost = trouble === '' ? 0 : 22 + textWidth(trouble, 14, 600);
    const inset = w < 180 ? 10 : 22;
    const room = w - 2 * inset - 16 - lost;
    const full = `${host.name} on ${platformName(view.platform)}`;
    const words = first && textWidth(full, 14, 600) <= room ? full : host.name;
    // In a narrow fence what is wrong with it matters more than its name.
    const label = trouble !== '' && room < LEAST_NAME ? '' : ellipsize(words, room, 14, 600);
    const width = textWidth(label, 14, 600);
    pen.rect(x + inset, y - 8, width + 16 + lost, 16, 0, { fill: 'paper' });
    pen.text(x + inset + 8, y + 5, label, { size: 14, weight: 600, fill: 'ink2' });
    if (trouble === '') continue;
    if (!host.up) drawCross(pen, x + inset + 20 + width, y, 5, 3);
    const style = { size: 14, weight: 600, fill: host.state === 'stopping' ? 'ink2' : 'red' } as const;
    pen.text(x + inset + (host.up ? 14 : 30) + width, y + 5, trouble, style);
  }
}

/** What an empty paddock means. */
export function drawEmptyWords(pen: Pen, view: HerdView, layout: StageLayout): void {
  if (view.containers.length > 0) return;
  const host = layout.hosts[0];
  if (host === undefined) return;
  const cx = host.box.x + host.box.w / 2;
  const cy = host.box.y + host.box.h / 2;
  pen.text(cx, cy - 4, 'No containers', { size: 17, weight: 700, anchor: 'middle' });
  const wanted =
    view.wanted > 0 ? `${view.wanted} wanted, none exists` : 'The file asks for none: every request fails';
  pen.text(cx, cy + 18, ellipsize(wanted, host.box.w - 24, 14), { size: 14, fill: 'ink2', anchor: 'middle' });
}
