/** The bench inside somebody else's page: stage, outputs, playback and up to four verbs. */
import { lazy } from 'react';
import { PlaybackBar } from './controls/playback-bar.tsx';
import { StateModel } from './controls/state-model.tsx';
import { Verbs } from './controls/verbs.tsx';
import { Drawer, type Contents } from './drawer/drawer.tsx';
import { Outputs } from './outputs/outputs.tsx';
import { LiveLog } from './stage/live-log.tsx';
import { Stage } from './stage/stage.tsx';
import { Settled } from './settled.tsx';

// The outputs ask why; nothing in an embed opens another drawer.
const CONTENTS: Contents = {
  inspect: lazy(() => import('./inspect/inspect.tsx').then(({ Inspect }) => ({ default: Inspect }))),
};

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
        <Drawer contents={CONTENTS} />
        <LiveLog />
      </main>
    </Settled>
  );
}
