/** One axis of virtual time: commands as flags, failures as squares, losses and misses as running totals. */
import { useMemo } from 'react';
import { axisLayout, type AxisLayout, type AxisRow } from '../../viz/axis/axis.ts';
import type { Flag } from '../../viz/axis/flags.ts';
import type { FailedMarks } from '../../viz/axis/squares.ts';
import type { Step } from '../../viz/axis/step.ts';
import { useHerd } from '../herd/herd-context.tsx';
import { count, seconds } from '../herd/words.ts';
import { useWidth } from './use-width.ts';

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
  return (
    <div className="bench-axis min-h-[150px]" ref={measure}>
      {layout && (
        <>
          <p className="sr-only">{inWords(layout)}</p>
          <AxisPicture layout={layout} />
        </>
      )}
    </div>
  );
}

function AxisPicture({ layout }: { layout: AxisLayout }) {
  const { width, height, x0, x1, axisY, rows } = layout;
  return (
    <svg
      width={width}
      height={height}
      aria-hidden="true"
      className="block overflow-visible text-[15px] font-medium"
    >
      {[rows.failed, rows.lost, rows.missed].map(
        (row) => row && <Row key={row.label.text} row={row} x0={x0} x1={x1} />,
      )}
      <Failures failed={layout.failed} />
      <Staircase step={layout.lost} className="stroke-red" labelClass="fill-red" />
      {layout.missed && <Staircase step={layout.missed} className="stroke-ink" labelClass="fill-ink" />}
      <line x1={x0} x2={x1} y1={axisY} y2={axisY} className="stroke-rail" strokeWidth="1.5" />
      {layout.ticks.map((tick) => (
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
      ))}
      <line
        x1={layout.past.x1}
        x2={layout.past.x2}
        y1={axisY}
        y2={axisY}
        className="stroke-ink"
        strokeWidth="5"
      />
      <line
        x1={layout.playhead.x}
        x2={layout.playhead.x}
        y1={layout.playhead.y1}
        y2={layout.playhead.y2}
        className="stroke-ink"
        strokeWidth="2"
      />
      <path d={layout.playhead.path} className="fill-ink" />
      {layout.flags.map((flag) => (
        <FlagPicture key={`${flag.at} ${flag.line}`} flag={flag} foot={layout.flagFoot} />
      ))}
      {[rows.failed, rows.lost, rows.missed].map((row) => row && <RowLabel key={row.label.text} row={row} />)}
    </svg>
  );
}

/** Over everything, with a halo: on a narrow axis the playhead passes beneath. */
function RowLabel({ row }: { row: AxisRow }) {
  return (
    <text
      x={row.label.x}
      y={row.label.y}
      className="fill-ink2 stroke-paper font-semibold [paint-order:stroke]"
      strokeWidth="5"
    >
      {row.label.text}
    </text>
  );
}

function Row({ row, x0, x1 }: { row: AxisRow; x0: number; x1: number }) {
  return <line x1={x0} x2={x1} y1={row.y} y2={row.y} className="stroke-hair" />;
}

function Failures({ failed }: { failed: FailedMarks }) {
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
}

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

function FlagPicture({ flag, foot }: { flag: Flag; foot: number }) {
  const { x, label } = flag;
  return (
    <g>
      <title>{`${flag.line}, ${seconds(flag.at)}`}</title>
      <line
        x1={x}
        x2={x}
        y1={label ? label.y : foot - 24}
        y2={foot}
        className="stroke-ink"
        strokeWidth="1.5"
      />
      <circle cx={x} cy={foot} r="5.5" className="fill-paper stroke-ink" strokeWidth="3" />
      {label && (
        <>
          <rect x={label.x} y={label.y} width={label.w} height={label.h} rx="2" className="fill-ink" />
          <text x={label.x + 12} y={label.y + 16.5} className="fill-on-ink font-mono text-[13px]">
            {label.text}
          </text>
        </>
      )}
    </g>
  );
}

function inWords({ toMs, failed, lost, missed, flags }: AxisLayout): string {
  const total = failed.marks.reduce((sum, mark) => sum + mark.count, 0);
  const commands = flags.map((flag) => `${seconds(flag.at)} ${flag.line}`).join('; ');
  return `What happened when, up to ${toMs / 1000} seconds: ${total} failed, ${lost.total} lost, ${missed?.total ?? 0} missed. ${commands ? `Commands: ${commands}` : 'No commands.'}`;
}
