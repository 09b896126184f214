import { drawBalancer } from './draw/balancer.ts';
import { drawDoor } from './draw/door.ts';
import { drawEmptyWords, drawFences, drawHostNames } from './draw/hosts.ts';
import { drawCuts, drawRails, drawWires } from './draw/rails.ts';
import { drawStallLabel } from './draw/stall-label.ts';
import { drawStall } from './draw/stall.ts';
import { drawTraffic } from './draw/traffic.ts';
import { drawSessionKey, drawUsers } from './draw/users.ts';
import { fellLately, isDrawnFallen } from './fall.ts';
import type { StageInput } from './input.ts';
import { meets } from './maths.ts';
import { createPen, type DisplayList, type Pen } from './ops.ts';
import type { Box, StallPlace } from './placed.ts';
import { withNetworkVolumes } from './volumes.ts';

export { legWindow, type StageInput } from './input.ts';
export type { DisplayList, Op } from './ops.ts';

/**
 * The whole picture at `input.t`, in painting order: ground (fences, rails), traffic, things that stand on it, and on
 * top the marks of what failed. Pure: what moves is placed by the virtual times in the view and the legs.
 */
export function stageDisplayList(asked: StageInput): DisplayList {
  const pen = createPen();
  const view = withNetworkVolumes(asked.view);
  const input = view === asked.view ? asked : { ...asked, view };
  const { layout } = input;
  pen.push(layout.origin.x, layout.origin.y, 0, layout.scale);
  drawFences(pen, view, layout);
  drawWires(pen, view, layout);
  const { late } = input;
  const volumes = late?.placeVolumes(view, layout) ?? [];
  late?.drawMounts(pen, view, volumes);
  drawRails(pen, view, layout, input.window);
  drawTraffic(pen, input);
  drawCuts(pen, view, layout);
  drawHostNames(pen, view, layout);
  drawEmptyWords(pen, view, layout);
  drawUsers(pen, view, layout);
  if (layout.door) drawDoor(pen, input, layout.door);
  if (layout.balancer) drawBalancer(pen, view, layout, layout.balancer);
  late?.drawPeers(pen, view, layout);
  drawHerd(pen, input);
  late?.drawVolumes(pen, view, volumes);
  late?.drawVersionKey(pen, view, layout);
  late?.drawStores(pen, view, layout, input.t);
  late?.drawAnswers(pen, input);
  late?.drawFailures(pen, input);
  late?.drawEmphasis(pen, input);
  pen.pop();
  return pen.ops;
}

function drawHerd(pen: Pen, input: StageInput): void {
  const { layout, view, late } = input;
  switch (layout.detail) {
    case 'tags':
      late?.drawTags(pen, view, layout);
      return;
    case 'field':
      late?.drawField(pen, view, layout);
      return;
    case 'stalls': {
      const seen = input.window ? seenIn(input.window, layout.stalls) : layout.stalls;
      for (const place of seen) {
        if (!isDrawnFallen(view.containers[place.index]!, input)) drawStall(pen, input, place);
      }
      for (const place of seen) {
        const c = view.containers[place.index]!;
        if (isDrawnFallen(c, input)) late?.drawFallen(pen, input, place);
        else if (place.label.side === 'right' && fellLately(c, view.t)) late?.drawSpilled(pen, input, place);
      }
      for (const place of seen) drawStallLabel(pen, input, place);
      drawSessionKey(pen, layout);
    }
  }
}

const seenIn = (window: Box, stalls: readonly StallPlace[]): StallPlace[] =>
  stalls.filter(({ cell }) => meets(cell, window));
