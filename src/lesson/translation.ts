/** A translation says the same with other words: its tags and their attributes must be its source's. */
import type { Node } from '@markdoc/markdoc';
import type { Problem } from './problem.ts';
import type { SourceText } from './source-text.ts';

/** The first difference, or nothing. */
export function checkTranslation(
  source: Node,
  translation: Node,
  file: string,
  places: SourceText,
): Problem[] {
  const expected = tagsOf(source).map(written);
  const found = tagsOf(translation);
  const count = Math.max(expected.length, found.length);
  for (let index = 0; index < count; index += 1) {
    const node = found[index];
    const is = node === undefined ? 'nothing' : written(node);
    const should = expected[index] ?? 'nothing';
    if (is === should) continue;
    const place = node === undefined ? endOf(translation) : places.placeOf(node);
    return [
      {
        file,
        ...place,
        message: `tag ${index + 1} differs from the source's: write ${should} instead of ${is}`,
      },
    ];
  }
  return [];
}

const tagsOf = (root: Node): Node[] => [...root.walk()].filter(({ type }) => type === 'tag');

/** Titles of code are words for the reader; everything else is language-free. */
function written(node: Node): string {
  const attributes = Object.entries(node.attributes)
    .filter(([name]) => !(node.tag === 'code' && name === 'title'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `{% ${node.tag ?? ''}${attributes.join('')} %}`;
}

function endOf(root: Node): { line: number; column: number } {
  return { line: Math.max(1, ...[...root.walk()].map(({ lines }) => lines.at(-1) ?? 1)), column: 1 };
}
