/** A form says what may be written somewhere, and reads it. */
import { Document, isAlias, isMap, isSeq, LineCounter, Scalar, stringify } from 'yaml';
import { openSource } from '../yaml/open.ts';
import { isEmpty, textAt, type Place } from '../yaml/place.ts';
import { Report } from '../yaml/report.ts';

export interface Form<T> {
  /** For help: `a duration`, `haproxy | nginx`. */
  readonly says: string;
  /** The value, or undefined after reporting what is wrong and what to write instead. */
  read(place: Place): T | undefined;
}

/** One key of a block, with what it means. */
export interface Key<T> {
  readonly form: Form<T>;
  readonly meaning: string;
}

export function key<T>(form: Form<T>, meaning: string): Key<T> {
  return { form, meaning };
}

/** What stands there, for a message: `'3 s'`, `a list`, `nothing`. */
export function shown(place: Place): string {
  if (isEmpty(place)) return 'nothing';
  const text = textAt(place);
  if (text !== undefined) return `'${text}'`;
  if (isSeq(place.node)) return 'a list';
  return isMap(place.node) ? 'a mapping' : isAlias(place.node) ? 'an alias' : stringify(place.node).trim();
}

/** Reads a default, which is written as in a compose file. Throws when the form does not take it: a fault of the table. */
export function readDefault<T>(form: Form<T>, text: string, path: string): T {
  const { root, report } = PLAIN.test(text) ? plain(text) : openSource(text, path);
  const value = root ? form.read({ ...root, path }) : undefined;
  const [problem] = report.problems;
  if (value === undefined || problem)
    throw new Error(`default of ${path}: ${problem?.message ?? 'cannot be read'}`);
  return value;
}

/** A word or a number, as most defaults are: there are hundreds to a file, and YAML's own parser takes its time. */
const PLAIN = /^[\w.%()-]+$/;

function plain(text: string): { readonly root: Place; readonly report: Report } {
  const node = new Scalar<unknown>(
    text === 'true' ? true : text === 'false' ? false : /^\d+(\.\d+)?$/.test(text) ? Number(text) : text,
  );
  node.source = text;
  const report = new Report({ file: text, lines: new LineCounter(), columnOffset: 0 });
  return { root: { report, document: new Document(), path: '', node, at: node }, report };
}
