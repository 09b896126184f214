import { ticks as niceTicks } from 'd3-array';

export interface Tick {
  readonly x: number;
  readonly major: boolean;
  /** Empty on minor ticks. */
  readonly label: string;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** Room that a label needs, in px. */
const LABEL = 90;

/** Round times with labels, and one small tick halfway between each two. */
export function timeTicks(fromMs: number, toMs: number, x: (ms: number) => number, width: number): Tick[] {
  const wanted = Math.max(2, Math.min(8, Math.floor(width / LABEL)));
  const seconds = niceTicks(fromMs / 1000, toMs / 1000, wanted);
  const step = seconds.length > 1 ? seconds[1]! - seconds[0]! : 1;
  const marks: Tick[] = [];
  seconds.forEach((second, i) => {
    const last = i === seconds.length - 1;
    const at = fixed(x(second * 1000));
    const edge = at > x(toMs) - 12;
    marks.push({
      x: at,
      major: true,
      label: timeLabel(second, step) + (last && step < 60 ? ' s' : ''),
      anchor: last && edge ? 'end' : 'middle',
    });
    const half = (second + step / 2) * 1000;
    if (half < toMs) marks.push({ x: fixed(x(half)), major: false, label: '', anchor: 'middle' });
  });
  return marks;
}

/** Seconds, or minutes and seconds once steps are that long. */
function timeLabel(second: number, step: number): string {
  if (step < 60) return String(Math.round(second * 100) / 100);
  const minutes = Math.floor(second / 60);
  return `${minutes}:${String(Math.round(second % 60)).padStart(2, '0')}`;
}

const fixed = (value: number): number => Math.round(value * 100) / 100;
