import { useId, type ComponentProps } from 'react';
import type { Instruments } from '../../viz/instruments/lanes.ts';
import type { Fill, Lane, Shape, Tone } from '../../viz/instruments/shapes.ts';
import type { Explained, Span } from '../../store/herd-state.ts';
import { FlagPicture } from '../axis/flag-picture.tsx';
import { Pointed } from '../axis/pointed.tsx';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';

const STROKE: Readonly<Record<Tone, string>> = {
  ink: 'stroke-ink',
  ink2: 'stroke-ink2',
  rail: 'stroke-rail',
  blue: 'stroke-blue',
  red: 'stroke-red',
};
const FILL: Readonly<Record<Tone, string>> = {
  ink: 'fill-ink',
  ink2: 'fill-ink2',
  rail: 'fill-rail',
  blue: 'fill-blue',
  red: 'fill-red',
};
const EXPLAINS: Readonly<Record<string, Explained>> = {
  failed: 'failed',
  sessions: 'lost',
  answers: 'missed',
  latency: 'slow',
  capacity: 'containers',
  restarts: 'containers',
  drift: 'drift',
};

interface PictureProps extends Omit<ComponentProps<'svg'>, 'children'> {
  layout: Instruments;
  /** The instant under the pointer, in ms, and the part being dragged over. */
  pointed: number | null;
  brushed: Span | null;
}

export function InstrumentsPicture({ layout, pointed, brushed, ...handlers }: PictureProps) {
  const { width, height, x0, x1, axisY, playX, lanes } = layout;
  const id = useId();
  const span = layout.toMs - layout.fromMs;
  const x = (ms: number): number => x0 + ((ms - layout.fromMs) / span) * (x1 - x0);
  const bin =
    pointed === null
      ? null
      : Math.min(layout.bins - 1, Math.floor(((pointed - layout.fromMs) / span) * layout.bins));
  return (
    <svg
      {...handlers}
      width={width}
      height={height}
      aria-hidden="true"
      className="block cursor-crosshair touch-pan-y overflow-visible text-[14px] font-medium select-none"
    >
      <Fillings id={id} />
      {brushed && (
        <rect
          x={x(brushed.fromMs)}
          y={0}
          width={x(brushed.toMs) - x(brushed.fromMs)}
          height={axisY}
          className="fill-ink/10"
        />
      )}
      {lanes.map((lane) => (
        <LanePicture
          key={lane.id}
          lane={lane}
          layout={layout}
          fillings={id}
          reading={bin === null ? null : lane.read(bin)}
        />
      ))}
      <line x1={x0} x2={x1} y1={axisY} y2={axisY} className="stroke-ink" strokeWidth="1.5" />
      {layout.ticks.map((tick) => (
        <g key={tick.x}>
          <line
            x1={tick.x}
            x2={tick.x}
            y1={axisY - (tick.major ? 6 : 4)}
            y2={axisY}
            className="stroke-ink"
            strokeWidth="1.5"
          />
          <text x={tick.x} y={axisY + 20} textAnchor={tick.anchor} className="fill-ink2">
            {tick.label}
          </text>
        </g>
      ))}
      {layout.flags.map((flag) => (
        <FlagPicture key={`${flag.at} ${flag.line}`} flag={flag} foot={axisY} stub={12} />
      ))}
      {playX !== null && (
        <line x1={playX} x2={playX} y1={28} y2={axisY} className="stroke-ink" strokeWidth="2" />
      )}
      {pointed !== null && <Pointed at={pointed} x={x(pointed)} foot={axisY} below={20} />}
    </svg>
  );
}

/** The lanes' names: each can be asked why, of the part of time that is shown. */
export function LaneNames({ layout }: { layout: Instruments }) {
  const simulator = useSimulator();
  const span = useHerd((state) => state.span);
  return layout.lanes.map((lane) => {
    const style = layout.beside
      ? { left: 0, top: (lane.top + lane.bottom) / 2 - 12, width: layout.x0 - 16 }
      : { left: layout.x0, top: lane.top - 24 };
    const explains = EXPLAINS[lane.id] ?? 'stores';
    return (
      <button
        key={lane.id}
        type="button"
        className="absolute truncate rounded bg-paper text-left text-[14px] leading-6 font-semibold underline decoration-hair decoration-2 underline-offset-4 hover:decoration-ink"
        style={style}
        aria-label={`Why: ${lane.label}`}
        onClick={() => simulator.explain(explains, span)}
      >
        {lane.label}
      </button>
    );
  });
}

interface LanePictureProps {
  lane: Lane;
  layout: Instruments;
  fillings: string;
  reading: string | null;
}

function LanePicture({ lane, layout, fillings, reading }: LanePictureProps) {
  return (
    <g>
      <line x1={layout.x0} x2={layout.x1} y1={lane.bottom} y2={lane.bottom} className="stroke-hair" />
      {lane.shapes.map((shape, place) => (
        // Shapes have no identity beyond their place.
        <ShapePicture key={place} shape={shape} fillings={fillings} />
      ))}
      {(reading ?? lane.scale) !== '' && (
        <text
          x={layout.x1}
          y={lane.top + 4}
          textAnchor="end"
          strokeWidth="5"
          className={`stroke-paper [paint-order:stroke] ${reading === null ? 'fill-ink2 text-[13px]' : 'fill-ink font-semibold'}`}
        >
          {reading ?? lane.scale}
        </text>
      )}
    </g>
  );
}

function ShapePicture({ shape, fillings }: { shape: Shape; fillings: string }) {
  if (shape.kind === 'line')
    return (
      <path
        d={shape.d}
        fill="none"
        strokeWidth={shape.width}
        className={STROKE[shape.tone]}
        {...(shape.dash ? { strokeDasharray: '5 4' } : {})}
      />
    );
  const look = filled(shape.fill, shape.tone, fillings);
  return shape.kind === 'area' ? (
    <path d={shape.d} {...look} />
  ) : shape.fill === 'hollow' ? (
    <rect
      x={shape.x + 0.75}
      y={shape.y + 0.75}
      width={Math.max(0.5, shape.w - 1.5)}
      height={Math.max(0.5, shape.h - 1.5)}
      {...look}
    />
  ) : (
    <rect x={shape.x} y={shape.y} width={shape.w} height={shape.h} {...look} />
  );
}

function filled(fill: Fill, tone: Tone, fillings: string): ComponentProps<'rect'> & ComponentProps<'path'> {
  switch (fill) {
    case 'solid':
      return { className: FILL[tone] };
    case 'soft':
      return { className: FILL[tone], fillOpacity: 0.16 };
    case 'hollow':
      return { className: STROKE[tone], fill: 'none', strokeWidth: 1.5 };
    case 'hatch':
    case 'dots':
      return {
        fill: `url(#${fillings}-${fill}-${tone === 'red' ? 'red' : 'ink'})`,
        className: STROKE[tone],
        strokeWidth: 1,
      };
  }
}

function Fillings({ id }: { id: string }) {
  return (
    <defs>
      {(['red', 'ink'] as const).map((tone) => (
        <g key={tone}>
          <pattern
            id={`${id}-hatch-${tone}`}
            width="4"
            height="4"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line x1="1" x2="1" y1="0" y2="4" className={STROKE[tone]} strokeWidth="1.6" />
          </pattern>
          <pattern id={`${id}-dots-${tone}`} width="4" height="4" patternUnits="userSpaceOnUse">
            <circle cx="2" cy="2" r="1.1" className={FILL[tone]} />
          </pattern>
        </g>
      ))}
    </defs>
  );
}
