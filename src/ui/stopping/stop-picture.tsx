import { useId, useRef, useState, type PointerEvent } from 'react';
import type { Stopping, StopSettings } from '../../store/herd-state.ts';
import { moved, type Handle, type Phase, type StopTimeline } from '../../viz/stopping/timeline.ts';
import { Scrolled } from '../scrolled.tsx';

interface StopPictureProps {
  found: Stopping;
  picture: StopTimeline;
  change(settings: Partial<StopSettings>): void;
}

/** For the eye and the pointer; the dials below say and do the same. */
export function StopPicture({ found, picture, change }: StopPictureProps) {
  const { width, height, process, network, danger, crosses, marks, handles } = picture;
  const id = useId();
  const [held, setHeld] = useState<Handle['setting'] | null>(null);
  // The scale follows the result: while an edge is held, it is read on the scale that it was taken from.
  const scale = useRef(picture);
  const onPointerMove = (event: PointerEvent<SVGSVGElement>): void => {
    if (held === null) return;
    const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
    change({ [held]: moved(held, scale.current.msAt(px), found, found.settings.drain) });
  };
  return (
    <Scrolled label="The last seconds, drawn">
      <svg
        width={width}
        height={height}
        aria-hidden="true"
        className="block touch-pan-y text-[14px] font-medium select-none"
        onPointerMove={onPointerMove}
        onPointerUp={() => setHeld(null)}
        onPointerCancel={() => setHeld(null)}
      >
        <defs>
          <pattern id={id} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="1" x2="1" y1="0" y2="7" className="stroke-red" strokeWidth="2" />
          </pattern>
        </defs>
        {danger && (
          <>
            <rect
              x={danger.x}
              y={process.y - 6}
              width={danger.w}
              height={network.y + network.h - process.y + 12}
              fill={`url(#${id})`}
              opacity="0.45"
            />
            <text
              x={danger.x + danger.w / 2}
              y={network.y - 12}
              textAnchor="middle"
              strokeWidth="6"
              className="fill-red stroke-paper font-bold [paint-order:stroke]"
            >
              sent to nobody:{' '}
              {danger.ms < 100 ? `${Math.round(danger.ms)} ms` : `${Math.round(danger.ms / 100) / 10} s`}
            </text>
          </>
        )}
        <LaneOf label="Process" lane={process} />
        <LaneOf label="Network" lane={network} />
        {marks.map(({ x, words }) => (
          <g key={words}>
            <line
              x1={x}
              x2={x}
              y1={28}
              y2={network.y + network.h}
              className="stroke-ink2"
              strokeDasharray="2 3"
            />
            <text
              x={x}
              y={20}
              textAnchor="middle"
              strokeWidth="5"
              className="fill-ink stroke-paper font-semibold [paint-order:stroke]"
            >
              {words}
            </text>
          </g>
        ))}
        {crosses.map(({ x, count }) => (
          <g key={x}>
            <path
              d={`M${x - 4} ${network.y + network.h + 10}l8 8M${x + 4} ${network.y + network.h + 10}l-8 8`}
              className="stroke-red"
              strokeWidth="3"
            />
            {count > 1 && (
              <text x={x} y={network.y + network.h + 32} textAnchor="middle" className="fill-red text-[12px]">
                {count}
              </text>
            )}
          </g>
        ))}
        {handles.map((handle) => (
          <g
            key={handle.setting}
            className="cursor-ew-resize"
            onPointerDown={(event) => {
              event.currentTarget.ownerSVGElement?.setPointerCapture(event.pointerId);
              scale.current = picture;
              setHeld(handle.setting);
            }}
          >
            <title>{`Drag: ${handle.words}`}</title>
            <rect x={handle.x - 12} y={handle.y - 6} width={24} height={handle.h + 12} fill="transparent" />
            <rect
              x={handle.x - 3}
              y={handle.y - 4}
              width={6}
              height={handle.h + 8}
              rx={3}
              className="fill-ink"
            />
          </g>
        ))}
      </svg>
    </Scrolled>
  );
}

const LOOKS: Readonly<Record<Phase['look'], string>> = {
  serves: 'fill-plate stroke-ink',
  told: 'fill-plate stroke-ink',
  waits: 'fill-yellow/35 stroke-ink',
  drains: 'fill-ink2/20 stroke-ink',
  gone: 'fill-none stroke-rail',
};

function LaneOf({ label, lane }: { label: string; lane: StopTimeline['process'] }) {
  return (
    <>
      <text x={0} y={lane.y + lane.h / 2 + 5} className="fill-ink font-semibold">
        {label}
      </text>
      {lane.phases.map((phase) => (
        <g key={phase.x}>
          <rect
            x={phase.x}
            y={lane.y}
            width={Math.max(1, phase.w)}
            height={lane.h}
            className={LOOKS[phase.look]}
            strokeWidth="1.5"
            strokeDasharray={phase.look === 'gone' ? '4 4' : undefined}
          />
          {phase.words !== '' && (
            <text
              x={phase.x + 8}
              y={lane.y + lane.h / 2 + 5}
              className={phase.look === 'gone' ? 'fill-ink2' : 'fill-ink'}
            >
              {phase.words}
            </text>
          )}
        </g>
      ))}
    </>
  );
}
