import { readArguments } from '../arguments.ts';
import { noWords, type VerbSpec } from '../verb-spec.ts';

const usage = 'paddock change-price';

export const paddockChangePrice: VerbSpec = {
  words: usage,
  usage,
  about: 'Changes every value at the source of the cache: what is cached is stale from now on.',
  parse(words) {
    noWords(usage, readArguments(usage, words, []).rest);
    return { verb: 'rotate', of: 'cache', revokeAfterMs: 0 };
  },
  format: (command) => (command.verb === 'rotate' && command.of === 'cache' ? usage : null),
};
