import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { PauseIcon, PlayIcon } from '../icons.tsx';

/** Plays, or holds. `where` tells a second one on the page apart by its accessible name. */
export function PlayButton({ className, where = '' }: { className: string; where?: string }) {
  const simulator = useSimulator();
  const playing = useHerd((state) => state.playing);
  const ready = useHerd((state) => state.phase === 'ready');
  return (
    <button
      type="button"
      className={className}
      aria-label={`${playing ? 'Pause' : 'Play'}${where}`}
      disabled={!ready}
      onClick={playing ? simulator.pause : simulator.play}
    >
      {playing ? <PauseIcon /> : <PlayIcon />}
    </button>
  );
}
