/** Time: play, step, speed, back to the start. */
import { useCallback, useId, useRef, useState } from 'react';
import { SPEEDS } from '../../store/herd-state.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { seconds } from '../herd/words.ts';
import { CaretIcon, ResetIcon, StepIcon } from '../icons.tsx';
import { Menu } from '../menu/menu.tsx';
import { isOffered } from './offered.ts';
import { PlayButton } from './play-button.tsx';

/** `only` lists the accessible names to offer; null = all. */
export function PlaybackBar({ only }: { only: readonly string[] | null }) {
  const simulator = useSimulator();
  const ready = useHerd((state) => state.phase === 'ready');
  return (
    <fieldset className="bench-play" aria-label="Playback">
      {isOffered(only, 'Play', 'Pause') && (
        <PlayButton className="grid size-11 flex-none place-items-center rounded-full border-2 border-transparent bg-ink text-on-ink disabled:bg-rail" />
      )}
      {isOffered(only, 'Step') && (
        <button
          type="button"
          className="btn max-[559px]:px-3"
          aria-label="Step"
          title="Go on to the next thing that happens"
          disabled={!ready}
          onClick={simulator.step}
        >
          <StepIcon />
          <span className="wide-only">Step</span>
        </button>
      )}
      {isOffered(only, 'Speed') && <SpeedButton />}
      {isOffered(only, 'Reset') && (
        <button
          type="button"
          className="btn btn-icon"
          aria-label="Reset"
          title="Back to the start: same seed, no commands"
          onClick={simulator.reset}
        >
          <ResetIcon />
        </button>
      )}
      <Clock />
    </fieldset>
  );
}

function Clock() {
  const t = useHerd((state) => state.t);
  return (
    <div className="clock" role="timer" aria-label="Virtual clock" aria-live="off">
      {seconds(t)}
    </div>
  );
}

function SpeedButton() {
  const simulator = useSimulator();
  const speed = useHerd((state) => state.speed);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = useCallback(() => {
    setOpen(false);
    button.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="relative">
      <button
        ref={button}
        type="button"
        className="btn"
        aria-label="Speed"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-describedby={id}
        onClick={() => setOpen(!open)}
      >
        <span className="wide-only font-medium text-ink2">Speed</span>
        <span id={id} className="tabular-nums">
          {speed}×
        </span>
        <CaretIcon />
      </button>
      {open && (
        <Menu
          label="Speed"
          className="bottom-full left-0 mb-1"
          close={close}
          items={SPEEDS.map((value) => ({
            label: `${value}×`,
            checked: value === speed,
            act: () => simulator.setSpeed(value),
          }))}
        />
      )}
    </div>
  );
}
