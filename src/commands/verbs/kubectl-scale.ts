import { readArguments } from '../arguments.ts';
import { nothingMore, readDeployment } from '../kubectl-words.ts';
import { UsageError } from '../usage-error.ts';
import { toLine, replicaCount, type VerbSpec } from '../verb-spec.ts';

const usage = 'kubectl scale deployment/NAME --replicas=COUNT';

export const kubectlScale: VerbSpec = {
  words: 'kubectl scale',
  usage,
  about: 'Sets how many pods of a deployment are wanted.',
  parse(words, end) {
    const args = readArguments(usage, words, [{ name: 'replicas', takes: 'value' }]);
    const { name, rest } = readDeployment(usage, args.rest, end);
    nothingMore(usage, rest);
    const replicas = args.value('replicas');
    if (!replicas)
      throw new UsageError('error: required flag(s) "replicas" not set; write --replicas=COUNT', end);
    return { verb: 'kubectl-scale', deployment: name, replicas: replicaCount(replicas, replicas.text) };
  },
  format(command) {
    return command.verb === 'kubectl-scale'
      ? toLine('kubectl scale', `deployment/${command.deployment}`, `--replicas=${command.replicas}`)
      : null;
  },
};
