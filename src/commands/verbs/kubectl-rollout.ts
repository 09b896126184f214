import { readArguments } from '../arguments.ts';
import { nothingMore, readDeployment } from '../kubectl-words.ts';
import { didYouMean } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import { asText, toLine, wholeNumber, type VerbSpec } from '../verb-spec.ts';

const ACTIONS = ['restart', 'undo', 'status', 'history', 'pause', 'resume'] as const;
const usage = `kubectl rollout ${ACTIONS.join('|')} deployment/NAME [--to-revision=N] [--revision=N]`;

export const kubectlRollout: VerbSpec = {
  words: 'kubectl rollout',
  usage,
  about:
    'Rolls every pod anew, goes back a revision, says where the rollout is or what there was, halts it, lets it go on.',
  parse(words, end) {
    const args = readArguments(usage, words, [
      { name: 'to-revision', takes: 'value' },
      { name: 'revision', takes: 'value' },
      { name: 'watch', short: 'w', takes: 'nothing' },
    ]);
    const [first, ...others] = args.rest;
    if (!first) throw new UsageError(`error: a subcommand is required (usage: ${usage})`, end);
    const word = asText(first);
    const action = ACTIONS.find((known) => known === word.text);
    if (!action)
      throw new UsageError(
        `error: unknown command "${word.text}" for "kubectl rollout"${didYouMean(word.text, ACTIONS)}`,
        word.column,
      );
    const { name: deployment, rest } = readDeployment(usage, others, end);
    nothingMore(usage, rest);
    const revision = args.value('to-revision');
    if (revision && action !== 'undo')
      throw new UsageError('error: unknown flag: --to-revision; it belongs to undo', revision.column);
    const shown = args.value('revision');
    if (shown && action !== 'history')
      throw new UsageError('error: unknown flag: --revision; it belongs to history', shown.column);
    if (action === 'history')
      return {
        verb: 'kubectl-rollout-history',
        deployment,
        revision: shown ? wholeNumber(shown, shown.text, 1) : null,
      };
    if (action === 'status') return { verb: 'kubectl-rollout-status', deployment };
    return {
      verb: 'kubectl-rollout',
      action,
      deployment,
      toRevision: revision ? wholeNumber(revision, revision.text, 0) : null,
    };
  },
  format(command) {
    if (command.verb === 'kubectl-rollout-status')
      return toLine('kubectl rollout status', `deployment/${command.deployment}`);
    if (command.verb === 'kubectl-rollout-history')
      return toLine(
        'kubectl rollout history',
        `deployment/${command.deployment}`,
        ...(command.revision === null ? [] : [`--revision=${command.revision}`]),
      );
    if (command.verb !== 'kubectl-rollout') return null;
    return toLine(
      `kubectl rollout ${command.action}`,
      `deployment/${command.deployment}`,
      ...(command.toRevision === null ? [] : [`--to-revision=${command.toRevision}`]),
    );
  },
};
