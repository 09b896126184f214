/** One simulator: a run behind an endpoint, its playback, and a store of what to show. A page may hold several. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Endpoint } from '../runtime/endpoint.ts';
import type { FrameClock } from '../runtime/host/frame-clock.ts';
import { createPlayer, type PlayerState } from '../runtime/player.ts';
import type { PlaybackRequest } from '../runtime/playback.ts';
import type {
  Camera,
  ChosenKind,
  Frame,
  Homes,
  Hit,
  StageLook,
  StageSize,
  Watch,
  ReadyScenario,
} from '../runtime/protocol.ts';
import type { Settings } from '../runtime/settings-in-source.ts';
import { createRunClient, type Heard } from '../runtime/run-client.ts';
import type { TimedLine } from '../sim/model/scenario.ts';
import { createAnnouncer } from './announcements.ts';
import {
  EMPTY_HERD,
  type Drawer,
  type Explained,
  type HerdState,
  type Inspecting,
  type Span,
  type Topic,
} from './herd-state.ts';
import { castOf } from './cast.ts';
import { createInquiries, type InquiryResults } from './inquiries.ts';
import { createQuestions, type Questions } from './questions.ts';

const KEPT_ANSWERS = 200;
/** The clock moves on after so many ms of the viewer's time, if nothing else is shown before. */
const CLOCK_MS = 200;
/** It shows tenths of a second. */
const FINEST_CLOCK_MS = 100;

export interface SimulatorNeeds {
  readonly endpoint: Endpoint;
  readonly clock: FrameClock;
  /** Names the run at the endpoint; unique there. */
  readonly run: string;
  readonly source: string;
  readonly file: string;
  /** What the source says, where it was read at build time. */
  readonly ready?: ReadyScenario | undefined;
  /** Homes to begin with, whatever the file says. */
  readonly homes?: Homes;
  /** Null = the scenario's own. */
  readonly seed: number | null;
  readonly autoplay: boolean;
  /** Commands to play beside the scenario's script. */
  readonly log?: readonly TimedLine[] | undefined;
  readonly look: Pick<StageLook, 'theme' | 'reducedMotion'>;
}

export interface Simulator extends Questions {
  readonly store: StoreApi<HerdState>;
  /** True when a canvas has to be handed over to another thread to be drawn on. */
  readonly threaded: boolean;
  play(): void;
  pause(): void;
  step(): void;
  setSpeed(speed: number): void;
  /** Back to 0 with the same file and seed, and no commands. Choices of the state model stay. */
  reset(): void;
  /** Starts again from 0 with the same seed, with sessions or uploads at home elsewhere. */
  chooseHome(kind: ChosenKind, home: string): void;
  /** Starts again from 0 with the same seed, with this key of the file set so; null = as it is written there. */
  chooseSetting(path: string, value: string | null): void;
  /** Runs a console line now. */
  run(line: string): void;
  watch(what: Watch): void;
  /** Makes the controls wait, or lets them go on. */
  setLocked(locked: boolean): void;
  select(container: string | null): void;
  point(hit: Hit | null): void;
  setHighlight(name: string | null): void;
  /** Shows a part of the stage larger; `undefined` = all of it. */
  setCamera(camera: Camera | undefined): void;
  setLook(look: Pick<StageLook, 'theme' | 'reducedMotion'>): void;
  openDrawer(drawer: Drawer | null): void;
  /** Shows a part of time on every axis; null = all of it. */
  zoom(span: Span | null): void;
  /** Why: all that happened of it, or what happened in a part of time. */
  explain(what: Explained, span?: Span | null): void;
  /** Opens the inspector on something else than a why. */
  inspect(what: Inspecting): void;
  /** Opens the journal on one topic; null = on everything. */
  readAbout(topic: Topic | null): void;
  attach(canvas: OffscreenCanvas | HTMLCanvasElement, size: StageSize): void;
  detach(): void;
  resize(size: StageSize): void;
  setSeen(seen: boolean): void;
  close(): void;
}

