/** Markdown to lesson nodes. Knows the usual elements and reports the rest. */
import type { Node } from '@markdoc/markdoc';
import { codeBlock } from './code-block.ts';
import type { ElementName, LessonNode } from './lesson.ts';
import type { Reading } from './reading.ts';

const ELEMENTS: Readonly<Record<string, ElementName>> = {
  item: 'li',
  strong: 'strong',
  em: 'em',
  blockquote: 'blockquote',
  hr: 'hr',
  hardbreak: 'br',
  table: 'table',
  thead: 'thead',
  tbody: 'tbody',
  tr: 'tr',
  th: 'th',
  td: 'td',
};
/** Stand for nothing of their own. */
const TRANSPARENT: ReadonlySet<string> = new Set(['document', 'inline']);
/** Reported by validation. */
const REPORTED: ReadonlySet<string> = new Set(['error']);

export function prose(nodes: readonly Node[], reading: Reading): LessonNode[] {
  return joined(nodes.flatMap((node) => one(node, reading)));
}

function one(node: Node, reading: Reading): LessonNode[] {
  const { type } = node;
  if (TRANSPARENT.has(type)) return prose(node.children, reading);
  if (type === 'comment' || REPORTED.has(type)) return [];
  if (type === 'softbreak') return [' '];
  if (type === 'text') {
    const content: unknown = node.attributes.content;
    return typeof content === 'string' ? [content] : [];
  }
  if (type === 'code') return [element('code', [String(node.attributes.content)])];
  if (type === 'fence') return [codeBlock(node, { title: '', verdict: '', marked: new Set() })];
  if (type === 'link')
    return [{ ...element('a', prose(node.children, reading)), href: String(node.attributes.href) }];
  if (type === 'list') return [list(node, reading)];
  if (type === 'heading') return heading(node, reading);
  if (type === 'paragraph') return paragraph(node, reading);
  if (type === 'tag') {
    const made = reading.tag(node);
    return made === null ? [] : [made];
  }
  const name = ELEMENTS[type];
  if (name === undefined) {
    reading.fault(node, `${type} is not used in lessons`);
    return [];
  }
  return [element(name, prose(node.children, reading))];
}

/** A block tag written on one line comes as a paragraph of its own; among other words it is out of place. */
function paragraph(node: Node, reading: Reading): LessonNode[] {
  const parts = node.children.flatMap((child) => (child.type === 'inline' ? child.children : [child]));
  const block = parts.find((part) => reading.isBlock(part));
  if (block === undefined) return [element('p', prose(node.children, reading))];
  if (parts.length === 1) return prose(parts, reading);
  reading.fault(
    block,
    `${block.tag ?? ''} must stand on lines of its own, with an empty line before and after`,
  );
  return [];
}

function list(node: Node, reading: Reading): LessonNode {
  const children = prose(node.children, reading);
  if (node.attributes.ordered !== true) return element('ul', children);
  const start: unknown = node.attributes.start;
  return typeof start === 'number' && start !== 1
    ? { ...element('ol', children), start }
    : element('ol', children);
}

function heading(node: Node, reading: Reading): LessonNode[] {
  const level: unknown = node.attributes.level;
  if (level === 3 || level === 4) return [element(`h${level}`, prose(node.children, reading))];
  const why =
    level === 1
      ? "the title stands in the front matter; begin a step with '##'"
      : level === 2
        ? "'##' begins a step and cannot stand inside a tag"
        : "use '##', '###' or '####'";
  reading.fault(node, why);
  return [];
}

const element = (
  name: ElementName,
  children: readonly LessonNode[],
): Extract<LessonNode, { kind: 'element' }> => ({ kind: 'element', name, children });

/** Neighbouring texts as one. */
function joined(nodes: readonly LessonNode[]): LessonNode[] {
  const result: LessonNode[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (typeof node === 'string' && typeof last === 'string') result[result.length - 1] = last + node;
    else if (node !== '') result.push(node);
  }
  return result;
}
