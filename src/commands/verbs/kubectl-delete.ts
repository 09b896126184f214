import { readArguments, type Flag } from '../arguments.ts';
import { podWord } from '../kubectl-words.ts';
import { UsageError } from '../usage-error.ts';
import { asText, toLine, wholeNumber, type VerbSpec } from '../verb-spec.ts';

const usage = 'kubectl delete pod POD...|-l app=NAME|--all [--grace-period=SECONDS] [--force]';
const FLAGS: readonly Flag[] = [
  { name: 'grace-period', takes: 'value' },
  { name: 'force', takes: 'nothing' },
  { name: 'now', takes: 'nothing' },
  { name: 'all', takes: 'nothing' },
  { name: 'selector', short: 'l', takes: 'value' },
  { name: 'wait', takes: 'nothing' },
];

export const kubectlDelete: VerbSpec = {
  words: 'kubectl delete',
  usage,
  about: 'Deletes pods with notice (--force --grace-period=0: without); their replacements are made at once.',
  parse(words, end) {
    const args = readArguments(usage, words, FLAGS);
    const [first, ...others] = args.rest;
    if (!first) throw new UsageError(`error: Required resource not specified. (usage: ${usage})`, end);
    const head = asText(first);
    const kind = podWord(head);
    if (kind === null)
      throw new UsageError(`only pods can be deleted here: write kubectl delete pod NAME`, head.column);
    const pods = [
      ...(kind.name === null ? [] : [kind.name]),
      ...others.map((word) => {
        const text = asText(word);
        return podWord(text)?.name ?? text.text;
      }),
    ];
    const label = args.value('selector');
    const selector = args.has('all') ? '' : (label?.text ?? null);
    if (label && !/^app==?[^=]+$/.test(label.text))
      throw new UsageError(`only -l app=NAME is understood, not '${label.text}'`, label.column);
    if (pods.length === 0 && selector === null)
      throw new UsageError(
        'error: resource(s) were provided, but no name was specified; write POD..., -l app=NAME or --all',
        end,
      );
    if (pods.length > 0 && selector !== null)
      throw new UsageError('error: name cannot be provided when a selector is specified', head.column);
    const grace = args.value('grace-period');
    const force = args.has('force');
    const seconds = grace ? wholeNumber(grace, grace.text, -1) : args.has('now') ? 1 : -1;
    // Without --force the shortest grace that kubectl asks for is a second; with it the default is none.
    const graceMs = seconds < 0 ? (force ? 0 : null) : seconds === 0 && !force ? 1000 : seconds * 1000;
    return {
      verb: 'kubectl-delete-pod',
      pods,
      selector: selector === null ? null : selector.replace('==', '='),
      force,
      graceMs,
    };
  },
  format(command) {
    if (command.verb !== 'kubectl-delete-pod') return null;
    const { pods, selector, force, graceMs } = command;
    return toLine(
      'kubectl delete pod',
      ...pods,
      ...(selector === null ? [] : selector === '' ? ['--all'] : ['-l', selector]),
      ...(graceMs === null ? [] : [`--grace-period=${graceMs / 1000}`]),
      ...(force ? ['--force'] : []),
    );
  },
};
