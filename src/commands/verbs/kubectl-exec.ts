import { readArguments, type Flag } from '../arguments.ts';
import { podWord } from '../kubectl-words.ts';
import { UsageError } from '../usage-error.ts';
import { asText, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'kubectl exec POD [-it] -- COMMAND [ARG...]';

/** Accepted because people type them by habit; they do not change what happens in a container here. */
const FLAGS: readonly Flag[] = [
  { name: 'stdin', short: 'i', takes: 'nothing' },
  { name: 'tty', short: 't', takes: 'nothing' },
];

export const kubectlExec: VerbSpec = {
  words: 'kubectl exec',
  usage,
  about:
    "Runs a line inside a pod's container: sh -c 'echo TEXT > PATH', rm, touch, cat, ls, env, kill [-SIG] 1.",
  parse(words, end) {
    const dashes = words.findIndex((word) => word.kind === 'text' && word.text === '--');
    if (dashes < 0)
      throw new UsageError(`write -- before the command that runs in the pod (usage: ${usage})`, end);
    const [target, extra] = readArguments(usage, words.slice(0, dashes), FLAGS).rest;
    if (!target)
      throw new UsageError(
        'error: pod, type/name or --filename must be specified',
        words[dashes]?.column ?? end,
      );
    if (extra) throw new UsageError(`one pod at a time (usage: ${usage})`, extra.column);
    const argv = words.slice(dashes + 1).map((word) => asText(word).text);
    if (argv.length === 0)
      throw new UsageError('error: you must specify at least one command for the container', end);
    const pod = asText(target);
    return { verb: 'kubectl-exec', pod: podWord(pod)?.name ?? pod.text, argv };
  },
  format(command) {
    return command.verb === 'kubectl-exec'
      ? toLine('kubectl exec', command.pod, '--', ...command.argv)
      : null;
  },
};
