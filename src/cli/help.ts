/** `help`, `help keys`, `help commands`, `help metrics`: printed from the tables that the program itself reads. */
import { VERBS } from '../commands/registry.ts';
import { METRICS } from '../sim/metrics/names.ts';
import { helpKeys } from './help-keys.ts';
import { METRIC_MEANINGS } from './metric-meanings.ts';
import { InputError, type OptionSpec } from './options.ts';
import { didYouMean } from '../commands/suggest.ts';

export interface Verb {
  readonly usage: string;
  readonly about: string;
  readonly options: readonly OptionSpec[];
}

const TOPICS: Readonly<Record<string, { readonly about: string; readonly text: () => string }>> = {
  keys: { about: 'every key of x-paddock, with its default', text: helpKeys },
  commands: { about: 'every console command', text: helpCommands },
  metrics: { about: 'every metric, in the order of --json', text: helpMetrics },
};

/** Text of `help` or of one of its topics; `verbs` are the runner's own. Throws an InputError for a topic that does not exist. */
export function help(words: readonly string[], verbs: readonly Verb[]): string {
  const [topic] = words;
  if (topic === undefined) return overview(verbs);
  const found = Object.hasOwn(TOPICS, topic) ? TOPICS[topic] : undefined;
  if (!found)
    throw new InputError(
      `there is no help on '${topic}'${didYouMean(topic, Object.keys(TOPICS))}; there is: ${Object.keys(TOPICS).join(', ')}`,
    );
  return found.text();
}

function overview(verbs: readonly Verb[]): string {
  return [
    'Runs herds of containers described by compose files, without a browser.',
    ...verbs.flatMap(({ usage, about, options }) => [
      '',
      `  sim ${usage}`,
      `      ${about}`,
      ...options.map(optionLine),
    ]),
    '',
    ...Object.entries(TOPICS).map(([name, { about }]) => `  sim help ${name.padEnd(10)} ${about}`),
    '',
    'Exit code: 0 done, 1 a check failed, 2 bad input.',
  ].join('\n');
}

function optionLine({ name, value, about }: OptionSpec): string {
  return `      ${`--${name}${value === null ? '' : ` ${value}`}`.padEnd(36)}${about}`;
}

function helpCommands(): string {
  return VERBS.flatMap(({ usage, about }) => [usage, `    ${about}`]).join('\n');
}

function helpMetrics(): string {
  return METRICS.map((name) => `${name.padEnd(34)}${METRIC_MEANINGS[name]}`).join('\n');
}
