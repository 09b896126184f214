/** The statechart of a container's life, with every container in its place. */
import { useId } from 'react';
import { containerLifecycleChart } from '../../sim/charts/container-lifecycle.chart.ts';
import { lifecyclePicture, type PhaseBox } from '../../viz/lifecycle/lifecycle.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { targetOf } from '../herd/target.ts';
import { phaseWords } from '../herd/words.ts';
import { Scrolled } from '../scrolled.tsx';

interface ChartState {
  readonly description?: string;
  readonly on?: Readonly<Record<string, string>>;
}

const STATES = containerLifecycleChart.config.states as Readonly<Record<string, ChartState>>;
const TRANSITIONS = Object.fromEntries(
  Object.entries(STATES).map(([phase, state]) => [phase, state.on ?? {}]),
);

/** Events as people call them. */
const EVENTS: Readonly<Record<string, string>> = {
  wait: 'wait',
  start: 'start',
  booted: 'booted',
  prestop: 'preStop',
  term: 'SIGTERM',
  exit: 'ends',
  remove: 'remove',
};

export function LifecyclePanel() {
  const simulator = useSimulator();
  const containers = useHerd((state) => state.view?.containers);
  const target = useHerd((state) => targetOf(state)?.id ?? null);
  const id = useId();
  if (!containers) return null;
  const picture = lifecyclePicture({ transitions: TRANSITIONS, containers, chosen: target });
  const chosen = containers.find((container) => container.id === target);
  return (
    <div className="grid gap-2">
      {chosen && (
        <p className="text-[15px] leading-5">
          <b className="font-semibold">{chosen.name}</b> is{' '}
          <b className="font-semibold">{phaseWords(chosen.phase)}</b>.{' '}
          <span className="text-ink2">{STATES[chosen.phase]?.description}</span>
        </p>
      )}
      <p className="sr-only">{inWords(picture.boxes)}</p>
      <Scrolled label="Life of a container, drawn">
        <svg
          viewBox={`-4 0 ${picture.width + 8} ${picture.height}`}
          className="block w-full min-w-[960px] max-w-[1240px] text-[15px]"
          aria-hidden="true"
        >
          <defs>
            <marker
              id={`${id}-tip`}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              orient="auto"
            >
              <path d="M0 0L8 4L0 8z" className="fill-rail" />
            </marker>
            <marker
              id={`${id}-open`}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="6"
              markerHeight="6"
              orient="auto"
            >
              <path d="M0 0L8 4L0 8z" className="fill-ink" />
            </marker>
          </defs>
          {picture.arrows
            .toSorted((a, b) => Number(a.open) - Number(b.open))
            .map(({ from, to, event, d, open }) => (
              <path
                key={`${from} ${to} ${event}`}
                d={d}
                fill="none"
                strokeWidth={open ? 2 : 1.25}
                className={open ? 'stroke-ink' : 'stroke-hair'}
                markerEnd={`url(#${id}-${open ? 'open' : 'tip'})`}
              />
            ))}
          {picture.boxes.map((box) => (
            <Box
              key={box.phase}
              box={box}
              here={box.phase === chosen?.phase}
              select={simulator.select}
              containers={containers}
            />
          ))}
          {picture.arrows
            .filter(({ open }) => open)
            .map(({ from, to, event, label }) => (
              <text
                key={`${from} ${to} ${event}`}
                x={label.x}
                y={label.y}
                textAnchor="middle"
                strokeWidth="5"
                className="fill-ink stroke-paper font-semibold [paint-order:stroke]"
              >
                {EVENTS[event] ?? event}
              </text>
            ))}
        </svg>
      </Scrolled>
    </div>
  );
}

interface BoxProps {
  box: PhaseBox;
  here: boolean;
  select(name: string): void;
  containers: readonly { readonly id: number; readonly name: string }[];
}

function Box({ box, here, select, containers }: BoxProps) {
  const dead = box.phase === 'removed' || box.phase === 'exited';
  return (
    <g>
      <title>{STATES[box.phase]?.description}</title>
      <rect
        x={box.x}
        y={box.y}
        width={box.w}
        height={box.h}
        rx={14}
        className={`fill-plate ${here ? 'stroke-ink' : 'stroke-rail'}`}
        strokeWidth={here ? 3 : 1.5}
        strokeDasharray={
          box.phase === 'running' || dead || box.phase === 'prestop' || box.phase === 'stopping'
            ? undefined
            : '5 4'
        }
      />
      <text x={box.x + 12} y={box.y + 22} className="fill-ink font-semibold">
        {phaseWords(box.phase)}
      </text>
      {box.tags.map((tag) => (
        <g
          key={tag.id}
          className="cursor-pointer"
          onClick={() => select(containers.find(({ id }) => id === tag.id)?.name ?? '')}
        >
          <rect
            x={tag.x}
            y={tag.y}
            width={24}
            height={24}
            rx={4}
            className={dead ? 'fill-paper stroke-ink' : 'fill-yellow stroke-yellow'}
            strokeWidth="1.5"
          />
          <text
            x={tag.x + 12}
            y={tag.y + 17.5}
            textAnchor="middle"
            className={`text-[15px] font-extrabold ${dead ? 'fill-ink' : 'fill-[#14171c]'}`}
          >
            {tag.number}
          </text>
        </g>
      ))}
      {box.more > 0 && (
        <text x={box.x + box.w - 10} y={box.y + 50} textAnchor="end" className="fill-ink font-bold">
          +{box.more}
        </text>
      )}
    </g>
  );
}

function inWords(boxes: readonly PhaseBox[]): string {
  const full = boxes.filter(({ tags }) => tags.length > 0);
  const told = full.map(({ phase, tags, more }) =>
    more > 0
      ? `${tags.length + more} containers in ${phaseWords(phase)}`
      : `${tags.map(({ number }) => number).join(', ')} in ${phaseWords(phase)}`,
  );
  return `Life of a container. ${told.join('; ') || 'No containers'}.`;
}
