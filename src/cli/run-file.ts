/** `run FILE …`: plays a compose file and prints what was measured. */
import { readFileSync } from 'node:fs';
import { parseCommand } from '../commands/parse-command.ts';
import { formatDuration, parseDuration } from '../commands/duration.ts';
import { parseScenario, type ParsedScenario } from '../scenario/parse.ts';
import type { Scenario, TimedLine } from '../sim/model/scenario.ts';
import { InputError, readOptions, wholeMs, wholeNumber, type OptionSpec, type Options } from './options.ts';
import { toJson, toTable } from './report.ts';
import { runSeeds } from './seeds.ts';
import type { Job } from './simulate.ts';

export const RUN_OPTIONS: readonly OptionSpec[] = [
  { name: 'seed', value: 'N', about: "run this seed instead of the scenario's own" },
  { name: 'seeds', value: 'K', about: "run the scenario's seed and the K-1 after it" },
  { name: 'until', value: '60s', about: 'how long a run lasts (60s)' },
  { name: 'from', value: '0s', about: 'where the measured window begins (0s)' },
  { name: 'to', value: '60s', about: 'where it ends (as --until)' },
  { name: 'do', value: '"10s docker kill shop-app-2"', about: 'a command at a time; may be given often' },
  { name: 'set', value: 'path=value', about: 'change a key before the run; may be given often' },
  { name: 'json', value: null, about: 'print one JSON object instead of a table' },
];

const DEFAULT_UNTIL_MS = 60_000;

/** Returns what goes to stdout. Throws an InputError for bad input. `self` = program for workers, or null. */
export async function runFile(argv: readonly string[], self: URL | null): Promise<string> {
  const options = readOptions(argv, RUN_OPTIONS);
  const [file, ...more] = options.words;
  if (file === undefined || more.length > 0)
    throw new InputError('run needs one FILE: sim run compose.yaml [options]');
  const text = readText(file);
  const overrides = options.values('set');
  const { scenario, notes } = orThrow(parseScenario(text, file, overrides));
  const untilMs = wholeMs(options, 'until', DEFAULT_UNTIL_MS);
  const fromMs = wholeMs(options, 'from', 0);
  const toMs = wholeMs(options, 'to', untilMs);
  if (untilMs === 0) throw new InputError('--until: a run must last longer than 0s');
  if (toMs > untilMs) throw new InputError('--to must not be later than --until');
  if (fromMs >= toMs) throw new InputError('--from must be earlier than --to');
  const lines = [...scenario.script, ...options.values('do').map(timedLine)];
  const job: Job = { text, file, overrides, lines, untilMs, fromMs, toMs };
  const runs = await runSeeds(job, seedsOf(options, scenario), self);
  const late = lines
    .filter(({ at }) => at >= untilMs)
    .map(({ at, do: line }) => `'${line}' at ${formatDuration(at)} comes after the end of the run`);
  const outcome = { scenario: scenario.name, untilMs, fromMs, toMs, notes: [...notes, ...late], runs };
  return options.has('json') ? toJson(outcome) : toTable(outcome);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    throw new InputError(
      `${file}: ${code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a folder; name the compose file in it' : 'cannot be read'}`,
    );
  }
}

function orThrow({ scenario, problems, notes }: ParsedScenario): {
  scenario: Scenario;
  notes: readonly string[];
} {
  if (scenario) return { scenario, notes };
  throw new InputError(
    problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`).join('\n'),
  );
}

function seedsOf(options: Options, scenario: Scenario): number[] {
  const seed = wholeNumber(options, 'seed', 0) ?? scenario.seed;
  const count = wholeNumber(options, 'seeds', 1) ?? 1;
  return Array.from({ length: count }, (_, i) => seed + i);
}

/** `10s docker kill shop-app-2`. A fault is placed at its column in the argument. */
function timedLine(argument: string): TimedLine {
  const [, lead = '', time = '', gap = '', line = ''] = /^(\s*)(\S*)(\s*)(.*)$/s.exec(argument) ?? [];
  const at = parseDuration(time);
  const fault = (column: number, message: string): InputError =>
    new InputError(`--do "${argument}":1:${column}: ${message}`);
  if (at === null || !Number.isInteger(at))
    throw fault(
      lead.length + 1,
      `'${time}' is not a time in whole ms; write e.g. "10s docker kill shop-app-2"`,
    );
  const parsed = parseCommand(line);
  if (!parsed.ok) throw fault(lead.length + time.length + gap.length + parsed.column, parsed.message);
  return { at, do: line };
}
