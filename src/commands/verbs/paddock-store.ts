import type { StoreAction } from '../../sim/model/command.ts';
import { readArguments } from '../arguments.ts';
import { formatDuration, parseDuration } from '../duration.ts';
import { readSignal } from '../signal.ts';
import { didYouMean } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import { asText, toLine, type VerbSpec } from '../verb-spec.ts';

const ACTIONS: readonly StoreAction[] = [
  'down',
  'up',
  'pause',
  'kill',
  'restart',
  'fill',
  'slow',
  'power-off',
  'failover',
];
const usage = `paddock store NAME ${ACTIONS.join('|')} [--for 5s] [--factor 50] [--signal TERM]`;

/** What ends a store when no signal is named. */
const defaultSignal = (action: StoreAction): string => (action === 'restart' ? 'TERM' : 'KILL');

export const paddockStore: VerbSpec = {
  words: 'paddock store',
  usage,
  about: 'Does something to a backing service; --for undoes it after that time, up undoes it now.',
  parse(words, end) {
    const args = readArguments(usage, words, [
      { name: 'for', takes: 'value' },
      { name: 'factor', takes: 'value' },
      { name: 'signal', short: 's', takes: 'value' },
    ]);
    const [name, word, extra] = args.rest;
    if (!name || !word) throw new UsageError(`requires 2 arguments (usage: ${usage})`, end);
    if (extra) throw new UsageError(`requires 2 arguments (usage: ${usage})`, extra.column);
    const wanted = asText(word).text;
    const action = ACTIONS.find((known) => known === wanted);
    if (!action)
      throw new UsageError(
        `a store cannot '${wanted}'${didYouMean(wanted, ACTIONS)} (usage: ${usage})`,
        word.column,
      );
    const span = args.value('for');
    const forMs = span ? parseDuration(span.text) : null;
    if (span && (forMs === null || forMs <= 0))
      throw new UsageError(`'${span.text}' is not a duration: write 250ms, 5s or 1m30s`, span.column);
    const times = args.value('factor');
    const factor = times ? Number(times.text) : null;
    if (times && (action !== 'slow' || !(Number(times.text) > 1)))
      throw new UsageError('--factor is of slow, and a number above 1', times.column);
    const signal = args.value('signal');
    return {
      verb: 'store',
      store: asText(name).text,
      action,
      forMs,
      signal: signal ? readSignal(signal) : defaultSignal(action),
      ...(factor !== null && { factor }),
    };
  },
  format(command) {
    if (command.verb !== 'store') return null;
    const span = command.forMs === null ? [] : ['--for', formatDuration(command.forMs)];
    const signal = command.signal === defaultSignal(command.action) ? [] : ['--signal', command.signal];
    const factor = command.factor === undefined ? [] : ['--factor', String(command.factor)];
    return toLine('paddock store', command.store, command.action, ...span, ...factor, ...signal);
  },
};
