import { readArguments } from '../arguments.ts';
import { onlyWord, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'kubectl uncordon NODE';

export const kubectlUncordon: VerbSpec = {
  words: 'kubectl uncordon',
  usage,
  about: 'Lets new pods come to a node again.',
  parse(words, end) {
    const args = readArguments(usage, words, []);
    const node = onlyWord(usage, args.rest, end);
    return { verb: 'kubectl-node', action: 'uncordon', node: node.replace(/^nodes?\//, '') };
  },
  format(command) {
    return command.verb === 'kubectl-node' && command.action === 'uncordon'
      ? toLine('kubectl uncordon', command.node)
      : null;
  },
};
