import { readArguments } from '../arguments.ts';
import { policyText, readPolicy } from '../restart-policy.ts';
import { UsageError } from '../usage-error.ts';
import { onlyWord, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker run -d [--name NAME] [--restart POLICY] IMAGE';

/** Environment, mounts and ports are those of the service that has the image. */
export const dockerRun: VerbSpec = {
  words: 'docker run',
  usage,
  about: 'Creates and starts one more container of an image, on platform docker.',
  parse(words, end) {
    const args = readArguments(usage, words, [
      { name: 'detach', short: 'd', takes: 'nothing' },
      { name: 'name', takes: 'value' },
      { name: 'restart', takes: 'value' },
    ]);
    const image = onlyWord(usage, args.rest, end);
    const name = args.value('name');
    if (name && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name.text))
      throw new UsageError(
        `Invalid container name (${name.text}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
        name.column,
      );
    const policy = args.value('restart');
    const { restart, restartMax } = policy ? readPolicy(policy) : { restart: null, restartMax: 0 };
    return { verb: 'run', image, name: name?.text ?? null, restart, restartMax };
  },
  format(command) {
    if (command.verb !== 'run') return null;
    const { name, image, restart, restartMax } = command;
    return toLine(
      'docker run',
      '-d',
      ...(name === null ? [] : ['--name', name]),
      ...(restart === null ? [] : ['--restart', policyText({ restart, restartMax })]),
      image,
    );
  },
};
