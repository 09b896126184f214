import { readArguments, type Flag } from '../arguments.ts';
import { nameFilter } from '../targets.ts';
import { noWords, type VerbSpec } from '../verb-spec.ts';
import { quoteWord } from '../words.ts';

const usage = 'docker ps [-a] [-q] [--filter name=TEXT]';

const FLAGS: readonly Flag[] = [
  { name: 'all', short: 'a', takes: 'nothing' },
  { name: 'quiet', short: 'q', takes: 'nothing' },
  { name: 'filter', short: 'f', takes: 'value' },
];

export const dockerPs: VerbSpec = {
  words: 'docker ps',
  usage,
  about:
    'Lists running containers; -a lists those that have ended too, --filter those with TEXT in their names.',
  parse(words) {
    const args = readArguments(usage, words, FLAGS);
    noWords(usage, args.rest);
    const name = nameFilter(args.values('filter'));
    return {
      verb: 'ps',
      all: args.has('all'),
      ...(args.has('quiet') && { quiet: true as const }),
      ...(name !== '' && { name }),
    };
  },
  format(command) {
    if (command.verb !== 'ps') return null;
    const filter = command.name === undefined ? '' : ` --filter ${quoteWord(`name=${command.name}`)}`;
    return `docker ps${command.all ? ' -a' : ''}${command.quiet ? ' -q' : ''}${filter}`;
  },
};
