/** `--set path=value`: edits of the document before it is read. */
import { LineCounter, parseDocument, type Node } from 'yaml';
import type { Place } from './yaml/place.ts';
import { PathError, setPath, splitPath } from './yaml/set-path.ts';

/**
 * Puts each `path=value` (the value is YAML) into the document. Whatever is wrong with one is reported under its own
 * name, `--set`, line 1, with the column in `path=value`; a path that the schema does not know turns up when the document is read.
 */
export function applyOverrides(root: Place, overrides: readonly string[]): Place {
  for (const override of overrides) applyOne(root, override);
  return { ...root, node: root.document.contents, at: root.document.contents };
}

function applyOne({ report, document }: Place, override: string): void {
  const equals = override.indexOf('=');
  const lines = new LineCounter();
  const origin = { file: `--set ${override}`, lines, columnOffset: equals + 1 };
  const atStart = { ...origin, columnOffset: 0 };
  if (equals < 1) {
    report.add(`'${override}' sets nothing: write path=value`, 0, atStart);
    return;
  }
  const parsed = parseDocument(override.slice(equals + 1), { lineCounter: lines, prettyErrors: false });
  const [error] = parsed.errors;
  if (error) {
    report.add(error.message, error.pos[0], origin);
    return;
  }
  // An empty value empties the key, as `key:` does in a file.
  const value = (parsed.contents as Node | null) ?? (parsed.createNode(null) as Node);
  try {
    for (const node of setPath(document, splitPath(override.slice(0, equals)), value))
      report.claim(node, node === value ? origin : atStart);
  } catch (problem) {
    if (!(problem instanceof PathError)) throw problem;
    report.add(problem.message, 0, atStart);
  }
}
