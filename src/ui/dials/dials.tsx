/** Every setting that may be turned, grouped by who owns it, each with the line that it stands for. */
import { useEffect, useId, useState } from 'react';
import { OWNERS, type Dial, type Owner } from '../../store/herd-state.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';

const NAMES: Readonly<Record<Owner, { readonly label: string; readonly idea: string }>> = {
  traffic: { label: 'Traffic', idea: 'who comes, and how patient' },
  app: { label: 'App', idea: 'what its programmers decide' },
  platform: { label: 'Platform', idea: 'who starts, stops and replaces' },
  balancer: { label: 'Balancer', idea: 'who is asked, and how often' },
  stores: { label: 'Stores', idea: 'where the state went' },
};

export function Dials() {
  const simulator = useSimulator();
  const dials = useHerd((state) => state.dials);
  const ready = useHerd((state) => state.phase === 'ready');
  const turned = useHerd((state) => state.commands.length);
  useEffect(() => {
    if (ready) simulator.askDials();
  }, [simulator, ready, turned]);
  return (
    <section aria-label="Settings" className="mt-6 border-t border-hair pt-3">
      <h2 className="pb-1 text-ink2">Settings</h2>
      {OWNERS.map((owner) => {
        const own = dials.filter((dial) => dial.owner === owner);
        return own.length === 0 ? null : (
          <details key={owner} className="border-b border-hair py-1">
            <summary className="flex cursor-pointer items-baseline gap-2 rounded px-2 py-1.5 hover:bg-ink/5">
              <b className="font-semibold">{NAMES[owner].label}</b>
              <span className="text-[14px] text-ink2">{NAMES[owner].idea}</span>
            </summary>
            <div className="grid gap-3 px-2 pt-1 pb-3">
              {own.map((dial) => (
                <DialRow key={dial.path} dial={dial} />
              ))}
            </div>
          </details>
        );
      })}
    </section>
  );
}

/** As the console would take it. */
function lineOf(dial: Dial, value: string): string {
  const assignment = `${dial.path}=${written(dial, value)}`;
  return `paddock set ${/[\s{}]/.test(assignment) ? `'${assignment}'` : assignment}`;
}

const written = (dial: Dial, value: string): string => (dial.form ? dial.form.replace('#', value) : value);

function DialRow({ dial }: { dial: Dial }) {
  const simulator = useSimulator();
  const locked = useHerd((state) => state.locked);
  const id = useId();
  const turn = (value: string): void => {
    if (value === dial.value) return;
    if (dial.live) simulator.run(lineOf(dial, value));
    else simulator.chooseSetting(dial.path, written(dial, value));
  };
  return (
    <div className="grid gap-1 text-[15px]">
      <div className="flex items-center gap-3">
        <label htmlFor={id} className="flex-1">
          {dial.label}
        </label>
        {dial.turns.kind === 'choice' ? (
          <select
            id={id}
            disabled={locked}
            className="h-8 max-w-44 rounded-lg border-[1.5px] border-rail bg-transparent px-2 font-semibold"
            value={dial.value}
            aria-describedby={`${id}-line`}
            onChange={(event) => turn(event.target.value)}
          >
            {(dial.turns.options.includes(dial.value)
              ? dial.turns.options
              : [dial.value, ...dial.turns.options]
            ).map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        ) : (
          <Range id={id} dial={dial} turns={dial.turns} turn={turn} locked={locked} />
        )}
      </div>
      <code
        id={`${id}-line`}
        className="truncate font-mono text-[12.5px] text-ink2"
        title={lineOf(dial, dial.value)}
      >
        {dial.live
          ? lineOf(dial, dial.value).replace('paddock set ', '')
          : `${dial.path}: starts again from 0`}
      </code>
    </div>
  );
}

type RangeTurns = Extract<Dial['turns'], { kind: 'range' }>;

interface RangeProps {
  id: string;
  dial: Dial;
  turns: RangeTurns;
  locked: boolean;
  turn(value: string): void;
}

/** The value follows the thumb; it takes effect when the thumb is let go. */
function Range({ id, dial, turns, locked, turn }: RangeProps) {
  const { min, max, step, unit } = turns;
  const now = Number.parseFloat(dial.value);
  const [held, setHeld] = useState<number | null>(null);
  const shown = held ?? now;
  const letGo = (): void => {
    if (held !== null) turn(`${held}${unit}`);
    setHeld(null);
  };
  return (
    <>
      <input
        id={id}
        type="range"
        className="w-28 accent-ink"
        min={min}
        max={Math.max(max, now)}
        step={step}
        value={shown}
        disabled={locked}
        aria-valuetext={`${shown}${unit}`}
        aria-describedby={`${id}-line`}
        onChange={(event) => setHeld(Number(event.target.value))}
        onPointerUp={letGo}
        onKeyUp={letGo}
        onBlur={letGo}
      />
      <b className="w-16 text-right font-semibold tabular-nums">
        {shown}
        {unit === '' ? '' : ` ${unit}`}
      </b>
    </>
  );
}
