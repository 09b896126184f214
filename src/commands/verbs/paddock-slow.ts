import { readArguments } from '../arguments.ts';
import { formatTargets, readTargets } from '../targets.ts';
import { UsageError } from '../usage-error.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'paddock slow [--factor N] CONTAINER...';

/** How many times slower a container works when no factor is given. */
const DEFAULT_FACTOR = 10;

export const paddockSlow: VerbSpec = {
  words: 'paddock slow',
  usage,
  about: `Makes a container work this many times slower (${DEFAULT_FACTOR} unless told; 1 = as configured).`,
  parse(words, end) {
    const args = readArguments(usage, words, [{ name: 'factor', takes: 'value' }]);
    const word = args.value('factor');
    const factor = word ? Number(word.text) : DEFAULT_FACTOR;
    if (word && !(Number.isFinite(factor) && factor > 0))
      throw new UsageError(`'${word.text}' is not a factor: write a number above 0`, word.column);
    const number = word
      ? undefined
      : args.rest.find((each) => each.kind === 'text' && /^[\d.]+x?$/.test(each.text));
    if (number?.kind === 'text')
      throw new UsageError(
        `'${number.text}' is not a container: write --factor ${number.text.replace('x', '')}`,
        number.column,
      );
    return { verb: 'slow', targets: readTargets(usage, args.rest, end), factor };
  },
  format(command) {
    if (command.verb !== 'slow') return null;
    return `paddock slow ${command.factor === DEFAULT_FACTOR ? '' : `--factor ${command.factor} `}${formatTargets(command.targets)}`;
  },
};
