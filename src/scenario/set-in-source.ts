/** Edits compose text in place, comments and all. */
import { parseDocument, type Node } from 'yaml';
import { setPath, splitPath } from './yaml/set-path.ts';

/**
 * `text` with `value` at `path` (`services.app.x-paddock.state.sessions`); maps on the way are made, `undefined` removes
 * the key. Comments, order and style of the rest stay. Throws a PathError for a path that leads nowhere, and an Error
 * when `text` is not YAML.
 */
export function setInSource(text: string, path: string, value: unknown): string {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw error;
  setPath(document, splitPath(path), value === undefined ? undefined : (document.createNode(value) as Node));
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
