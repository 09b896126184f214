/** Markdoc's own validation against our tags, in our words. */
import Markdoc, { type Config, type Node, type Schema, type ValidateError } from '@markdoc/markdoc';
import { didYouMean } from '../commands/suggest.ts';
import type { Problem } from './problem.ts';
import type { SourceText } from './source-text.ts';
import type { TagSpec } from './tags/tag-spec.ts';

/** Unknown tags, unknown, missing or bad attributes, tags that are not closed. */
export function checkMarkdoc(
  root: Node,
  file: string,
  source: SourceText,
  tags: readonly TagSpec[],
): Problem[] {
  // An error names its node by its array of lines alone, which neighbours share: give each its own.
  const nodes = new Map<readonly number[], Node>();
  for (const node of root.walk()) {
    node.lines = [...node.lines];
    nodes.set(node.lines, node);
  }
  const problems: Problem[] = [];
  for (const error of Markdoc.validate(root, configOf(tags))) {
    const node = nodes.get(error.lines);
    const spec = tags.find(({ name }) => name === node?.tag);
    const message = messageOf(error, node, spec, tags);
    if (message === null) continue;
    const attribute = /^Attribute '([\w-]+)'|^Invalid attribute: '([\w-]+)'/.exec(error.error.message);
    const name = attribute?.[1] ?? attribute?.[2];
    const line = (error.lines[0] ?? 0) + 1;
    const place =
      node === undefined
        ? { line, column: 1 }
        : name === undefined
          ? source.placeOf(node)
          : source.placeOfAttribute(node, name);
    problems.push({ file, ...place, message });
  }
  return problems;
}

/** Markdoc has tags of its own (if, else, table, …) that a lesson does not. */
export function foreignTags(root: Node, tags: readonly TagSpec[]): Node[] {
  const known = new Set(tags.map(({ name }) => name));
  return [...root.walk()].filter((node) => node.type === 'tag' && !known.has(node.tag ?? ''));
}

function configOf(tags: readonly TagSpec[]): Config {
  const schemas: Record<string, Schema> = {};
  for (const { name, attributes, selfClosing } of tags) {
    schemas[name] = {
      attributes: { ...attributes },
      ...(selfClosing ? { selfClosing } : {}),
    };
  }
  return { tags: schemas };
}

function messageOf(
  { error }: ValidateError,
  node: Node | undefined,
  spec: TagSpec | undefined,
  tags: readonly TagSpec[],
): string | null {
  const tag = node?.tag ?? '';
  const isClosing = node?.errors.some(({ id }) => id === 'missing-opening') === true;
  switch (error.id) {
    case 'tag-undefined':
      return isClosing ? null : unknownTag(tag, tags);
    case 'missing-closing':
      return node?.type === 'tag'
        ? `${tag} is not closed; write {% /${tag} %} after it${spec?.selfClosing ? `, or {% ${tag} … /%}` : ''}`
        : null;
    case 'missing-opening':
      return `{% /${tag} %} closes nothing`;
    case 'attribute-undefined': {
      const name = /'([^']+)'/.exec(error.message)?.[1] ?? '';
      const known = Object.keys(spec?.attributes ?? {});
      return `${tag} has no attribute '${name}'${didYouMean(name, known) || `; it has ${known.join(', ')}`}`;
    }
    case 'attribute-missing-required':
      return isClosing ? null : `${tag} needs ${/'([^']+)'/.exec(error.message)?.[1] ?? 'an attribute'}="…"`;
    case 'tag-selfclosing-has-children':
      return `${tag} has no content; write {% ${tag} … /%}`;
    case 'parse-error':
      return `this tag cannot be read: ${error.message} Values stand in double quotes: name="value"`;
    case 'variable-undefined':
    case 'function-undefined':
      return 'a lesson has no variables and no functions';
    default:
      return error.message;
  }
}

/** `unknown tag 'clam'; did you mean 'claim'?` */
export function unknownTag(tag: string, tags: readonly TagSpec[]): string {
  const names = tags.map(({ name }) => name);
  return `unknown tag '${tag}'${didYouMean(tag, names) || `; there is ${names.join(', ')}`}`;
}
