import { readArguments } from '../arguments.ts';
import { formatSpan, readSpan } from '../span.ts';
import { UsageError } from '../usage-error.ts';
import { asText, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'paddock partition A B [--for 5s]';

export const paddockPartition: VerbSpec = {
  words: 'paddock partition',
  usage,
  about:
    'Lets every packet between two parts vanish: users, balancer, a container, a store or a host; heal or --for ends it.',
  parse(words, end) {
    const args = readArguments(usage, words, [{ name: 'for', takes: 'value' }]);
    const [a, b, extra] = args.rest;
    if (!a || !b) throw new UsageError(`requires 2 arguments (usage: ${usage})`, end);
    if (extra) throw new UsageError(`requires 2 arguments (usage: ${usage})`, extra.column);
    return { verb: 'partition', a: asText(a).text, b: asText(b).text, forMs: readSpan(args.value('for')) };
  },
  format(command) {
    if (command.verb !== 'partition') return null;
    return toLine('paddock partition', command.a, command.b) + formatSpan(command.forMs);
  },
};
