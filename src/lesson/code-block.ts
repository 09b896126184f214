import type { Node } from '@markdoc/markdoc';
import type { CodeBlock } from './lesson.ts';

/** A fence as lines. `marked` holds line numbers from 1. */
export function codeBlock(
  fence: Node,
  { title, verdict, marked }: { title: string; verdict: CodeBlock['verdict']; marked: ReadonlySet<number> },
): CodeBlock {
  const language: unknown = fence.attributes.language;
  const lines = String(fence.attributes.content).replace(/\n$/, '').split('\n');
  return {
    kind: 'code',
    language: typeof language === 'string' ? language : '',
    title,
    verdict,
    lines: lines.map((text, index) => ({ text, marked: marked.has(index + 1) })),
  };
}
