import { readArguments } from '../arguments.ts';
import { formatSpan, readSpan } from '../span.ts';
import { formatTargets, readTargets } from '../targets.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'paddock fill-disk CONTAINER... [--for 5s]';

export const paddockFillDisk: VerbSpec = {
  words: 'paddock fill-disk',
  usage,
  about:
    'Fills the disk under the writable layer: writes there fail until resume, --for is over, or it is replaced.',
  parse(words, end) {
    const args = readArguments(usage, words, [{ name: 'for', takes: 'value' }]);
    return {
      verb: 'fill-disk',
      targets: readTargets(usage, args.rest, end),
      forMs: readSpan(args.value('for')),
    };
  },
  format(command) {
    if (command.verb !== 'fill-disk') return null;
    return `paddock fill-disk ${formatTargets(command.targets)}${formatSpan(command.forMs)}`;
  },
};
