import { readArguments } from '../arguments.ts';
import { UsageError } from '../usage-error.ts';
import { asText, onlyWord, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'paddock evict CONTAINER --to HOST';

export const paddockEvict: VerbSpec = {
  words: 'paddock evict',
  usage,
  about: 'Moves a container to another host: it is stopped here, and a new one starts there.',
  parse(words, end) {
    const args = readArguments(usage, words, [{ name: 'to', takes: 'value' }]);
    const to = args.value('to');
    const [, host] = args.rest;
    if (!to && host)
      throw new UsageError(`write --to before the host: --to ${asText(host).text}`, host.column);
    const target = onlyWord(usage, args.rest, end);
    if (!to) throw new UsageError(`say where to (usage: ${usage})`, end);
    return { verb: 'evict', target, to: to.text };
  },
  format(command) {
    return command.verb === 'evict' ? toLine('paddock evict', command.target, '--to', command.to) : null;
  },
};
