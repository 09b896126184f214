/** The bench inside somebody else's page: stage, outputs, playback and up to four verbs. */
import { PlaybackBar } from './controls/playback-bar.tsx';
import { StateModel } from './controls/state-model.tsx';
import { Verbs } from './controls/verbs.tsx';
import { Drawer } from './drawer/drawer.tsx';
import { Outputs } from './outputs/outputs.tsx';
import { LiveLog } from './stage/live-log.tsx';
import { Stage } from './stage/stage.tsx';
import { Settled } from './workbench.tsx';

export function EmbedBench({ controls }: { controls: readonly string[] }) {
  return (
    <Settled>
      <main className="bench" data-kind="embed">
        <div className="bench-top">
          <Outputs />
          <Stage text={false} closeText={() => undefined} />
          <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2">
            <PlaybackBar only={['Play', 'Pause', 'Reset', ...controls]} />
            <Verbs only={controls} />
            <StateModel only={controls} />
          </div>
        </div>
        <Drawer />
        <LiveLog />
      </main>
    </Settled>
  );
}
