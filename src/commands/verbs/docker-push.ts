import { readArguments } from '../arguments.ts';
import { onlyWord, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker push [--like TAG] IMAGE';

export const dockerPush: VerbSpec = {
  words: 'docker push',
  usage,
  about:
    'Somebody pushes another build under a name that exists: the tag moves. --like: it behaves as that version.',
  parse(words, end) {
    const args = readArguments(usage, words, [{ name: 'like', takes: 'value' }]);
    return { verb: 'push', image: onlyWord(usage, args.rest, end), like: args.value('like')?.text ?? null };
  },
  format(command) {
    if (command.verb !== 'push') return null;
    return toLine('docker push', ...(command.like === null ? [] : ['--like', command.like]), command.image);
  },
};
