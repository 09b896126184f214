import { readArguments } from '../arguments.ts';
import { PATIENCE, patienceWords, readPatience } from '../patience.ts';
import { asText, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker compose stop [-t SECONDS] [SERVICE...]';

/** The names are services; none = every service. */
export const composeStop: VerbSpec = {
  words: 'docker compose stop',
  usage,
  about: 'Stops the containers of the services and leaves them there: SIGTERM, the grace period, SIGKILL.',
  parse(words) {
    const args = readArguments(usage, words, [PATIENCE]);
    return {
      verb: 'stop',
      tool: 'compose',
      targets: { kind: 'names', names: args.rest.map((word) => asText(word).text) },
      timeoutMs: readPatience(args),
    };
  },
  format(command) {
    if (command.verb !== 'stop' || command.tool !== 'compose' || command.targets.kind !== 'names')
      return null;
    return toLine('docker compose stop', ...patienceWords(command.timeoutMs), ...command.targets.names);
  },
};