export function createSimulator(needs: SimulatorNeeds): Simulator {
  const { endpoint, file, seed } = needs;
  const store = createStore<HerdState>(() => ({
    ...EMPTY_HERD,
    homes: needs.homes ?? {},
    settings: {},
    speed: 1,
  }));
  const { getState, setState } = store;
  const client = createRunClient(endpoint, needs.run, hear);
  const inquiries = createInquiries(client, heardMore);
  const announcer = createAnnouncer();
  const questions = createQuestions(client, store);
  const player = createPlayer({
    clock: needs.clock,
    autoplay: needs.autoplay,
    speed: 1,
    request,
    changed: playerChanged,
  });
  let look: Pick<StageLook, 'theme' | 'reducedMotion'> = needs.look;
  let attached = false;
  let camera: Camera | undefined;
  let journalLength = 0;
  /** What inquiries brought since the last set. */
  let heardSince: Partial<HerdState> = {};
  let watched: Watch | null = null;
  // While a frame is taken in, the player's change is part of it: one set a frame.
  let takingFrame = false;

  function request(asked: PlaybackRequest): void {
    if (asked.type === 'step') client.say({ kind: 'step', speed: asked.speed });
    else client.tick({ toMs: asked.toMs, speed: asked.speed, settle: asked.type === 'settle' });
  }

  /** Settled for those who look: the instant is drawn, and no answer about it is awaited. */
  function isSettled(state: PlayerState, hits: readonly Hit[]): boolean {
    return state.settled && !inquiries.busy && (!attached || hits.length > 0);
  }

  function playerChanged(state: PlayerState): void {
    if (takingFrame) return;
    const before = getState();
    const settled = isSettled(state, before.hits);
    if (before.playing === state.playing && before.speed === state.speed && before.settled === settled)
      return;
    setState({ playing: state.playing, speed: state.speed, settled });
  }

  function hear(message: Heard): void {
    switch (message.kind) {
      case 'opened':
        setState({ phase: 'ready', facts: message.facts });
        if (watched) client.say({ kind: 'watch', watch: watched });
        player.send({ type: 'OPENED', t: 0 });
        return;
      case 'problem':
        setState({ phase: 'problem', problems: message.problems });
        player.send({ type: 'FAILED' });
        return;
      case 'failed':
        setState({ phase: 'failed', failure: message.message });
        player.send({ type: 'FAILED' });
        return;
      case 'answer': {
        const { at, line, ok, text } = message;
        setState(({ answers }) => ({ answers: [...answers, { at, line, ok, text }].slice(-KEPT_ANSWERS) }));
        return;
      }
      case 'frame':
        hearFrame(message);
        return;
    }
  }

  function hearFrame(frame: Frame): void {
    const before = getState();
    journalLength = frame.journalLength;
    if (frame.view) inquire();
    takingFrame = true;
    player.send({ type: 'DRAWN', t: frame.t, settled: frame.settled });
    takingFrame = false;
    const hits = frame.hits ?? before.hits;
    const state = player.state();
    const settled = isSettled(state, hits);
    const tick = Math.max(FINEST_CLOCK_MS, CLOCK_MS * before.speed);
    const isNewTime = frame.settled || frame.view !== undefined || frame.t - before.t >= tick;
    if (!isNewTime && !frame.hits && !frame.commands && !frame.watched && settled === before.settled) return;
    const heard = heardSince;
    heardSince = {};
    setState({
      ...heard,
      ...(isNewTime ? { t: frame.t } : {}),
      ...(frame.view ? { view: frame.view, cast: castOf(before.cast, frame.view) } : {}),
      ...(frame.hash ? { hash: frame.hash } : {}),
      ...(frame.commands ? { commands: frame.commands } : {}),
      ...(frame.watched
        ? {
            watched: {
              conditions: { ...before.watched.conditions, ...frame.watched.conditions },
              measures: { ...before.watched.measures, ...frame.watched.measures },
            },
          }
        : {}),
      hits,
      playing: state.playing,
      settled,
    });
  }

  function inquire(): void {
    const { t, drawer, inspecting, explained, explainedIn, span, topic } = getState();
    inquiries.refresh({
      t,
      journalLength,
      span,
      explained: drawer === 'inspect' && inspecting === 'why' ? { what: explained, span: explainedIn } : null,
      topic: drawer === 'journal' ? topic : null,
      instruments: drawer === 'instruments',
    });
  }

  function heardMore(results: InquiryResults): void {
    const { t, speed, hits, playing, axis } = getState();
    const announced = results.entries ? announcer.hear(results.entries, t, speed, !playing) : null;
    heardSince = { ...heardSince, ...results, ...(announced ? { announced } : {}) };
    // While time runs, a set is at hand that tells of it too: the page renders once.
    if (playing && !isAskedFor(results, axis)) return;
    const heard = heardSince;
    heardSince = {};
    setState({ ...heard, settled: isSettled(player.state(), hits) });
  }

  function open(homes: Homes, settings: Settings): void {
    const { dials, drawer, inspecting, explained, hits, speed, playing, locked } = getState();
    questions.restart();
    inquiries.restart();
    announcer.restart();
    journalLength = 0;
    heardSince = {};
    player.send({ type: 'REOPEN', play: playing });
    setState({ ...EMPTY_HERD, homes, settings, dials, drawer, inspecting, explained, hits, speed, locked });
    sayOpen();
  }

  function sayOpen(): void {
    const { homes, settings } = getState();
    client.open({
      source: needs.source,
      file,
      ready: needs.ready,
      seed,
      homes,
      settings,
      log: needs.log ?? [],
    });
  }

  function sayLook(): void {
    const { highlight, hover } = getState();
    client.say({ kind: 'look', look: { ...look, highlight, hover, camera } });
  }

  sayOpen();

  return {
    store,
    threaded: endpoint.threaded,
    ...questions.ask,
    play: () => player.send({ type: 'PLAY' }),
    pause: () => player.send({ type: 'PAUSE' }),
    step: () => player.send({ type: 'STEP' }),
    setSpeed: (speed) => player.send({ type: 'SPEED', speed }),
    reset: () => open(getState().homes, getState().settings),
    chooseHome(kind, home) {
      open({ ...getState().homes, [kind]: home }, getState().settings);
    },
    chooseSetting(path, value) {
      const { [path]: _old, ...rest } = getState().settings;
      open(getState().homes, value === null ? rest : { ...rest, [path]: value });
    },
    run(line) {
      const settle = !player.state().playing;
      client.say({ kind: 'command', line, settle });
      if (settle) player.send({ type: 'CHANGED' });
    },
    watch(what) {
      watched = what;
      client.say({ kind: 'watch', watch: what });
    },
    setLocked(locked) {
      if (getState().locked !== locked) setState({ locked });
    },
    select: (selected) => setState({ selected }),
    point(hover) {
      if (getState().hover === hover) return;
      setState({ hover });
      sayLook();
    },
    setHighlight(highlight) {
      if (getState().highlight === highlight) return;
      setState({ highlight });
      sayLook();
    },
    setCamera(next) {
      camera = next;
      sayLook();
    },
    setLook(next) {
      look = next;
      sayLook();
    },
    openDrawer(drawer) {
      setState({ drawer });
      if (drawer === 'instruments' || drawer === 'journal') inquire();
    },
    zoom(span) {
      setState({ span });
      inquire();
    },
    explain(explained, explainedIn = null) {
      setState({ drawer: 'inspect', inspecting: 'why', explained, explainedIn, explanation: null });
      inquire();
    },
    inspect(inspecting) {
      setState({ drawer: 'inspect', inspecting });
      inquire();
    },
    readAbout(topic) {
      setState({ topic, onTopic: [], traced: null });
      inquire();
    },
    attach(canvas, size) {
      attached = true;
      camera = undefined;
      setState({ hits: [], settled: false });
      client.say({ kind: 'attach', canvas, size, look: { ...look, highlight: null, hover: null } });
    },
    detach() {
      attached = false;
      client.say({ kind: 'detach' });
    },
    resize: (size) => client.say({ kind: 'resize', size }),
    setSeen: (seen) => player.send({ type: 'SEEN', seen }),
    close() {
      player.stop();
      client.close();
    },
  };
}

/** True of what somebody waits for, and not only time brings. */
function isAskedFor(results: InquiryResults, shown: HerdState['axis']): boolean {
  if (results.explanation || results.readings || results.onTopic) return true;
  const { axis } = results;
  return axis !== undefined && (axis.fromMs !== shown?.fromMs || axis.toMs !== shown.toMs);
}
