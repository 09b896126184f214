import { readArguments } from '../arguments.ts';
import { PATIENCE, patienceWords, readPatience } from '../patience.ts';
import { asText, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker compose restart [-t SECONDS] [SERVICE...]';

/** The names are services; none = every service. */
export const composeRestart: VerbSpec = {
  words: 'docker compose restart',
  usage,
  about: 'Restarts the same containers of the services; changes in the file are not applied.',
  parse(words) {
    const args = readArguments(usage, words, [PATIENCE]);
    const names = args.rest.map((word) => asText(word).text);
    return {
      verb: 'restart',
      tool: 'compose',
      targets: { kind: 'names', names },
      timeoutMs: readPatience(args),
    };
  },
  format(command) {
    if (command.verb !== 'restart' || command.tool !== 'compose' || command.targets.kind !== 'names')
      return null;
    return toLine('docker compose restart', ...patienceWords(command.timeoutMs), ...command.targets.names);
  },
};
