/** Words that several kubectl verbs share: how a deployment or a pod is named. */
import { UsageError } from './usage-error.ts';
import { asText } from './verb-spec.ts';
import type { TextWord, Word } from './words.ts';

const WORKLOADS = [
  'deployment',
  'deployments',
  'deploy',
  'deployments.apps',
  'deployment.apps',
  'statefulset',
  'statefulsets',
  'sts',
  'statefulsets.apps',
  'statefulset.apps',
];
const PODS = ['pod', 'pods', 'po'];

/** `deployment/NAME` or `deployment NAME` (or `statefulset …`) at the head of `words`. Throws a UsageError. */
export function readDeployment(
  usage: string,
  words: readonly Word[],
  end: number,
): { readonly name: string; readonly rest: readonly Word[] } {
  const [first, ...others] = words;
  if (!first) throw new UsageError(`name a deployment (usage: ${usage})`, end);
  const { text, column } = asText(first);
  const slash = text.indexOf('/');
  const kind = slash < 0 ? text : text.slice(0, slash);
  if (!WORKLOADS.includes(kind))
    throw new UsageError(
      `error: the server doesn't have a resource type "${kind}" here; write deployment/${slash < 0 ? kind : 'NAME'}`,
      column,
    );
  if (slash >= 0) {
    const name = text.slice(slash + 1);
    if (name === '') throw new UsageError('error: arguments in resource/name form must have a name', column);
    return { name, rest: others };
  }
  const [second, ...rest] = others;
  if (!second) throw new UsageError(`name a deployment (usage: ${usage})`, end);
  return { name: asText(second).text, rest };
}

/** `pod` or `pods`, or `pod/NAME` without its head. Null = the word is neither. */
export function podWord(word: TextWord): { readonly name: string | null } | null {
  if (PODS.includes(word.text)) return { name: null };
  const slash = word.text.indexOf('/');
  return slash > 0 && PODS.includes(word.text.slice(0, slash)) ? { name: word.text.slice(slash + 1) } : null;
}

/** Refuses words that are left over. */
export function nothingMore(usage: string, rest: readonly Word[]): void {
  const [first] = rest;
  if (first?.kind === 'text' && /^\d+$/.test(first.text) && usage.includes('--replicas'))
    throw new UsageError(`'${first.text}' is no deployment: write --replicas=${first.text}`, first.column);
  if (first) throw new UsageError(`one deployment at a time (usage: ${usage})`, first.column);
}
