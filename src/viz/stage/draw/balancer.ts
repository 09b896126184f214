import type { HerdView } from '../../../sim/view.ts';
import { ellipsize, textWidth } from '../../text-width.ts';
import { d, type Pen, type Style } from '../ops.ts';
import type { BalancerPlace, StageLayout } from '../placed.ts';
import { balancerName, balanceWords } from '../words.ts';
import { drawCross } from './glyphs.ts';

const MOST_QUEUED_DOTS = 8;

/** The capsule with one port a rail, what it is and how it chooses. */
export function drawBalancer(pen: Pen, view: HerdView, layout: StageLayout, place: BalancerPlace): void {
  const balancer = view.balancer!;
  const { box } = place;
  const lying = box.w > box.h;
  const outline: Style = balancer.up
    ? { fill: 'plate', stroke: 'ink', width: 4 }
    : { fill: 'plate', stroke: 'ink', width: 2.5, dash: [6, 6] };
  pen.rect(box.x, box.y, box.w, box.h, Math.min(box.w, box.h) / 2, outline);
  if (lying) {
    const words = balancer.up ? balancerName(balancer.kind) : `${balancerName(balancer.kind)} is down`;
    pen.text(place.title.x, place.title.y, words, {
      size: 15,
      weight: 600,
      anchor: 'middle',
      fill: balancer.up ? 'ink' : 'red',
    });
    if (balancer.queued > 0) {
      pen.text(box.x + box.w + 10, place.title.y, `${balancer.queued} queued`, {
        size: 15,
        weight: 700,
      });
    }
    return;
  }
  drawPorts(pen, view, place);
  drawTitle(pen, view, layout, place);
  if (!balancer.up) drawCross(pen, box.x + box.w / 2, box.y + box.h / 2, 11, 4.5);
  if (balancer.queued > 0) drawQueue(pen, place, balancer.queued);
}

/** A port is solid while its server takes traffic. */
function drawPorts(pen: Pen, view: HerdView, place: BalancerPlace): void {
  const up = new Set(view.containers.filter((c) => c.server === 'up').map((c) => c.id));
  const r = place.ports.length > 10 ? 3 : 5;
  const open: number[] = [];
  const solid: number[] = [];
  for (const port of place.ports) (up.has(port.id) ? solid : open).push(port.x, port.y);
  pen.circles(solid, r, { fill: 'ink' });
  pen.circles(open, r - 1, { stroke: 'ink', width: 1.5 });
}

function drawTitle(pen: Pen, view: HerdView, layout: StageLayout, place: BalancerPlace): void {
  const { x } = place.title;
  const y = Math.max(24, place.title.y);
  const room = 2 * Math.min(x, layout.hosts[0] ? layout.hosts[0].box.x - x : 80);
  const balancer = view.balancer!;
  pen.text(x, y, ellipsize(balancerName(balancer.kind), room, 17, 700), {
    size: 17,
    weight: 700,
    anchor: 'middle',
    halo: 4,
  });
  const words = balancer.up ? balanceWords(balancer.balance, balancer.sticky) : 'down';
  pen.text(x, y + 20, words, {
    size: 14,
    weight: balancer.up ? 500 : 600,
    fill: balancer.up ? 'ink2' : 'red',
    anchor: 'middle',
    halo: 4,
  });
}

/** Requests that wait for a free server stand in a pen at the capsule, below the rail they came on. */
function drawQueue(pen: Pen, { box }: BalancerPlace, queued: number): void {
  const x = box.x + 4;
  const y = box.y + box.h / 2 + 14;
  const rows = Math.ceil(Math.min(queued, MOST_QUEUED_DOTS) / 2);
  const h = rows * 11 + 7;
  pen.path(d('M', x, y, 'h -24 a 6 6 0 0 0 -6 6 v', h - 12, 'a 6 6 0 0 0 6 6 h 24'), {
    fill: 'plate',
    stroke: 'ink',
    width: 2.5,
  });
  const dots: number[] = [];
  for (let i = 0; i < Math.min(queued, MOST_QUEUED_DOTS); i++)
    dots.push(x - 11 - (i % 2) * 11, y + 9 + Math.floor(i / 2) * 11);
  pen.circles(dots, 4, { fill: 'ink' });
  pen.rect(box.x, y - 4, 6, h + 8, 0, { fill: 'plate' });
  pen.lines([box.x, y - 4, box.x, y + h + 4], { stroke: 'ink', width: 4 });
  const word = textWidth(' queued', 14, 600);
  pen.text(box.x - 2 - word, y + h + 24, String(queued), { size: 22, weight: 700, anchor: 'end', halo: 4 });
  pen.text(box.x - 2, y + h + 24, 'queued', { size: 14, weight: 600, anchor: 'end', halo: 4 });
}
