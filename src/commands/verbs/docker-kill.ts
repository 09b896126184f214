import { readArguments } from '../arguments.ts';
import { readSignal } from '../signal.ts';
import { formatTargets, readTargets } from '../targets.ts';
import type { VerbSpec } from '../verb-spec.ts';

const usage = 'docker kill [-s SIGNAL] CONTAINER...';

export const dockerKill: VerbSpec = {
  words: 'docker kill',
  usage,
  about: 'Sends a signal to PID 1, SIGKILL unless another is named. Disarms the restart policy.',
  parse(words, end) {
    const args = readArguments(usage, words, [{ name: 'signal', short: 's', takes: 'value' }]);
    const signal = args.value('signal');
    return {
      verb: 'kill',
      tool: 'docker',
      targets: readTargets(usage, args.rest, end),
      signal: signal ? readSignal(signal) : 'KILL',
    };
  },
  format(command) {
    if (command.verb !== 'kill' || command.tool !== 'docker') return null;
    return `docker kill ${command.signal === 'KILL' ? '' : `-s ${command.signal} `}${formatTargets(command.targets)}`;
  },
};
