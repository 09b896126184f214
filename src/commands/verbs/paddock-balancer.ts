import { readArguments } from '../arguments.ts';
import { didYouMean } from '../suggest.ts';
import { formatTargets, readTargets } from '../targets.ts';
import { UsageError } from '../usage-error.ts';
import { asText, noWords, type VerbSpec } from '../verb-spec.ts';

const ACTIONS = ['drain', 'maint', 'ready'] as const;
const usage = `paddock balancer ${ACTIONS.join('|')} CONTAINER... | reload`;

export const paddockBalancer: VerbSpec = {
  words: 'paddock balancer',
  usage,
  about:
    'Tells the balancer about a container: drain (no new users), maint (no traffic, no checks), ready; or makes it read its servers anew.',
  parse(words, end) {
    const [word, ...rest] = readArguments(usage, words, []).rest;
    if (!word) throw new UsageError(`requires at least 2 arguments (usage: ${usage})`, end);
    const wanted = asText(word).text;
    if (wanted === 'reload') {
      noWords('paddock balancer reload', rest);
      return { verb: 'balancer-reload' };
    }
    const action = ACTIONS.find((known) => known === wanted);
    if (!action)
      throw new UsageError(
        `a balancer cannot '${wanted}'${didYouMean(wanted, [...ACTIONS, 'reload'])} (usage: ${usage})`,
        word.column,
      );
    return { verb: 'balancer', action, targets: readTargets(usage, rest, end) };
  },
  format(command) {
    if (command.verb === 'balancer-reload') return 'paddock balancer reload';
    return command.verb === 'balancer'
      ? `paddock balancer ${command.action} ${formatTargets(command.targets)}`
      : null;
  },
};
