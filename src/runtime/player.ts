/** Runs the playback chart against real frames: one request a frame at most, none while out of sight. */
import { createActor, type SnapshotFrom } from 'xstate';
import type { FrameClock } from './host/frame-clock.ts';
import { playback, type PlaybackEvent, type PlaybackRequest } from './playback.ts';

export interface PlayerState {
  readonly loading: boolean;
  readonly playing: boolean;
  /** Time stands still and has been drawn. */
  readonly settled: boolean;
  readonly speed: number;
}

export interface Player {
  send(event: PlaybackEvent): void;
  state(): PlayerState;
  stop(): void;
}

export interface PlayerNeeds {
  readonly clock: FrameClock;
  readonly autoplay: boolean;
  readonly speed: number;
  request(request: PlaybackRequest): void;
  changed(state: PlayerState): void;
}

export function createPlayer({ clock, autoplay, speed, request, changed }: PlayerNeeds): Player {
  const actor = createActor(playback, { input: { autoplay, speed } });
  let cancel: (() => void) | null = null;

  function frame(wallMs: number): void {
    cancel = null;
    actor.send({ type: 'FRAME', wallMs });
    schedule();
  }

  function schedule(): void {
    const snapshot = actor.getSnapshot();
    const wanted = snapshot.matches('playing') && snapshot.context.seen;
    if (wanted) cancel ??= clock.request(frame);
    else {
      cancel?.();
      cancel = null;
    }
  }

  // Started first: who listens hears changes, not the beginning.
  actor.start();
  actor.on('tick', request);
  actor.on('settle', request);
  actor.on('step', request);
  actor.subscribe((snapshot) => {
    schedule();
    changed(stateOf(snapshot));
  });

  return {
    send: (event) => actor.send(event),
    state: () => stateOf(actor.getSnapshot()),
    stop() {
      actor.stop();
      cancel?.();
      cancel = null;
    },
  };
}

function stateOf(snapshot: SnapshotFrom<typeof playback>): PlayerState {
  return {
    loading: snapshot.matches('loading'),
    playing: snapshot.matches('playing'),
    settled: snapshot.matches({ paused: 'settled' }),
    speed: snapshot.context.speed,
  };
}
