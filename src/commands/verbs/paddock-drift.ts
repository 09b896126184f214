import { readArguments } from '../arguments.ts';
import { formatTargets, readTargets } from '../targets.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'paddock drift [CONTAINER...]';

export const paddockDrift: VerbSpec = {
  words: 'paddock drift',
  usage,
  about:
    'Says in what a container differs from its definition, what each tool would see of it, and what it cannot.',
  parse(words, end) {
    const { rest } = readArguments(usage, words, []);
    return {
      verb: 'drift',
      targets: rest.length === 0 ? { kind: 'names', names: [] } : readTargets(usage, rest, end),
    };
  },
  format(command) {
    return command.verb === 'drift' ? `paddock drift ${formatTargets(command.targets)}`.trimEnd() : null;
  },
};
