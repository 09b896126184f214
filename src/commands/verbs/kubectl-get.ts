import { readArguments, type Flag } from '../arguments.ts';
import { UsageError } from '../usage-error.ts';
import { asText, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'kubectl get pods|deployments|nodes|hpa [NAME...] [-o wide]';
const RESOURCES: Readonly<Record<string, 'pods' | 'deployments' | 'nodes' | 'hpa'>> = {
  pods: 'pods',
  pod: 'pods',
  po: 'pods',
  deployments: 'deployments',
  deployment: 'deployments',
  deploy: 'deployments',
  nodes: 'nodes',
  node: 'nodes',
  no: 'nodes',
  hpa: 'hpa',
  horizontalpodautoscaler: 'hpa',
  horizontalpodautoscalers: 'hpa',
};

const FLAGS: readonly Flag[] = [
  { name: 'output', short: 'o', takes: 'value' },
  { name: 'watch', short: 'w', takes: 'nothing' },
];

export const kubectlGet: VerbSpec = {
  words: 'kubectl get',
  usage,
  about:
    'Lists pods, deployments, nodes or the autoscaler; the last column of pods is their name in the picture.',
  parse(words, end) {
    const args = readArguments(usage, words, FLAGS);
    const watch = words.find((word) => word.kind === 'text' && /^(-w|--watch.*)$/.test(word.text));
    if (args.has('watch') && watch)
      throw new UsageError(
        'nothing is watched here: the stage shows every change, and the journal keeps it; leave -w out',
        watch.column,
      );
    const [first, ...rest] = args.rest;
    if (!first) throw new UsageError(`error: Required resource not specified. (usage: ${usage})`, end);
    const word = asText(first);
    const slash = word.text.indexOf('/');
    const resource = RESOURCES[slash < 0 ? word.text : word.text.slice(0, slash)];
    if (resource === undefined)
      throw new UsageError(
        `error: the server doesn't have a resource type "${word.text}" here (usage: ${usage})`,
        word.column,
      );
    const names = [
      ...(slash < 0 ? [] : [word.text.slice(slash + 1)]),
      ...rest.map((each) => asText(each).text),
    ];
    const output = args.value('output');
    if (output && output.text !== 'wide')
      throw new UsageError(`only -o wide is understood, not '${output.text}'`, output.column);
    return { verb: 'kubectl-get', resource, wide: output !== null, ...(names.length > 0 && { names }) };
  },
  format(command) {
    return command.verb === 'kubectl-get'
      ? toLine(
          `kubectl get ${command.resource}`,
          ...(command.names ?? []),
          ...(command.wide ? ['-o', 'wide'] : []),
        )
      : null;
  },
};
