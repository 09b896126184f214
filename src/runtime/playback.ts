/**
 * Playback as a statechart: when virtual time moves, and how far. Draws nothing and reads no clock; it *emits* what is to be
 * asked of the run and hears what came of it. Wall and virtual times in ms.
 */
import { assign, emit, setup } from 'xstate';

export const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10] as const;

/** After a pause of the page (a busy machine, a debugger) time goes on from where it was, rather than leaping. */
const LONGEST_FRAME_MS = 100;

export type PlaybackEvent =
  | { readonly type: 'OPENED'; readonly t: number }
  /** The run is being opened again, to play at once or to stand at its start. */
  | { readonly type: 'REOPEN'; readonly play: boolean }
  | { readonly type: 'FAILED' }
  | { readonly type: 'PLAY' | 'PAUSE' | 'STEP' }
  | { readonly type: 'SPEED'; readonly speed: number }
  /** A frame may be drawn at this wall time. */
  | { readonly type: 'FRAME'; readonly wallMs: number }
  /** A frame was drawn. */
  | { readonly type: 'DRAWN'; readonly t: number; readonly settled: boolean }
  /** Something changed while time stood still, and a settled frame is on its way. */
  | { readonly type: 'CHANGED' }
  /** The page or the herd went out of sight, or came back. */
  | { readonly type: 'SEEN'; readonly seen: boolean };

/** What the run is asked for. */
export type PlaybackRequest =
  | { readonly type: 'tick'; readonly toMs: number; readonly speed: number }
  | { readonly type: 'settle'; readonly toMs: number; readonly speed: number }
  | { readonly type: 'step'; readonly speed: number };

interface Context {
  readonly autoplay: boolean;
  readonly speed: number;
  /** Where virtual time should be; the run is asked for whole ms. */
  readonly goalMs: number;
  readonly wallMs: number | null;
  /** A tick is being worked on. The next one waits for it, so frames are skipped and never queued. */
  readonly busy: boolean;
  readonly seen: boolean;
}

export const playback = setup({
  types: {
    context: {} as Context,
    events: {} as PlaybackEvent,
    emitted: {} as PlaybackRequest,
    input: {} as { autoplay: boolean; speed: number },
  },
  guards: {
    autoplays: ({ context }) => context.autoplay,
    'can move': ({ context }) => context.seen && !context.busy,
    'is settled': ({ event }) => event.type === 'DRAWN' && event.settled,
  },
  actions: {
    'set speed': assign(({ event }) => (event.type === 'SPEED' ? { speed: event.speed } : {})),
    'set autoplay': assign(({ event }) => (event.type === 'REOPEN' ? { autoplay: event.play } : {})),
    'set sight': assign(({ event }) => (event.type === 'SEEN' ? { seen: event.seen, wallMs: null } : {})),
    'take time': assign(({ event }) =>
      event.type === 'DRAWN' || event.type === 'OPENED' ? { goalMs: event.t, busy: false } : {},
    ),
    'take frame': assign(({ context, event }) => ({
      busy: false,
      goalMs: event.type === 'DRAWN' ? Math.max(context.goalMs, event.t) : context.goalMs,
    })),
    'start clock': assign({ wallMs: null, busy: false }),
    'move on': assign(({ context, event }) => {
      if (event.type !== 'FRAME') return {};
      const passed = context.wallMs === null ? 0 : Math.min(event.wallMs - context.wallMs, LONGEST_FRAME_MS);
      return { wallMs: event.wallMs, goalMs: context.goalMs + passed * context.speed, busy: true };
    }),
    'ask for a frame': emit(({ context }) => ({
      type: 'tick' as const,
      toMs: Math.floor(context.goalMs),
      speed: context.speed,
    })),
    'ask to settle': emit(({ context }) => ({
      type: 'settle' as const,
      toMs: Math.floor(context.goalMs),
      speed: context.speed,
    })),
    'ask for a step': emit(({ context }) => ({ type: 'step' as const, speed: context.speed })),
  },
}).createMachine({
  id: 'playback',
  context: ({ input }) => ({ ...input, goalMs: 0, wallMs: null, busy: false, seen: true }),
  initial: 'loading',
  on: {
    SPEED: { actions: 'set speed' },
    SEEN: { actions: 'set sight' },
    REOPEN: { target: '.loading', actions: 'set autoplay' },
    FAILED: '.failed',
  },
  states: {
    loading: {
      on: {
        OPENED: [
          { guard: 'autoplays', target: 'playing', actions: 'take time' },
          { target: 'paused.settling', actions: 'take time' },
        ],
      },
    },
    playing: {
      entry: 'start clock',
      on: {
        FRAME: { guard: 'can move', actions: ['move on', 'ask for a frame'] },
        DRAWN: { actions: 'take frame' },
        PAUSE: 'paused.asking',
        STEP: 'stepping',
      },
    },
    paused: {
      initial: 'settling',
      on: { PLAY: 'playing', STEP: 'stepping' },
      states: {
        asking: { entry: 'ask to settle', always: 'settling' },
        settling: { on: { DRAWN: { guard: 'is settled', target: 'settled', actions: 'take time' } } },
        settled: { on: { CHANGED: 'settling' } },
      },
    },
    stepping: {
      entry: 'ask for a step',
      on: { DRAWN: { guard: 'is settled', target: 'paused.settled', actions: 'take time' }, PLAY: 'playing' },
    },
    failed: {},
  },
});
