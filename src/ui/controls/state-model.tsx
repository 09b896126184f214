/** Where each kind of state lives. A choice starts the same traffic again from 0, so that only the home differs. */
import { useId, type ReactNode } from 'react';
import type { ChosenKind, StateChoice } from '../../store/herd-state.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { homeNow } from '../herd/home-now.ts';
import { isOffered } from './offered.ts';
import { CaretIcon, ClockIcon, PeersIcon, SessionIcon, SheetIcon } from '../icons.tsx';

const NONE: readonly StateChoice[] = [];

const NAMES: Readonly<Record<ChosenKind, string>> = {
  sessions: 'Sessions',
  uploads: 'Uploads',
  jobs: 'Jobs',
  membership: 'Membership',
};

const ICONS: Readonly<Record<ChosenKind, () => ReactNode>> = {
  sessions: SessionIcon,
  uploads: SheetIcon,
  jobs: ClockIcon,
  membership: PeersIcon,
};

/** `only` lists the names of the choices to offer, or `State model` for all of them; null = all. */
export function StateModel({ only }: { only: readonly string[] | null }) {
  const choices = useHerd((state) => state.facts?.choices ?? NONE);
  const shown = choices.filter(({ kind }) => isOffered(only, 'State model', NAMES[kind]));
  if (shown.length === 0) return null;
  return (
    <fieldset
      className="bench-state"
      aria-label="State model"
      title="A change starts the same traffic again from 0"
    >
      <span className="mr-1 text-ink2 max-[1499px]:hidden" aria-hidden="true">
        State model
      </span>
      {shown.map((choice) => (
        <Choice key={choice.kind} choice={choice} />
      ))}
    </fieldset>
  );
}

function Choice({ choice: { kind, home, homes } }: { choice: StateChoice }) {
  const now = useHerd((state) => (state.view ? homeNow(state.view, kind) : home));
  const simulator = useSimulator();
  const Icon = ICONS[kind];
  const id = useId();
  const locked = useHerd((state) => state.locked);
  return (
    <div className="choice">
      <Icon />
      <label htmlFor={id}>{NAMES[kind]}</label>
      <select
        disabled={locked}
        id={id}
        value={homes.some(({ name }) => name === now) ? now : home}
        onChange={(event) => simulator.chooseHome(kind, event.target.value)}
      >
        {homes.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
      <span className="pointer-events-none absolute right-3">
        <CaretIcon />
      </span>
    </div>
  );
}
