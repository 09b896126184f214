import { readArguments } from '../arguments.ts';
import { nothingMore, readDeployment } from '../kubectl-words.ts';
import { UsageError } from '../usage-error.ts';
import { asText, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'kubectl set image deployment/NAME CONTAINER=IMAGE';

export const kubectlSetImage: VerbSpec = {
  words: 'kubectl set image',
  usage,
  about: 'Rolls a deployment to another image; its container is called as the service.',
  parse(words, end) {
    const args = readArguments(usage, words, []);
    const { name, rest } = readDeployment(usage, args.rest, end);
    const [first, ...more] = rest;
    if (!first)
      throw new UsageError('error: at least one image update is required; write CONTAINER=IMAGE', end);
    nothingMore(usage, more);
    const word = asText(first);
    const [container, image, extra] = word.text.split('=');
    if (!container || !image || extra !== undefined)
      throw new UsageError(
        `error: '${word.text}' is not an image update; write CONTAINER=IMAGE`,
        word.column,
      );
    return { verb: 'kubectl-set-image', deployment: name, container, image };
  },
  format(command) {
    return command.verb === 'kubectl-set-image'
      ? toLine(
          'kubectl set image',
          `deployment/${command.deployment}`,
          `${command.container}=${command.image}`,
        )
      : null;
  },
};
