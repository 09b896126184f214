import { readArguments } from '../arguments.ts';
import { asText, toLine, wholeNumber, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker compose stop [-t SECONDS] [SERVICE...]';

/** The names are services; none = every service. */
export const composeStop: VerbSpec = {
  words: 'docker compose stop',
  usage,
  about: 'Stops the containers of the services and leaves them there: SIGTERM, the grace period, SIGKILL.',
  parse(words) {
    const args = readArguments(usage, words, [{ name: 'timeout', short: 't', takes: 'value' }]);
    const timeout = args.value('timeout');
    const seconds = timeout ? wholeNumber(timeout, timeout.text, -1) : null;
    return {
      verb: 'stop',
      tool: 'compose',
      targets: { kind: 'names', names: args.rest.map((word) => asText(word).text) },
      timeoutMs: seconds === null ? null : seconds < 0 ? Infinity : seconds * 1000,
    };
  },
  format(command) {
    if (command.verb !== 'stop' || command.tool !== 'compose' || command.targets.kind !== 'names')
      return null;
    const { timeoutMs } = command;
    const flag =
      timeoutMs === null ? [] : ['-t', timeoutMs === Infinity ? '-1' : String(Math.round(timeoutMs / 1000))];
    return toLine('docker compose stop', ...flag, ...command.targets.names);
  },
};
