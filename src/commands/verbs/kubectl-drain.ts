import { readArguments } from '../arguments.ts';
import { onlyWord, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'kubectl drain NODE';

export const kubectlDrain: VerbSpec = {
  words: 'kubectl drain',
  usage,
  about: 'Cordons a node and evicts its pods, as far as their disruption budgets allow, then goes on trying.',
  parse(words, end) {
    const args = readArguments(usage, words, [
      { name: 'ignore-daemonsets', takes: 'nothing' },
      { name: 'delete-emptydir-data', takes: 'nothing' },
      { name: 'force', takes: 'nothing' },
    ]);
    const node = onlyWord(usage, args.rest, end);
    return { verb: 'kubectl-node', action: 'drain', node: node.replace(/^nodes?\//, '') };
  },
  format(command) {
    return command.verb === 'kubectl-node' && command.action === 'drain'
      ? toLine('kubectl drain', command.node)
      : null;
  },
};
