import { readArguments } from '../arguments.ts';
import { asText, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker compose start [SERVICE...]';

/** The names are services; none = every service. */
export const composeStart: VerbSpec = {
  words: 'docker compose start',
  usage,
  about: 'Starts the containers of the services that have ended, as they are; makes none.',
  parse(words) {
    const names = readArguments(usage, words, []).rest.map((word) => asText(word).text);
    return { verb: 'start', tool: 'compose', targets: { kind: 'names', names } };
  },
  format(command) {
    if (command.verb !== 'start' || command.tool !== 'compose' || command.targets.kind !== 'names')
      return null;
    return toLine('docker compose start', ...command.targets.names);
  },
};
