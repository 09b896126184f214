import { readArguments } from '../arguments.ts';
import { formatTargets, readTargets } from '../targets.ts';
import { wholeNumber, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker stop [-t SECONDS] CONTAINER...';

export const dockerStop: VerbSpec = {
  words: 'docker stop',
  usage,
  about: 'Sends SIGTERM, waits for the grace period (-1 = for ever), then sends SIGKILL.',
  parse(words, end) {
    const args = readArguments(usage, words, [
      { name: 'timeout', short: 't', also: ['time'], takes: 'value' },
    ]);
    const timeout = args.value('timeout');
    const seconds = timeout ? wholeNumber(timeout, timeout.text, -1) : null;
    const timeoutMs = seconds === null ? null : seconds < 0 ? Infinity : seconds * 1000;
    return { verb: 'stop', targets: readTargets(usage, args.rest, end), timeoutMs };
  },
  format(command) {
    if (command.verb !== 'stop' || command.tool === 'compose') return null;
    const { timeoutMs } = command;
    const flag =
      timeoutMs === null ? '' : `-t ${timeoutMs === Infinity ? -1 : Math.round(timeoutMs / 1000)} `;
    return `docker stop ${flag}${formatTargets(command.targets)}`;
  },
};
