/** The five numbers that the course is about. What is counted is exact; they are quiet for screen readers, the log speaks. */
import type { ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Explained, RunView } from '../../store/herd-state.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { CrossIcon, HalfIcon, HatchIcon, PenIcon, RingIcon } from '../icons.tsx';

export function Outputs() {
  // These of the totals, since others change all the time.
  const totals = useHerd(useShallow(({ view }) => view && shownOf(view)));
  const wanted = totals?.wanted;
  const waiting = totals?.waiting ?? 0;
  const more = wanted !== undefined && totals !== null && totals.containersRunning > wanted;
  return (
    <section className="outputs" aria-label="Outputs">
      <Output
        label="Failed requests"
        icon={<CrossIcon />}
        value={totals?.failed}
        hot
        why="Why did they fail?"
        explains="failed"
        aside={waiting > 0 ? `${waiting} overdue` : ''}
      />
      <Output
        label="Lost sessions"
        icon={<RingIcon />}
        value={totals?.sessionsLost}
        hot
        why="Why were they lost?"
        explains="lost"
      />
      <Output
        label="Missed sessions"
        icon={<HalfIcon />}
        value={totals?.sessionsMissed}
        why="Why were they missed?"
        explains="missed"
      />
      <Output
        label="Config drift"
        icon={<HatchIcon />}
        value={totals?.drift}
        why="What was changed by hand?"
        explains="drift"
      />
      <Output
        label="Containers running"
        icon={<PenIcon />}
        value={totals?.containersRunning}
        why="Why so many?"
        explains="containers"
        always
      >
        {wanted === undefined ? null : <small>{more ? `, ${wanted} wanted` : ` of ${wanted}`}</small>}
      </Output>
    </section>
  );
}

function shownOf({ totals, wanted }: RunView) {
  const { failed, waiting, sessionsLost, sessionsMissed, drift, containersRunning } = totals;
  return { failed, waiting, sessionsLost, sessionsMissed, drift, containersRunning, wanted };
}

interface OutputProps {
  label: string;
  icon: ReactNode;
  value: number | undefined;
  /** Turns vermilion when it is not 0. */
  hot?: boolean;
  /** The question that pressing the number answers. */
  why: string;
  explains: Explained;
  /** There is something to explain at 0 as well. */
  always?: boolean;
  /** What is not counted yet. */
  aside?: string;
  children?: ReactNode;
}

function Output(props: OutputProps) {
  const { label, icon, value, hot = false, why, explains, always = false, aside, children } = props;
  const simulator = useSimulator();
  const isMarked = useHerd((state) => state.highlight === `output ${label}`);
  const isHot = hot && value !== undefined && value > 0;
  return (
    <div className="output" data-hot={isHot} data-marked={isMarked || undefined}>
      <div className="output-value">
        {icon}
        <output aria-label={label} aria-live="off">
          {value ?? '–'}
          {children}
        </output>
        {aside ? (
          <b className="output-aside" title="for longer than a second">
            {aside}
          </b>
        ) : null}
      </div>
      <span className="output-label" aria-hidden="true">
        {label}
      </span>
      {value !== undefined && (value > 0 || always) ? (
        <button
          type="button"
          className="absolute inset-0 rounded"
          aria-label={why}
          title={why}
          onClick={() => simulator.explain(explains)}
        />
      ) : null}
    </div>
  );
}
