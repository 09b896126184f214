import type { ContainerView, HerdView } from '../../../sim/view.ts';
import { clamp } from '../maths.ts';
import { d, type Pen } from '../ops.ts';
import type { StallPlace } from '../placed.ts';
import { isPet } from '../words.ts';

/** What few containers show on their stall: a cache of their own, jobs under way, a pet's scars. */
export function drawExtras(pen: Pen, view: HerdView, c: ContainerView, place: StallPlace): void {
  if (c.cached !== null) drawCache(pen, place, c.cached);
  if (c.jobs > 0) drawJobs(pen, place, c.jobs);
  if (c.restarts > 0 && isPet(c, view)) drawScars(pen, place, c.restarts);
}

/** A bar along its floor, as full as its cache. */
function drawCache(pen: Pen, { body, scale }: StallPlace, share: number): void {
  const h = clamp(4 * scale, 2, 4);
  const inset = clamp(14 * scale, 5, 14);
  const w = body.w - 2 * inset;
  const y = body.y + body.h - h - clamp(3.5 * scale, 1.5, 3.5);
  pen.rect(body.x + inset, y, w, h, 0, { fill: 'paper' });
  if (share > 0) pen.rect(body.x + inset, y, Math.max(1, w * share), h, 0, { fill: 'ink2' });
  pen.rect(body.x + inset, y, w, h, 0, { stroke: 'ink2', width: 0.75 });
}

const MOST_JOBS = 3;

/** A job under way is a wedge on its upper edge. */
function drawJobs(pen: Pen, { body, scale }: StallPlace, jobs: number): void {
  const r = clamp(8 * scale, 4, 8);
  for (let i = 0; i < Math.min(jobs, MOST_JOBS); i++) {
    const x = body.x + body.w - clamp(22 * scale, 9, 22) - i * r * 2.6;
    pen.circles([x, body.y], r * 1.5, { fill: 'paper', stroke: 'ink', width: clamp(1.75 * scale, 1, 1.75) });
    pen.path(
      d(
        'M',
        x - r * 0.5,
        body.y - r * 0.8,
        'L',
        x + r * 0.9,
        body.y,
        'L',
        x - r * 0.5,
        body.y + r * 0.8,
        'z',
      ),
      {
        fill: 'ink',
      },
    );
  }
}

const MOST_SCARS = 8;

/** A pet keeps a stitch for every time that it was started again. */
function drawScars(pen: Pen, { body, scale }: StallPlace, restarts: number): void {
  const reach = clamp(5 * scale, 2.5, 5);
  const pitch = clamp(11 * scale, 5, 11);
  const stitches: number[] = [];
  for (let i = 0; i < Math.min(restarts, MOST_SCARS); i++) {
    const x = body.x + body.w - clamp(24 * scale, 9, 24) - i * pitch;
    stitches.push(x - reach * 0.5, body.y + body.h - reach, x + reach * 0.5, body.y + body.h + reach);
  }
  pen.lines(stitches, { stroke: 'ink', width: clamp(2.25 * scale, 1.25, 2.25), cap: 'round' });
}
