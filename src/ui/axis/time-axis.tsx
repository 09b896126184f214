/** One axis of virtual time: commands as flags, failures as squares, losses and misses as running totals. */
import { lazy, memo, Suspense, useMemo } from 'react';
import { axisLayout, type AxisLayout, type AxisRow } from '../../viz/axis/axis.ts';
import type { FailedMarks } from '../../viz/axis/squares.ts';
import type { Step } from '../../viz/axis/step.ts';
import type { Explained } from '../../store/herd-state.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { count, seconds } from '../herd/words.ts';
import { CloseIcon } from '../icons.tsx';
import { alike } from './alike.ts';
import { Brush } from './brush.tsx';
import { FlagPicture } from './flag-picture.tsx';
import { Pointed } from './pointed.tsx';
import { useBrush } from './use-brush.ts';
import { useWidth } from './use-width.ts';

/** Fetched with the first fault. */
const FaultFlags = lazy(() =>
  import('./fault-flags.tsx').then(({ FaultFlags: flags }) => ({ default: flags })),
);

export function TimeAxis() {
  const [width, measure] = useWidth();
  const axis = useHerd((state) => state.axis);
  const commands = useHerd((state) => state.commands);
  const t = useHerd((state) => state.t);
  const layout = useMemo(() => {
    if (width === 0 || !axis) return null;
    const done = commands.filter((command) => command.ok);
    return axisLayout({ ...axis, width, nowMs: t, bins: axis.failed.length, commands: done });
  }, [width, axis, commands, t]);
  const brush = useBrush(layout);
  const someFaults = useHerd((state) => state.faults.length > 0);
  return (
    <div className="bench-axis min-h-[150px]" ref={measure}>
      {layout && (
        <>
          <p className="sr-only">{inWords(layout)}</p>
          <div className="relative">
            <Brush scale={layout} onKeyDown={brush.onKeyDown}>
              <AxisPicture layout={layout} brush={brush} />
            </Brush>
            <RowNames rows={layout.rows} totals={totalsOf(layout)} x0={layout.x0} />
            <Shown axisY={layout.axisY} x0={layout.x0} />
            {someFaults && (
              <Suspense>
                <FaultFlags scale={layout} />
              </Suspense>
            )}
          </div>
        </>
      )}
    </div>
  );
}

interface RowNamesProps {
  rows: AxisLayout['rows'];
  totals: Readonly<Record<keyof AxisLayout['rows'], number>>;
  x0: number;
}

const totalsOf = ({ failed, lost, missed }: AxisLayout): RowNamesProps['totals'] => ({
  failed: failedIn(failed),
  lost: lost.total,
  missed: missed?.total ?? 0,
});

// Most of the picture stays while the playhead moves on: what is alike is not rendered again.

/** The rows' names; pressed, they say why. Zoomed in, they say how many there were in what is shown. */
const RowNames = memo(function RowNames({ rows, totals, x0 }: RowNamesProps) {
  const simulator = useSimulator();
  const span = useHerd((state) => state.span);
  const row = (found: AxisRow | null, total: number, explains: Explained) =>
    found && (
      <button
        type="button"
        className="absolute max-w-[148px] truncate rounded text-left text-[15px] leading-6 font-semibold text-ink2 underline decoration-transparent decoration-2 underline-offset-4 hover:decoration-ink max-[559px]:max-w-none max-[559px]:bg-paper max-[559px]:pr-1"
        style={{ left: found.label.x, top: found.label.y - 17, ...(x0 > 100 ? { maxWidth: x0 - 8 } : {}) }}
        aria-label={`Why: ${found.label.text}${span ? `, ${total} in what is shown` : ''}`}
        onClick={() => simulator.explain(explains, span)}
      >
        {found.label.text}
        {span && <b className="ml-1.5 text-ink tabular-nums">{total}</b>}
      </button>
    );
  return (
    <>
      {row(rows.failed, totals.failed, 'failed')}
      {row(rows.lost, totals.lost, 'lost')}
      {row(rows.missed, totals.missed, 'missed')}
    </>
  );
}, alike);

/** Which part of time is shown, and the way back to all of it. */
const Shown = memo(function Shown({ axisY, x0 }: { axisY: number; x0: number }) {
  const simulator = useSimulator();
  const span = useHerd((state) => state.span);
  const beside = x0 > 100;
  const place = beside ? { left: 0, top: axisY + 6 } : {};
  if (!span)
    return beside ? (
      <span aria-hidden="true" className="absolute text-[13px] leading-6 text-ink2" style={place}>
        drag to zoom
      </span>
    ) : null;
  return (
    <button
      type="button"
      className={`flex items-center gap-1 rounded text-[14px] leading-6 font-semibold tabular-nums [&_svg]:size-4 ${beside ? 'absolute' : ''}`}
      style={place}
      aria-label={`Shown: ${seconds(span.fromMs)} to ${seconds(span.toMs)}. Show all of it`}
      title="Show all of it"
      onClick={(event) => {
        simulator.zoom(null);
        // This button goes; the keyboard goes on at the axis.
        event.currentTarget.parentElement?.querySelector('input')?.focus({ preventScroll: true });
      }}
    >
      {seconds(span.fromMs)} to {seconds(span.toMs)} <CloseIcon />
    </button>
  );
});

