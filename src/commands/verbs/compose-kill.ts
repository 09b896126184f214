import { readArguments } from '../arguments.ts';
import { readSignal } from '../signal.ts';
import { asText, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker compose kill [-s SIGNAL] [SERVICE...]';

/** The names are services; none = every service. */
export const composeKill: VerbSpec = {
  words: 'docker compose kill',
  usage,
  about: 'Sends a signal, SIGKILL unless another is named, to every container of the services.',
  parse(words) {
    const args = readArguments(usage, words, [{ name: 'signal', short: 's', takes: 'value' }]);
    const signal = args.value('signal');
    const names = args.rest.map((word) => asText(word).text);
    return {
      verb: 'kill',
      tool: 'compose',
      targets: { kind: 'names', names },
      signal: signal ? readSignal(signal) : 'KILL',
    };
  },
  format(command) {
    if (command.verb !== 'kill' || command.tool !== 'compose' || command.targets.kind !== 'names')
      return null;
    const flags = command.signal === 'KILL' ? [] : ['-s', command.signal];
    return toLine('docker compose kill', ...flags, ...command.targets.names);
  },
};
