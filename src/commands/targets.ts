/** Lists of containers: names, or `$(docker ps -q --filter name=…)`. */
import type { Targets } from '../sim/model/command.ts';
import { readArguments, type Flag } from './arguments.ts';
import { UsageError } from './usage-error.ts';
import { asText } from './verb-spec.ts';
import { quoteWord, type SubstitutionWord, type TextWord, type Word } from './words.ts';

const PS_USAGE = '$(docker ps -q --filter name=TEXT)';
const PS_FLAGS: readonly Flag[] = [
  { name: 'quiet', short: 'q', takes: 'nothing' },
  { name: 'all', short: 'a', takes: 'nothing' },
  { name: 'filter', short: 'f', takes: 'value' },
];

/** At least one name, or exactly one substitution. Throws a UsageError. */
export function readTargets(usage: string, rest: readonly Word[], end: number): Targets {
  const [first, ...others] = rest;
  if (!first) throw new UsageError(`requires at least 1 argument (usage: ${usage})`, end);
  if (first.kind === 'text') return { kind: 'names', names: rest.map((word) => asText(word).text) };
  const [second] = others;
  if (second) throw new UsageError('$(…) must be the only word of the list', second.column);
  return { kind: 'filter', ...readFilter(first) };
}

/** Targets as they are typed. */
export function formatTargets(targets: Targets): string {
  if (targets.kind === 'names') return targets.names.map(quoteWord).join(' ');
  const filter = targets.substring === '' ? '' : ` --filter ${quoteWord(`name=${targets.substring}`)}`;
  return `$(docker ps ${targets.all ? '-aq' : '-q'}${filter})`;
}

function readFilter(word: SubstitutionWord): { substring: string; all?: true } {
  const texts = word.words.map((inner) => (inner.kind === 'text' ? inner.text : '$('));
  const skipped = texts[1] === 'container' ? 3 : 2;
  const listed = texts[skipped - 1];
  if (texts[0] !== 'docker' || (listed !== 'ps' && !(skipped === 3 && listed === 'ls')))
    throw new UsageError(`only ${PS_USAGE} is understood inside $(…)`, word.column);
  const args = readArguments(PS_USAGE, word.words.slice(skipped), PS_FLAGS);
  const [extra] = args.rest;
  if (extra) throw new UsageError(`"docker ps" accepts no arguments (usage: ${PS_USAGE})`, extra.column);
  if (!args.has('quiet'))
    throw new UsageError(
      'add -q: without it docker ps prints a table, not a list of containers',
      word.column,
    );
  const filters = args.values('filter');
  const all = args.has('all') ? { all: true as const } : {};
  return { substring: nameFilter(filters), ...all };
}

/** TEXT of `--filter name=TEXT`; '' = none is given. */
export function nameFilter(filters: readonly TextWord[]): string {
  const [filter, another] = filters;
  if (another) throw new UsageError('one --filter at a time', another.column);
  if (!filter) return '';
  if (!filter.text.startsWith('name='))
    throw new UsageError(`only --filter name=TEXT is understood, not '${filter.text}'`, filter.column);
  return filter.text.slice('name='.length);
}
