/** How a planned stop would go now, tried on a copy of the run. Its edges are settings: move one and it is tried again. */
import { useEffect, useState } from 'react';
import { useWidth } from '../axis/use-width.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { count } from '../herd/words.ts';
import type { Stopping, StopSettings } from '../../store/herd-state.ts';
import { stopTimeline } from '../../viz/stopping/timeline.ts';
import { StopPicture } from './stop-picture.tsx';

export function StoppingPanel() {
  const simulator = useSimulator();
  const tried = useHerd((state) => state.stopping);
  const running = useHerd(
    (state) => state.view?.containers.some(({ phase }) => phase === 'running') ?? false,
  );
  const found = tried === 'nobody' ? null : tried;
  const [width, measure] = useWidth();
  // What was turned last, though its trial may still be under way: the next turn builds on it.
  const [turned, setTurned] = useState<StopSettings | null>(null);
  useEffect(() => {
    if (tried === null || (tried === 'nobody' && running)) simulator.tryStop(null);
  }, [tried, running, simulator]);
  const settings = found === null ? null : (turned ?? found.settings);
  const change = (changes: Partial<StopSettings>): void => {
    if (settings === null) return;
    const next = { ...settings, ...changes };
    setTurned(next);
    simulator.tryStop(next);
  };
  return (
    <div ref={measure} className="grid gap-2">
      {found === null && (
        <p className="text-ink2">
          {tried === 'nobody'
            ? 'No container is running: there is nobody to stop.'
            : 'Trying it on a copy of this run.'}
        </p>
      )}
      {found && (
        <>
          <Summary found={found} />
          {width > 0 && (
            <StopPicture found={found} picture={stopTimeline(found, Math.max(560, width))} change={change} />
          )}
          {settings && <Dials settings={settings} notice={found.notice} change={change} />}
        </>
      )}
    </div>
  );
}

const s = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
const after = (ms: number): string => (ms < 50 ? 'at once' : `after ${s(ms)}`);

function Summary({ found }: { found: Stopping }) {
  const balanced = useHerd((state) => state.view?.balancer !== null);
  const { line, victim, failures, exitAt, outAt, sigtermAt, signal, killed, refused } = found;
  if (refused !== null) return <p className="text-red">{refused}</p>;
  return (
    <p className="leading-6">
      <code className="font-mono text-[14px]">{line}</code> would end {victim}
      {exitAt === null ? ' not within a minute' : ` ${after(exitAt)}${killed ? ', by SIGKILL' : ''}`}
      {!balanced
        ? ''
        : outAt === null
          ? '; the balancer would not be told'
          : `; the balancer stops sending ${after(outAt)}`}
      {sigtermAt !== null && sigtermAt > 0 ? `; ${signal} comes ${after(sigtermAt)}` : ''}.{' '}
      <b className={failures.length > 0 ? 'text-red' : ''}>
        {failures.length === 0
          ? 'No request fails there.'
          : `${count(failures.length, 'request')} would fail there.`}
      </b>
    </p>
  );
}

interface DialsProps {
  settings: StopSettings;
  /** False = only the grace period plays a part. */
  notice: boolean;
  change(settings: Partial<StopSettings>): void;
}

function Dials({ settings, notice, change }: DialsProps) {
  const simulator = useSimulator();
  const backend = useHerd((state) => state.facts?.backend ?? 'app');
  const balanced = useHerd((state) => state.view?.balancer !== null);
  const { prestopMs, graceMs, endpointDelayMs, drain } = settings;
  const path = `services.${backend}`;
  const inForce = [
    `${path}.stop_grace_period=${graceMs}ms`,
    ...(notice
      ? [
          `${path}.x-paddock.prestop=${prestopMs}ms`,
          `${path}.x-paddock.endpoint-delay=${endpointDelayMs}ms`,
          `${path}.x-paddock.drain=${drain}`,
        ]
      : []),
  ].join(' ');
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
      {notice && <Dial label="preStop" ms={prestopMs} max={15_000} set={(ms) => change({ prestopMs: ms })} />}
      <Dial label="Grace period" ms={graceMs} max={60_000} set={(ms) => change({ graceMs: ms })} />
      {notice ? (
        <>
          <Dial
            label="Balancer told late by"
            ms={endpointDelayMs}
            max={15_000}
            set={(ms) => change({ endpointDelayMs: ms })}
          />
          <label className="grid gap-1 text-[14px]">
            Balancer is told
            <select
              className="h-9 rounded-lg border-[1.5px] border-rail bg-transparent px-2 font-semibold"
              value={drain}
              onChange={(event) => change({ drain: event.target.value as StopSettings['drain'] })}
            >
              <option value="before">before SIGTERM</option>
              <option value="concurrent">together with SIGTERM</option>
              <option value="none">not at all</option>
            </select>
          </label>
        </>
      ) : (
        <p className="text-[14px] leading-9 text-ink2">
          {balanced ? 'Nobody tells the balancer here: it finds out by itself.' : ''}
        </p>
      )}
      <button type="button" className="btn" onClick={() => simulator.run(`paddock set ${inForce}`)}>
        Use these settings
      </button>
    </div>
  );
}

function Dial({ label, ms, max, set }: { label: string; ms: number; max: number; set(ms: number): void }) {
  return (
    <label className="grid gap-1 text-[14px]">
      <span>
        {label} <b className="tabular-nums">{s(ms)}</b>
      </span>
      <input
        type="range"
        className="w-44 accent-ink"
        min={0}
        max={max}
        step={100}
        value={Math.min(ms, max)}
        aria-valuetext={s(ms)}
        onChange={(event) => set(Number(event.target.value))}
      />
    </label>
  );
}
