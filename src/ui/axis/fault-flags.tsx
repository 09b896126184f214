/** What went wrong by itself, as pennants on an axis: pointed at they say what, when and why; pressed they open the whole story. */
import type { Fault } from '../../sim/faults.ts';
import { type FaultMark, faultMarks, type TimeScale } from '../../viz/axis/fault-marks.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { seconds } from '../herd/words.ts';

interface Scale extends TimeScale {
  readonly width: number;
  readonly height: number;
  readonly axisY: number;
}

/** CSS px: a pole with its pennant, and what is pressed. */
const POLE = 16;
const HIT = 24;
const LIFT = 4;
/** What a flag says, in a box at most this wide. */
const BOX = 330;

export function FaultFlags({ scale }: { scale: Scale }) {
  const faults = useHerd((state) => state.faults);
  const t = useHerd((state) => state.t);
  const marks = faultMarks(
    faults.filter((fault) => fault.t <= t),
    scale,
  );
  return (
    <ul aria-label="What went wrong by itself">
      {marks.map((mark) => (
        <li key={mark.faults[0]?.id}>
          <FaultFlag mark={mark} scale={scale} />
        </li>
      ))}
    </ul>
  );
}

function FaultFlag({ mark, scale }: { mark: FaultMark<Fault>; scale: Scale }) {
  const simulator = useSimulator();
  const { x, until, faults, fromMs, toMs } = mark;
  const { width, height, x1, axisY } = scale;
  const [what, why] = inWords(mark);
  const count = faults.length;
  // At the right edge a pennant flies to the left.
  const side = x + 14 > x1 ? -1 : 1;
  const box = Math.min(BOX, width);
  return (
    <>
      {until - x > 2 && (
        <span
          className="absolute h-0.5 bg-red"
          style={{ left: x, width: until - x, top: axisY - LIFT - 1 }}
          aria-hidden="true"
        />
      )}
      <button
        type="button"
        className="peer absolute rounded focus-visible:outline-3"
        style={{ left: x - HIT / 2, top: axisY - LIFT - POLE - 4, width: HIT, height: HIT }}
        aria-label={why === '' ? what : `${what}. Because ${why}`}
        onClick={() => simulator.explain('faults', { fromMs, toMs: toMs + 1 })}
      >
        <svg width={HIT} height={HIT} aria-hidden="true" className="block overflow-visible">
          <path
            d={`M${HIT / 2} ${POLE + 4}V4l${side * 11} 4.5l${-side * 11} 4.5`}
            className="fill-red stroke-red"
            strokeWidth="1.75"
            strokeLinejoin="round"
          />
          {count > 1 && (
            <text
              x={HIT / 2 + side * 14}
              y="14"
              textAnchor={side > 0 ? 'start' : 'end'}
              strokeWidth="4"
              className="fill-red stroke-paper text-[13px] font-bold [paint-order:stroke]"
            >
              ×{count}
            </text>
          )}
        </svg>
      </button>
      <span
        aria-hidden="true"
        className="pointer-events-none absolute z-10 hidden rounded bg-ink px-3 py-1.5 text-[14px] leading-5 text-on-ink peer-hover:block peer-focus-visible:block"
        style={{
          left: Math.max(0, Math.min(x - 24, width - box)),
          bottom: height - axisY + POLE + LIFT + 6,
          maxWidth: box,
        }}
      >
        <b className="font-semibold">{what}</b>
        {why !== '' && <span className="block">because {why}</span>}
      </span>
    </>
  );
}

/** What happened and when, and what led to the first of it. */
function inWords({ faults, fromMs, toMs, isLoop }: FaultMark<Fault>): [what: string, why: string] {
  const [first] = faults;
  if (!first) return ['', ''];
  if (faults.length === 1) return [`${seconds(fromMs)}: ${first.text}`, first.because];
  const when = `${seconds(fromMs)} to ${seconds(toMs)}`;
  return isLoop
    ? [`${when}: crash loop ×${faults.length}, ${first.text}`, first.because]
    : [`${when}: ${first.text}, and ${faults.length - 1} more`, first.because];
}