const failedIn = ({ marks }: FailedMarks): number => marks.reduce((sum, mark) => sum + mark.count, 0);

function AxisPicture({ layout, brush }: { layout: AxisLayout; brush: ReturnType<typeof useBrush> }) {
  const { width, height, x0, x1, fromMs, toMs, axisY, rows, playhead } = layout;
  const { pointed, brushed, onPicture } = brush;
  const x = (ms: number): number => x0 + ((ms - fromMs) / (toMs - fromMs)) * (x1 - x0);
  return (
    <svg
      width={width}
      height={height}
      aria-hidden="true"
      className="block cursor-crosshair touch-pan-y overflow-visible text-[15px] font-medium select-none"
      {...onPicture}
    >
      <rect width={width} height={height} fill="transparent" />
      {brushed && (
        <rect
          x={x(brushed.fromMs)}
          y={0}
          width={x(brushed.toMs) - x(brushed.fromMs)}
          height={axisY}
          className="fill-ink/10"
        />
      )}
      {[rows.failed, rows.lost, rows.missed].map(
        (row) => row && <Row key={row.label.text} row={row} x0={x0} x1={x1} />,
      )}
      <Failures failed={layout.failed} />
      <Staircase
        step={layout.lost}
        className={layout.lost.total > 0 ? 'stroke-red' : 'stroke-ink2'}
        labelClass="fill-red"
      />
      {layout.missed && <Staircase step={layout.missed} className="stroke-ink" labelClass="fill-ink" />}
      <line x1={x0} x2={x1} y1={axisY} y2={axisY} className="stroke-rail" strokeWidth="1.5" />
      <Ticks ticks={layout.ticks} axisY={axisY} />
      <line
        x1={layout.past.x1}
        x2={layout.past.x2}
        y1={axisY}
        y2={axisY}
        className="stroke-ink"
        strokeWidth="5"
      />
      {playhead && (
        <>
          <line
            x1={playhead.x}
            x2={playhead.x}
            y1={playhead.y1}
            y2={playhead.y2}
            className="stroke-ink"
            strokeWidth="2"
          />
          <path d={playhead.path} className="fill-ink" />
        </>
      )}
      {layout.flags.toReversed().map((flag) => (
        <FlagPicture key={`${flag.at} ${flag.line}`} flag={flag} foot={layout.flagFoot} stub={24} />
      ))}
      {pointed !== null && <Pointed at={pointed} x={x(pointed)} foot={axisY} below={24} />}
    </svg>
  );
}

const Row = memo(function Row({ row, x0, x1 }: { row: AxisRow; x0: number; x1: number }) {
  return <line x1={x0} x2={x1} y1={row.y} y2={row.y} className="stroke-hair" />;
}, alike);

const Ticks = memo(function Ticks({ ticks, axisY }: { ticks: AxisLayout['ticks']; axisY: number }) {
  return ticks.map((tick) => (
    <g key={tick.x}>
      <line
        x1={tick.x}
        x2={tick.x}
        y1={axisY - (tick.major ? 6 : 4)}
        y2={axisY + (tick.major ? 6 : 4)}
        className="stroke-ink"
        strokeWidth="1.5"
      />
      <text x={tick.x} y={axisY + 24} textAnchor={tick.anchor} className="fill-ink2 text-[14px]">
        {tick.label}
      </text>
    </g>
  ));
}, alike);

const Failures = memo(function Failures({ failed }: { failed: FailedMarks }) {
  return failed.marks.map((mark) => (
    <rect
      key={`${mark.x} ${mark.y}`}
      x={mark.x}
      y={mark.y}
      width={mark.w}
      height={mark.h}
      className="fill-red"
    >
      <title>{count(mark.count, 'failed request')}</title>
    </rect>
  ));
}, alike);

function Staircase({ step, className, labelClass }: { step: Step; className: string; labelClass: string }) {
  return (
    <>
      <path d={step.d} fill="none" strokeWidth="3" className={className} />
      {step.total > 0 && (
        <text x={step.label.x} y={step.label.y} className={`${labelClass} text-[17px] font-bold`}>
          {step.total}
        </text>
      )}
    </>
  );
}

function inWords({ fromMs, toMs, failed, lost, missed, flags }: AxisLayout): string {
  const total = failedIn(failed);
  const commands = flags.map((flag) => `${seconds(flag.at)} ${flag.line}`).join('; ');
  return `What happened when, ${fromMs > 0 ? `from ${fromMs / 1000} ` : 'up '}to ${toMs / 1000} seconds: ${total} failed, ${lost.total} lost, ${missed?.total ?? 0} missed. ${commands ? `Commands: ${commands}` : 'No commands.'}`;
}
