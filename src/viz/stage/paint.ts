import { FONTS, type StageTheme } from '../theme.ts';
import type { DisplayList, Op, Style } from './ops.ts';

/** Either kind of canvas; nothing else of the page is needed. */
export type StageContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const TURN = Math.PI * 2;

/** The whole, at its own size. */
const WHOLE = { scale: 1, x: 0, y: 0 };

/**
 * Paints a display list over the whole canvas, whose size is `dpr` times its CSS size: what is `x`, `y` CSS px into the
 * list drawn `scale` times as large comes to the corner. Leaves the context's transform
 * and alpha as it found the defaults.
 */
export function paint(
  ctx: StageContext,
  list: DisplayList,
  theme: StageTheme,
  dpr: number,
  { scale, x, y }: { readonly scale: number; readonly x: number; readonly y: number } = WHOLE,
): void {
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalAlpha = 1;
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  ctx.setTransform(dpr * scale, 0, 0, dpr * scale, -x * dpr, -y * dpr);
  ctx.lineJoin = 'round';
  ctx.textBaseline = 'alphabetic';
  ctx.direction = 'ltr';
  const alphas: number[] = [];
  let alpha = 1;
  let font = '';
  for (const op of list) {
    switch (op.op) {
      case 'push':
        alphas.push(alpha);
        alpha *= op.alpha;
        ctx.globalAlpha = alpha;
        ctx.save();
        ctx.translate(op.x, op.y);
        if (op.angle !== 0) ctx.rotate((op.angle * Math.PI) / 180);
        if (op.scale !== 1) ctx.scale(op.scale, op.scale);
        break;
      case 'pop':
        ctx.restore();
        font = '';
        alpha = alphas.pop() ?? 1;
        ctx.globalAlpha = alpha;
        break;
      case 'text': {
        const wanted = `${op.weight ?? 500} ${op.size}px ${FONTS.sans}`;
        // Setting a font is the dearest part of a text.
        if (wanted !== font) ctx.font = wanted;
        font = wanted;
        paintText(ctx, op, theme, alpha);
        break;
      }
      case 'hatch':
        paintHatch(ctx, op, theme);
        break;
      case 'halves':
        paintHalves(ctx, op, theme);
        break;
      case 'path':
        paintShape(ctx, op, theme, alpha, new Path2D(op.d));
        break;
      default:
        ctx.beginPath();
        trace(ctx, op);
        paintShape(ctx, op, theme, alpha, null);
    }
  }
}

type Traced = Extract<Op, { op: 'rect' | 'boxes' | 'circles' | 'lines' }>;

function trace(ctx: StageContext, op: Traced): void {
  if (op.op === 'rect') {
    if (op.r > 0) ctx.roundRect(op.x, op.y, op.w, op.h, op.r);
    else ctx.rect(op.x, op.y, op.w, op.h);
    return;
  }
  if (op.op === 'boxes') {
    const { xywh } = op;
    for (let i = 0; i < xywh.length; i += 4) ctx.rect(xywh[i]!, xywh[i + 1]!, xywh[i + 2]!, xywh[i + 3]!);
    return;
  }
  const { xy } = op;
  if (op.op === 'circles') {
    for (let i = 0; i < xy.length; i += 2) {
      ctx.moveTo(xy[i]! + op.r, xy[i + 1]!);
      ctx.arc(xy[i]!, xy[i + 1]!, op.r, 0, TURN);
    }
    return;
  }
  for (let i = 0; i < xy.length; i += 4) {
    ctx.moveTo(xy[i]!, xy[i + 1]!);
    ctx.lineTo(xy[i + 2]!, xy[i + 3]!);
  }
}

function paintShape(
  ctx: StageContext,
  style: Style,
  theme: StageTheme,
  alpha: number,
  path: Path2D | null,
): void {
  const faded = style.alpha !== undefined;
  if (faded) ctx.globalAlpha = alpha * style.alpha!;
  if (style.fill) {
    ctx.fillStyle = theme[style.fill];
    if (path) ctx.fill(path);
    else ctx.fill();
  }
  if (style.stroke) {
    ctx.strokeStyle = theme[style.stroke];
    ctx.lineWidth = style.width ?? 1;
    ctx.lineCap = style.cap ?? 'butt';
    if (style.dash) ctx.setLineDash([...style.dash]);
    if (path) ctx.stroke(path);
    else ctx.stroke();
    if (style.dash) ctx.setLineDash([]);
  }
  if (faded) ctx.globalAlpha = alpha;
}

function paintText(ctx: StageContext, op: Op & { op: 'text' }, theme: StageTheme, alpha: number): void {
  ctx.textAlign = op.anchor === 'middle' ? 'center' : op.anchor === 'end' ? 'right' : 'left';
  if (op.alpha !== undefined) ctx.globalAlpha = alpha * op.alpha;
  if (op.halo) {
    ctx.strokeStyle = theme.paper;
    ctx.lineWidth = op.halo;
    ctx.strokeText(op.text, op.x, op.y);
  }
  ctx.fillStyle = theme[op.fill ?? 'ink'];
  ctx.fillText(op.text, op.x, op.y);
  if (op.alpha !== undefined) ctx.globalAlpha = alpha;
}

function paintHatch(ctx: StageContext, op: Op & { op: 'hatch' }, theme: StageTheme): void {
  const { x, y, w, h, pitch } = op;
  ctx.save();
  ctx.beginPath();
  ctx.roundRect(x, y, w, h, op.r);
  ctx.fillStyle = theme.plate;
  ctx.fill();
  ctx.clip();
  ctx.beginPath();
  // Along a side the lines are further apart than across.
  const step = pitch * Math.SQRT2;
  for (let at = x + step / 2; at < x + w + h; at += step) {
    ctx.moveTo(at, y);
    ctx.lineTo(at - h, y + h);
  }
  ctx.strokeStyle = theme.hatch;
  ctx.lineWidth = op.width;
  ctx.lineCap = 'butt';
  ctx.stroke();
  ctx.restore();
}

function paintHalves(ctx: StageContext, op: Op & { op: 'halves' }, theme: StageTheme): void {
  const { xy, r } = op;
  ctx.beginPath();
  for (let i = 0; i < xy.length; i += 2) {
    ctx.moveTo(xy[i]! + r, xy[i + 1]!);
    ctx.arc(xy[i]!, xy[i + 1]!, r, 0, TURN);
  }
  ctx.fillStyle = theme.paper;
  ctx.fill();
  ctx.strokeStyle = theme[op.stroke ?? 'ink'];
  ctx.lineWidth = op.width ?? 1;
  ctx.stroke();
  ctx.beginPath();
  for (let i = 0; i < xy.length; i += 2) {
    ctx.moveTo(xy[i]!, xy[i + 1]! - r);
    ctx.arc(xy[i]!, xy[i + 1]!, r, -Math.PI / 2, Math.PI / 2, true);
    ctx.closePath();
  }
  ctx.fillStyle = theme[op.fill ?? 'ink'];
  ctx.fill();
}
