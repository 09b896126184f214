import { readArguments } from '../arguments.ts';
import { UsageError } from '../usage-error.ts';
import { asText, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'paddock heal [A B]';

export const paddockHeal: VerbSpec = {
  words: 'paddock heal',
  usage,
  about: 'Lets packets through again between two parts, or everywhere.',
  parse(words, end) {
    const [a, b, extra] = readArguments(usage, words, []).rest;
    if (!a) return { verb: 'heal', between: null };
    if (!b) throw new UsageError(`requires 2 arguments or none (usage: ${usage})`, end);
    if (extra) throw new UsageError(`requires 2 arguments or none (usage: ${usage})`, extra.column);
    return { verb: 'heal', between: [asText(a).text, asText(b).text] };
  },
  format(command) {
    return command.verb === 'heal' ? toLine('paddock heal', ...(command.between ?? [])) : null;
  },
};
