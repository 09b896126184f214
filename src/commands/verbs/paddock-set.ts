import { readArguments } from '../arguments.ts';
import { UsageError } from '../usage-error.ts';
import { asText, toLine, type VerbSpec } from '../verb-spec.ts';

const usage = 'paddock set KEY=VALUE...';

export const paddockSet: VerbSpec = {
  words: 'paddock set',
  usage,
  about:
    'Changes keys of the compose file and applies them as a redeploy would: services.app.x-paddock.state.sessions=redis.',
  parse(words, end) {
    const { rest } = readArguments(usage, words, []);
    if (rest.length === 0) throw new UsageError(`requires at least 1 argument (usage: ${usage})`, end);
    const assignments = rest.map((word) => {
      const { text, column } = asText(word);
      if (text.indexOf('=') < 1) throw new UsageError(`'${text}' sets nothing: write KEY=VALUE`, column);
      return text;
    });
    return { verb: 'set', assignments, scenario: null };
  },
  format(command) {
    return command.verb === 'set' ? toLine('paddock set', ...command.assignments) : null;
  },
};
