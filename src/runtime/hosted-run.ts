/** One run inside the host: its driver, its picture, and what the page has been told of it. */
import type { Driver } from '../commands/driver.ts';
import type { LateDriver } from './late-driver.ts';
import { faultsIn } from '../sim/faults.ts';
import type { Run } from '../sim/run.ts';
import type { HerdView } from '../sim/view.ts';
import type { MakeReplay } from './autopsy.ts';
import { isNotable } from './notable.ts';
import type { Painter } from './painter.ts';
import { createPast, type Past } from './past.ts';
import type { Frame, Question, Replies, RunView } from './protocol.ts';
import type { Teller } from './teller.ts';
import { createWatcher, type Watcher } from './watcher.ts';

/** A leg is drawn for at least this long of a viewer's time. */
const LEG_MS = 450;
/**
 * The page renders every view that it gets, so it gets one every so many ms of the viewer's time, sooner when something
 * notable has happened, and as often as anybody can read. Of a large herd less often.
 */
const FEW = { quiet: 200, notable: 100 };
const MANY = { from: 100, quiet: 800, notable: 200 };
/** A step gives up looking for something to see after so many events. */
const STEP_EVENTS = 20_000;
/** Flag of a leg that is a health check: too frequent to be worth a step. */
const CHECK_LEG = 4;

/** At once where the run itself knows it, later where other runs have to be played. */
type Answer = Replies[keyof Replies] | Promise<Replies[keyof Replies]>;

export interface HostedRun {
  readonly watcher: Watcher;
  /** Settles when console lines can be carried out; null = they can. */
  readonly waiting: Promise<void> | null;
  /** Null = nothing to draw on. */
  painter: Painter | null;
  advance(toMs: number, speed: number): void;
  /** Goes on to the next event that shows: one that is journaled, or with which something sets out. */
  step(speed: number): void;
  /** Carries a line out at the next whole ms. */
  command(line: string): { at: number; ok: boolean; text: string };
  /** Draws, and tells the page, in the tray that it sent (null = it sent none). */
  show(settled: boolean, tray: ArrayBuffer | null): void;
  /** Draws again, and speaks only if there is news: the picture's look is no step in time. */
  redraw(): void;
  answer(question: Question): Answer;
}

/** `replay` makes the run anew, from an earlier instant, with everything that was done to it since. */
export function createHostedRun(
  run: Run,
  driver: Driver | LateDriver,
  tell: Teller,
  replay: MakeReplay,
): HostedRun {
  const watcher = createWatcher();
  const past = createPast();
  let speed = 1;
  let painter: Painter | null = null;
  let told: HerdView | null = null;
  let toldCommands = -1;

  function draw(view: HerdView): Frame['hits'] | null {
    if (!painter) return null;
    const stretchMs = LEG_MS * speed;
    return painter.draw({
      view,
      legs: run.legs(run.now, painter.legWindow(stretchMs)),
      t: run.now,
      stretchMs,
    });
  }

  /** Whether this view is worth the page's while: something notable has changed, or enough time went by. */
  function isWorthTelling(view: HerdView, settled: boolean): boolean {
    const { quiet, notable } = view.containers.length > MANY.from ? MANY : FEW;
    if (!settled && told !== null) {
      const untold = (view.t - told.t) / speed;
      if (untold < notable || (untold < quiet && !isNotable(told, view))) return false;
    }
    told = view;
    return true;
  }

  function frame(settled: boolean): Frame {
    const view = run.view();
    const hits = draw(view);
    const commands = driver.log;
    const tellCommands = commands.length !== toldCommands;
    toldCommands = commands.length;
    const watched = watcher.look({
      now: run.now,
      commands,
      metrics: (from, to) => run.metrics(from, to),
      series: (name, from, to, bins) => run.series(name, from, to, bins),
    });
    return {
      kind: 'frame',
      t: run.now,
      settled,
      journalLength: run.journalLength(),
      ...(isWorthTelling(view, settled) ? { view: withoutUsers(view) } : {}),
      ...(hits ? { hits } : {}),
      ...(settled ? { hash: run.hash() } : {}),
      ...(tellCommands ? { commands } : {}),
      ...(watched ? { watched } : {}),
    };
  }

  const waiting = (): Promise<void> | null => ('waiting' in driver ? driver.waiting : null);

  return {
    watcher,
    get waiting() {
      return waiting();
    },
    get painter() {
      return painter;
    },
    set painter(next) {
      painter = next;
      run.recordLegs(next !== null);
    },
    advance(toMs, atSpeed) {
      speed = atSpeed;
      driver.advance(toMs);
      past.note(run);
    },
    step(atSpeed) {
      speed = atSpeed;
      const entries = run.journalLength();
      for (let i = 0; i < STEP_EVENTS; i++) {
        if (driver.step() === null) return;
        if (run.journalLength() > entries || setsOut(run)) return;
      }
    },
    command(line) {
      const at = Math.ceil(run.now);
      driver.advance(at);
      const answer = driver.apply(line);
      return { at, ok: answer.ok, text: answer.text };
    },
    show: (settled, tray) => tell(frame(settled), tray),
    redraw() {
      const drawn = frame(false);
      if (drawn.hits || drawn.view || drawn.commands || drawn.watched) tell(drawn, null);
    },
    answer(question) {
      return answerFrom(run, question, past, replay, waiting());
    },
  };
}

