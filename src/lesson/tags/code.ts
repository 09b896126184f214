import type { Node } from '@markdoc/markdoc';
import { codeBlock } from '../code-block.ts';
import { text } from '../reading.ts';
import type { TagSpec } from './tag-spec.ts';

export const CODE: TagSpec = {
  name: 'code',
  about: 'A file or part of one, around a fence: `mark="2,4-6"` marks lines, `verdict` says wrong or right.',
  block: true,
  attributes: {
    title: { type: String },
    mark: { type: String },
    verdict: { type: String, matches: ['wrong', 'right'] },
  },
  build(tag, reading) {
    const [fence, ...others] = tag.children;
    if (fence?.type !== 'fence' || others.length > 0)
      return reading.fault(tag, 'code holds exactly one fence (```yaml … ```)');
    const count = codeBlock(fence, { title: '', verdict: '', marked: new Set() }).lines.length;
    const marked = lineNumbers(text(tag, 'mark'), count);
    if (typeof marked === 'string') return reading.fault(tag, `mark: ${marked}`, 'mark');
    const verdict = text(tag, 'verdict');
    return codeBlock(fence as Node, {
      title: text(tag, 'title'),
      verdict: verdict === 'wrong' || verdict === 'right' ? verdict : '',
      marked,
    });
  },
};

/** `2,4-6` as a set, or what is wrong with it. */
function lineNumbers(mark: string, count: number): Set<number> | string {
  const marked = new Set<number>();
  for (const part of mark === '' ? [] : mark.split(',')) {
    const match = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part);
    if (match === null) return `'${part}' is no line; write "2,4-6"`;
    const from = Number(match[1]);
    const to = Number(match[2] ?? from);
    if (from < 1 || to < from || to > count) return `there is no line ${part.trim()}; the fence has ${count}`;
    for (let line = from; line <= to; line += 1) marked.add(line);
  }
  return marked;
}
