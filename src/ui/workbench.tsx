/** One bench for lesson, sandbox and embed: text, outputs, stage, controls, axis. */
import { useState, type ReactNode } from 'react';
import { TimeAxis } from './axis/time-axis.tsx';
import { PlaybackBar } from './controls/playback-bar.tsx';
import { StateModel } from './controls/state-model.tsx';
import { Verbs } from './controls/verbs.tsx';
import { CONTENTS } from './drawer/contents.ts';
import { Drawer, useDrawerActions } from './drawer/drawer.tsx';
import { Header } from './header.tsx';
import { MoreMenu } from './more-menu.tsx';
import { Outputs } from './outputs/outputs.tsx';
import { LiveLog } from './stage/live-log.tsx';
import { Stage } from './stage/stage.tsx';
import { Settled } from './settled.tsx';
import { ThemeToggle } from './theme/theme-toggle.tsx';

interface WorkbenchProps {
  kind: 'lesson' | 'sandbox';
  homeHref: string;
  /** Accessible names of the controls to offer; null = all. */
  controls: readonly string[] | null;
  /** A verb to draw the eye to. */
  suggested?: string;
  /** In the top line. */
  course?: ReactNode;
  /** The text column. */
  children: ReactNode;
}

export function Workbench({ kind, homeHref, controls, suggested, course, children }: WorkbenchProps) {
  const [asText, setAsText] = useState(false);
  return (
    <Settled>
      <main className="bench" data-kind={kind}>
        <Header homeHref={homeHref} middle={course}>
          <HeaderButtons only={controls} asText={asText} setAsText={setAsText} />
        </Header>
        {children}
        <div className="bench-top">
          <Outputs />
          <Stage text={asText} closeText={() => setAsText(false)} />
          <PlaybackBar only={controls} />
        </div>
        <Verbs only={controls} {...(suggested ? { suggested } : {})} />
        <StateModel only={controls} />
        <Drawer contents={CONTENTS} otherwise={<TimeAxis />} />
        <LiveLog />
      </main>
    </Settled>
  );
}

interface HeaderButtonsProps {
  only: readonly string[] | null;
  asText: boolean;
  setAsText(on: boolean): void;
}

function HeaderButtons({ only, asText, setAsText }: HeaderButtonsProps) {
  const drawers = useDrawerActions(only);
  const inWords = (): void => setAsText(!asText);
  return (
    <>
      <div className="hidden items-center gap-1 min-[700px]:flex">
        <button type="button" className="btn btn-quiet" aria-pressed={asText} onClick={inWords}>
          In words
        </button>
        {drawers.map(({ label, open, act }) => (
          <button key={label} type="button" className="btn btn-quiet" aria-expanded={open} onClick={act}>
            {label}
          </button>
        ))}
      </div>
      <ThemeToggle />
      <MoreMenu items={[{ label: 'In words', act: inWords }, ...drawers]} />
    </>
  );
}
