import { readArguments } from '../arguments.ts';
import { UsageError } from '../usage-error.ts';
import { asText, noWords, type VerbSpec } from '../verb-spec.ts';

const usage = 'kubectl get pods|deployments|nodes [-o wide]';
const RESOURCES: Readonly<Record<string, 'pods' | 'deployments' | 'nodes'>> = {
  pods: 'pods',
  pod: 'pods',
  po: 'pods',
  deployments: 'deployments',
  deployment: 'deployments',
  deploy: 'deployments',
  nodes: 'nodes',
  node: 'nodes',
  no: 'nodes',
};

export const kubectlGet: VerbSpec = {
  words: 'kubectl get',
  usage,
  about: 'Lists pods, deployments or nodes; the last column of pods is their name in the picture.',
  parse(words, end) {
    const args = readArguments(usage, words, [{ name: 'output', short: 'o', takes: 'value' }]);
    const [first, ...rest] = args.rest;
    if (!first) throw new UsageError(`error: Required resource not specified. (usage: ${usage})`, end);
    const word = asText(first);
    const resource = RESOURCES[word.text];
    if (resource === undefined)
      throw new UsageError(
        `error: the server doesn't have a resource type "${word.text}" here (usage: ${usage})`,
        word.column,
      );
    noWords(usage, rest);
    const output = args.value('output');
    if (output && output.text !== 'wide')
      throw new UsageError(`only -o wide is understood, not '${output.text}'`, output.column);
    return { verb: 'kubectl-get', resource, wide: output !== null };
  },
  format(command) {
    return command.verb === 'kubectl-get'
      ? `kubectl get ${command.resource}${command.wide ? ' -o wide' : ''}`
      : null;
  },
};