/** True when a request, an answer or a store command set out at the latest event. */
function setsOut(run: Run): boolean {
  const legs = run.legs(run.now, 0);
  const last = legs.length - 1;
  return last >= 0 && legs.t0[last] === run.now && ((legs.flags[last] ?? 0) & CHECK_LEG) === 0;
}

function withoutUsers(view: HerdView): RunView {
  const { users, ...rest } = view;
  return { ...rest, userCount: users.length };
}

/** `acting` settles when commands can be carried out, and containers looked at: what an inquest tries is done to runs of its own. */
function answerFrom(
  run: Run,
  question: Question,
  past: Past,
  replay: MakeReplay,
  acting: Promise<void> | null,
): Answer {
  switch (question.kind) {
    case 'series':
      return question.names.map((name) => run.series(name, question.fromMs, question.toMs, question.bins));
    case 'journal':
      return run.journal(question.from, Math.min(question.to, run.journalLength()));
    case 'faults':
      return faultsIn(run, question.from, question.to);
    case 'metrics':
      return run.metrics(question.fromMs, question.toMs);
    case 'underWay':
      return run.underWay(question.limit);
    case 'autopsy':
    case 'dials':
    case 'stopping':
    case 'survival':
      return Promise.all([import('./inquest.ts'), acting]).then(([{ inquire }]) =>
        inquire(run, question, past, replay),
      );
    case 'percentiles':
      return run.percentiles(question.fromMs, question.toMs, question.bins);
    case 'inspect':
      return acting === null ? run.inspect(question.name) : acting.then(() => run.inspect(question.name));
    case 'chain':
      return run.chain(question.entry);
    case 'entries':
      return latest(run, new Set<string>(question.kinds), question.limit)
        .toReversed()
        .flatMap((id) => run.journal(id, id + 1));
    case 'explain':
      return latest(run, new Set<string>(question.kinds), question.limit, question).map((entry) =>
        run.chain(entry),
      );
  }
}

/** Ids of the last `limit` entries of these kinds in [fromMs, toMs), newest first; reads backwards, a page at a time. */
function latest(
  run: Run,
  kinds: ReadonlySet<string>,
  limit: number,
  { fromMs = 0, toMs = Infinity }: { readonly fromMs?: number; readonly toMs?: number } = {},
): number[] {
  const found: number[] = [];
  for (let to = run.journalLength(); to > 0 && found.length < limit; to -= 256) {
    const page = run.journal(Math.max(0, to - 256), to);
    for (const { id, kind, t } of page.reverse())
      if (kinds.has(kind) && t >= fromMs && t < toMs && found.length < limit) found.push(id);
    if ((page.at(-1)?.t ?? 0) < fromMs) break;
  }
  return found;
}
