/** Reads a small YAML text against a schema and says where it does not fit. */
import * as v from 'valibot';
import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { didYouMean } from '../commands/suggest.ts';
import type { Problem } from './problem.ts';

/** Where `path` stands; both count from 1. */
export type PlaceOf = (path: readonly (string | number)[]) => {
  readonly line: number;
  readonly column: number;
};

export interface CheckedYaml<T> {
  /** Null when there are problems. */
  readonly value: T | null;
  readonly placeOf: PlaceOf;
  readonly problems: readonly Problem[];
}

/** `keys` are the words that an unknown one may have meant; `firstLine` is the line of `file` on which `text` begins. */
export function checkedYaml<const S extends v.GenericSchema>(
  schema: S,
  keys: readonly string[],
  text: string,
  file: string,
  firstLine = 1,
): CheckedYaml<v.InferOutput<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line) + firstLine - 1, column: Math.max(1, col) };
  };
  const placeOf: PlaceOf = (path) => place(offsetOf(document, path));
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      file,
      ...place(error.pos[0]),
      message: error.message.split('\n')[0] ?? '',
    }));
    return { value: null, placeOf, problems };
  }
  const parsed = v.safeParse(schema, document.toJS() ?? {});
  if (parsed.success) return { value: parsed.output, placeOf, problems: [] };
  const problems = parsed.issues.map((issue) => {
    const path = (issue.path ?? []).map((item) => item.key as string | number);
    return { file, ...placeOf(path), message: messageOf(issue, path, keys) };
  });
  return { value: null, placeOf, problems };
}

function messageOf(
  issue: v.BaseIssue<unknown>,
  path: readonly (string | number)[],
  keys: readonly string[],
): string {
  const name = path.join('.');
  const key = String(path.at(-1) ?? '');
  if (issue.type === 'strict_object' && issue.expected === 'never')
    return `unknown key '${name}'${didYouMean(key, keys)}`;
  if (issue.received === 'undefined') return `'${name}' is missing`;
  return name === '' ? issue.message : `${name}: ${issue.message}`;
}

/** Start of the value at `path`, of its key when it is unknown or empty, else of what encloses it. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const inner = path.slice(0, length);
    const parent: unknown =
      length === 0 ? null : (document.getIn(inner.slice(0, -1), true) ?? document.contents);
    if (isMap(parent)) {
      const pair = parent.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(inner.at(-1)),
      );
      if (pair && isNode(pair.value) && pair.value.range) return pair.value.range[0];
      if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node: unknown = length === 0 ? document.contents : document.getIn(inner, true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
