import type { LessonNode } from './lesson.ts';

/** Every node of a tree that is not plain text, parents before children, in reading order. */
export function* walkNodes(nodes: readonly LessonNode[]): Generator<Exclude<LessonNode, string>> {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    yield node;
    if ('children' in node) yield* walkNodes(node.children);
    if (node.kind === 'predict' && node.answer.kind === 'choice') {
      for (const choice of node.answer.choices) yield* walkNodes(choice.children);
    }
  }
}
