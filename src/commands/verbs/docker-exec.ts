import { readArguments, type Flag } from '../arguments.ts';
import { UsageError } from '../usage-error.ts';
import { asText, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker exec [-it] CONTAINER COMMAND [ARG...]';

/** Accepted because people type them by habit; they do not change what happens in a container here. */
const FLAGS: readonly Flag[] = [
  { name: 'interactive', short: 'i', takes: 'nothing' },
  { name: 'tty', short: 't', takes: 'nothing' },
];

export const dockerExec: VerbSpec = {
  words: 'docker exec',
  usage,
  about: "Runs a line inside a container: sh -c 'echo TEXT > PATH', rm, touch, cat, ls, env, kill [-SIG] 1.",
  parse(words, end) {
    const [target, ...argv] = readArguments(usage, words, FLAGS, 'first-word').rest;
    if (!target || argv.length === 0)
      throw new UsageError(`requires at least 2 arguments (usage: ${usage})`, end);
    return { verb: 'exec', target: asText(target).text, argv: argv.map((word) => asText(word).text) };
  },
  format(command) {
    return command.verb === 'exec' ? toLine('docker exec', command.target, ...command.argv) : null;
  },
};
