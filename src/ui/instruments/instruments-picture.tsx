import { useId, type ComponentProps } from 'react';
import type { Flag } from '../../viz/axis/flags.ts';
import type { Instruments } from '../../viz/instruments/lanes.ts';
import type { Fill, Lane, Shape, Tone } from '../../viz/instruments/shapes.ts';
import type { Explained } from '../../store/herd-state.ts';
import { useSimulator } from '../herd/herd-context.tsx';
import { seconds } from '../herd/words.ts';

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
  drift: 'drift',
};

interface PictureProps extends Omit<ComponentProps<'svg'>, 'children'> {
  layout: Instruments;
  /** The instant under the pointer, and where a drag began; ms. */
  pointed: number | null;
  drag: number | null;
}

export function InstrumentsPicture({ layout, pointed, drag, ...handlers }: PictureProps) {
  const { width, height, x0, x1, axisY, playX, lanes } = layout;
  const id = useId();
  const span = layout.toMs - layout.fromMs;
  const x = (ms: number): number => x0 + ((ms - layout.fromMs) / span) * (x1 - x0);
  const bin =
    pointed === null
      ? null
      : Math.min(layout.bins - 1, Math.floor(((pointed - layout.fromMs) / span) * layout.bins));
  return (
    <div className="relative">
      <svg
        {...handlers}
        width={width}
        height={height}
        aria-hidden="true"
        className="block cursor-crosshair touch-pan-y overflow-visible text-[14px] font-medium select-none"
      >
        <Fillings id={id} />
        {drag !== null && pointed !== null && (
          <rect
            x={Math.min(x(drag), x(pointed))}
            y={0}
            width={Math.abs(x(pointed) - x(drag))}
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
          <FlagLine key={`${flag.at} ${flag.line}`} flag={flag} foot={axisY} />
        ))}
        {playX !== null && (
          <line x1={playX} x2={playX} y1={28} y2={axisY} className="stroke-ink" strokeWidth="2" />
        )}
        {pointed !== null && (
          <>
            <line
              x1={x(pointed)}
              x2={x(pointed)}
              y1={28}
              y2={axisY}
              className="stroke-ink2"
              strokeDasharray="2 3"
            />
            <text
              x={x(pointed)}
              y={axisY + 20}
              textAnchor="middle"
              strokeWidth="6"
              className="fill-ink stroke-paper font-bold [paint-order:stroke]"
            >
              {seconds(pointed)}
            </text>
          </>
        )}
      </svg>
      <Names layout={layout} />
    </div>
  );
}

/** The lanes' names; those with a number behind them can be asked why. */
function Names({ layout }: { layout: Instruments }) {
  const simulator = useSimulator();
  return layout.lanes.map((lane) => {
    const style = layout.beside
      ? { left: 0, top: (lane.top + lane.bottom) / 2 - 12, width: layout.x0 - 16 }
      : { left: layout.x0, top: lane.top - 22 };
    const explains = EXPLAINS[lane.id];
    return explains ? (
      <button
        key={lane.id}
        type="button"
        className="absolute truncate rounded text-left text-[14px] leading-6 font-semibold underline decoration-hair decoration-2 underline-offset-4 hover:decoration-ink"
        style={style}
        aria-label={`Why: ${lane.label}`}
        onClick={() => simulator.explain(explains)}
      >
        {lane.label}
      </button>
    ) : (
      <span
        key={lane.id}
        className="absolute truncate text-[14px] leading-6 font-semibold text-ink2"
        style={style}
      >
        {lane.label}
      </span>
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

function FlagLine({ flag, foot }: { flag: Flag; foot: number }) {
  const { x, label } = flag;
  return (
    <g>
      <line x1={x} x2={x} y1={label ? label.y : foot - 12} y2={foot} className="stroke-ink" strokeWidth="1" />
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
