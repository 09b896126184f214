import { readArguments } from '../arguments.ts';
import { formatTargets, readTargets } from '../targets.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'paddock fill-disk CONTAINER...';

export const paddockFillDisk: VerbSpec = {
  words: 'paddock fill-disk',
  usage,
  about: 'Fills the disk under the writable layer: writes fail from then on.',
  parse(words, end) {
    return { verb: 'fill-disk', targets: readTargets(usage, readArguments(usage, words, []).rest, end) };
  },
  format(command) {
    return command.verb === 'fill-disk' ? `paddock fill-disk ${formatTargets(command.targets)}` : null;
  },
};
