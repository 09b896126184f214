import { readArguments, type Flag } from '../arguments.ts';
import { UsageError } from '../usage-error.ts';
import { onlyWord, toLine, wholeNumber, type VerbSpec } from '../verb-spec.ts';

const usage = 'docker service update [--image IMAGE] [--force] [--replicas N] SERVICE';

const FLAGS: readonly Flag[] = [
  { name: 'image', takes: 'value' },
  { name: 'force', takes: 'nothing' },
  { name: 'detach', short: 'd', takes: 'nothing' },
  { name: 'rollback', takes: 'nothing' },
  { name: 'replicas', takes: 'value' },
];

/** `[host[:port]/]path[:tag][@digest]`, the path in lower case. */
const REFERENCE =
  /^(?:[\w.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

export const serviceUpdate: VerbSpec = {
  words: 'docker service update',
  usage,
  about: 'Rolls a service to another image; --force replaces every container even when nothing changed.',
  parse(words, end) {
    const args = readArguments(usage, words, FLAGS);
    const service = onlyWord(usage, args.rest, end);
    if (args.has('rollback')) return { verb: 'service-rollback', service };
    const replicas = args.value('replicas');
    if (replicas) {
      if (args.has('image') || args.has('force'))
        throw new UsageError(
          'one change at a time: docker service scale SERVICE=N first, then the update',
          replicas.column,
        );
      return { verb: 'service-scale', service, replicas: wholeNumber(replicas, replicas.text, 0) };
    }
    const image = args.value('image');
    if (image !== null && !REFERENCE.test(image.text))
      throw new UsageError(`invalid reference format: '${image.text}' is not an image`, image.column);
    return {
      verb: 'service-update',
      service,
      image: image?.text ?? null,
      force: args.has('force'),
    };
  },
  format(command) {
    if (command.verb !== 'service-update') return null;
    const image = command.image === null ? [] : ['--image', command.image];
    return toLine('docker service update', ...image, ...(command.force ? ['--force'] : []), command.service);
  },
};
