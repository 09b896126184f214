import { readArguments } from '../arguments.ts';
import { onlyWord, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'kubectl cordon NODE';

export const kubectlCordon: VerbSpec = {
  words: 'kubectl cordon',
  usage,
  about: 'Lets no new pods come to a node.',
  parse(words, end) {
    const args = readArguments(usage, words, []);
    const node = onlyWord(usage, args.rest, end);
    return { verb: 'kubectl-node', action: 'cordon', node: node.replace(/^nodes?\//, '') };
  },
  format(command) {
    return command.verb === 'kubectl-node' && command.action === 'cordon'
      ? toLine('kubectl cordon', command.node)
      : null;
  },
};
