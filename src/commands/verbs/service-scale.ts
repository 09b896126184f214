import { readArguments } from '../arguments.ts';
import { UsageError } from '../usage-error.ts';
import { asText, toLine, replicaCount, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker service scale SERVICE=REPLICAS';

export const serviceScale: VerbSpec = {
  words: 'docker service scale',
  usage,
  about: 'Sets how many replicas of a service are wanted.',
  parse(words, end) {
    const [first, second] = readArguments(usage, words, [
      { name: 'detach', short: 'd', takes: 'nothing' },
    ]).rest;
    if (!first) throw new UsageError(`requires at least 1 argument (usage: ${usage})`, end);
    if (second) throw new UsageError('one service at a time', second.column);
    const word = asText(first);
    const [service, replicas, more] = word.text.split('=');
    if (!service || replicas === undefined || more !== undefined)
      throw new UsageError(`invalid scale specifier '${word.text}': write SERVICE=REPLICAS`, word.column);
    return { verb: 'service-scale', service, replicas: replicaCount(word, replicas) };
  },
  format(command) {
    return command.verb === 'service-scale'
      ? toLine('docker service scale', `${command.service}=${command.replicas}`)
      : null;
  },
};
