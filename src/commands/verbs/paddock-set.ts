import { readArguments } from '../arguments.ts';
import { UsageError } from '../usage-error.ts';
import { asText, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'paddock set [--no-deploy] KEY=VALUE...';

export const paddockSet: VerbSpec = {
  words: 'paddock set',
  usage,
  about:
    'Changes keys of the compose file and applies them as a redeploy would: services.app.x-paddock.state.sessions=redis. --no-deploy: image and environment wait for whoever reads the file next.',
  parse(words, end) {
    const args = readArguments(usage, words, [{ name: 'no-deploy', takes: 'nothing' }]);
    const { rest } = args;
    if (rest.length === 0) throw new UsageError(`requires at least 1 argument (usage: ${usage})`, end);
    const assignments = rest.map((word) => {
      const { text, column } = asText(word);
      if (text.indexOf('=') < 1) throw new UsageError(`'${text}' sets nothing: write KEY=VALUE`, column);
      return text;
    });
    return {
      verb: 'set',
      assignments,
      scenario: null,
      ...(args.has('no-deploy') && { held: true as const }),
    };
  },
  format(command) {
    return command.verb === 'set'
      ? toLine('paddock set', ...(command.held ? ['--no-deploy'] : []), ...command.assignments)
      : null;
  },
};
