/** Plays timed console lines into a run: each at its own ms, before every event of that ms. */
import type { Answer, Command } from '../sim/model/command.ts';
import type { Scenario, TimedLine } from '../sim/model/scenario.ts';
import type { LoggedCommand, Run } from '../sim/run.ts';
import { parseCommand } from './parse-command.ts';

/** A timed line that is not a command. `index` is its place in the list given, `column` counts from 1 in the line. */
export interface LineProblem {
  readonly index: number;
  readonly line: TimedLine;
  readonly message: string;
  readonly column: number;
}

/**
 * Makes a scenario of the source and every `paddock set` so far: those already in force, then the new ones.
 * Answers with a message when they cannot be read.
 */
export type Reconfigure = (assignments: readonly string[]) => Scenario | { readonly message: string };

export interface Driver {
  /** Lines that did not parse; they are left out. Empty = every line will be carried out. */
  readonly problems: readonly LineProblem[];
  /** Everything carried out or refused so far, in order. */
  readonly log: readonly LoggedCommand[];
  /** Lines that have not had their turn yet, in order. */
  readonly pending: readonly TimedLine[];
  /** Runs every event with time < toMs, and every line with at < toMs before the events of its own ms. */
  advance(toMs: number): void;
  /** Carries out the lines that are due at the run's very present. */
  catchUp(): void;
  /** Runs exactly the next event, or the next line when it comes first; returns its time, or null when nothing is left. */
  step(): number | null;
  /** Carries a line out at the run's present time; lines that are due by then come first. A line that does not parse is only answered. */
  apply(line: string): Answer;
}

interface ReadyLine extends TimedLine {
  readonly command: Command;
}

/**
 * Drives `run` with `lines`, in order of time and, within one ms, in the order given.
 * Lines earlier than the run's present time, and those of its very ms that are in its log, count as carried out: a restored
 * or forked run goes on with the rest.
 * Without `reconfigure` a `paddock set` is refused.
 */
export function createDriver(run: Run, lines: readonly TimedLine[], reconfigure?: Reconfigure): Driver {
  const { ready, problems } = readLines(lines);
  const pending = remaining(ready, run);
  const answers = new Map<number, string>();

  function carryOut(command: Command, line: string): Answer {
    const filled = command.verb === 'set' ? fillIn(command, run, reconfigure) : { command, refusal: null };
    const answer = run.apply(filled.command, line);
    if (filled.refusal === null) return answer;
    // The run can only say that it got no scenario; the reason is known here.
    answers.set(run.commands().length - 1, filled.refusal);
    return { ok: false, text: filled.refusal };
  }

  function carryOutDue(before: (at: number) => boolean): void {
    for (let next = pending[0]; next && before(next.at); next = pending[0]) {
      pending.shift();
      if (next.at > run.now) run.advance(next.at);
      carryOut(next.command, next.do);
    }
  }

  return {
    problems,
    get log() {
      return run.commands().map((entry, i) => ({ ...entry, answer: answers.get(i) ?? entry.answer }));
    },
    get pending() {
      return pending;
    },
    advance(toMs) {
      carryOutDue((at) => at < toMs);
      if (toMs > run.now) run.advance(toMs);
    },
    catchUp: () => carryOutDue((at) => at <= run.now),
    step() {
      const next = pending[0];
      if (!next) return run.step();
      // The time of the next event is known only once it has run.
      const before = run.checkpoint();
      const time = run.step();
      if (time !== null && time < next.at) return time;
      run.restore(before);
      run.advance(next.at);
      pending.shift();
      carryOut(next.command, next.do);
      return next.at;
    },
    apply(line) {
      carryOutDue((at) => at <= run.now);
      const parsed = parseCommand(line);
      return parsed.ok ? carryOut(parsed.command, line) : { ok: false, text: parsed.message };
    },
  };
}

function readLines(lines: readonly TimedLine[]): { ready: ReadyLine[]; problems: LineProblem[] } {
  const ready: ReadyLine[] = [];
  const problems: LineProblem[] = [];
  for (const [index, line] of lines.entries()) {
    const parsed = parseCommand(line.do);
    if (parsed.ok) ready.push({ ...line, command: parsed.command });
    else problems.push({ index, line, message: parsed.message, column: parsed.column });
  }
  // Sorting is stable: lines of one ms keep their order.
  return { ready: ready.sort((a, b) => a.at - b.at), problems };
}

function remaining(lines: readonly ReadyLine[], run: Run): ReadyLine[] {
  const done = run.commands().flatMap(({ at, line }) => (at === run.now ? [line] : []));
  return lines.filter((line) => {
    const index = line.at === run.now ? done.indexOf(line.do) : -1;
    if (index >= 0) done.splice(index, 1);
    return line.at >= run.now && index < 0;
  });
}

type SetCommand = Extract<Command, { verb: 'set' }>;

function fillIn(
  command: SetCommand,
  run: Run,
  reconfigure: Reconfigure | undefined,
): { command: SetCommand; refusal: string | null } {
  if (!reconfigure) return { command, refusal: 'paddock set: this run has no compose file to change' };
  const scenario = reconfigure([...assignmentsInForce(run), ...command.assignments]);
  return 'message' in scenario
    ? { command, refusal: scenario.message }
    : { command: { ...command, scenario }, refusal: null };
}

/** Read from the run's own log, so that a restored or forked run knows them too. */
function assignmentsInForce(run: Run): string[] {
  return run.commands().flatMap((entry) => {
    const parsed = entry.ok ? parseCommand(entry.line) : null;
    return parsed?.ok && parsed.command.verb === 'set' ? parsed.command.assignments : [];
  });
}
