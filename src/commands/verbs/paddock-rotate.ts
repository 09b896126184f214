import { readArguments } from '../arguments.ts';
import { formatDuration, parseDuration } from '../duration.ts';
import { didYouMean } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import { onlyWord, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'paddock rotate secrets|config [--revoke-after 30s]';
const KINDS = ['secrets', 'config'] as const;

export const paddockRotate: VerbSpec = {
  words: 'paddock rotate',
  usage,
  about:
    'Puts a new value into the home of the secrets or the configuration; the old secret is revoked then, or later.',
  parse(words, end) {
    const args = readArguments(usage, words, [{ name: 'revoke-after', takes: 'value' }]);
    const word = onlyWord(usage, args.rest, end);
    const of = KINDS.find((kind) => kind === word);
    if (of === undefined)
      throw new UsageError(
        `'${word}' cannot be rotated${didYouMean(word, KINDS)} (usage: ${usage})`,
        args.rest[0]?.column ?? end,
      );
    const span = args.value('revoke-after');
    const revokeAfterMs = span ? parseDuration(span.text) : 0;
    if (span && revokeAfterMs === null)
      throw new UsageError(`'${span.text}' is not a duration: write 250ms, 5s or 1m30s`, span.column);
    if (span && of === 'config')
      throw new UsageError('a configuration is not revoked: leave --revoke-after out', span.column);
    return { verb: 'rotate', of, revokeAfterMs: revokeAfterMs ?? 0 };
  },
  format(command) {
    if (command.verb !== 'rotate' || command.of === 'cache') return null;
    const later =
      command.revokeAfterMs === 0 ? [] : ['--revoke-after', formatDuration(command.revokeAfterMs)];
    return toLine('paddock rotate', command.of, ...later);
  },
};
