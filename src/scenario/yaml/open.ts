/** Text of a compose file to the place that is its root. */
import { LineCounter, parseDocument, type YAMLParseError } from 'yaml';
import type { Place } from './place.ts';
import { Report } from './report.ts';

/** Syntax errors are in the report; the place is then null. */
export function openSource(
  text: string,
  file: string,
): { readonly root: Place | null; readonly report: Report } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const report = new Report({ file, lines, columnOffset: 0 });
  const { errors } = document;
  // One that is nested too deeply says so once for every level.
  const deep = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  for (const error of deep ? [deep] : errors) report.add(inWords(error, text), error.pos[0]);
  if (report.problems.length > 0) return { root: null, report };
  return { root: { report, document, path: '', node: document.contents, at: document.contents }, report };
}

function inWords({ code, message, pos }: YAMLParseError, text: string): string {
  switch (code) {
    case 'MULTIPLE_DOCS':
      return 'a second document begins here; a scenario is one: leave out the --- and what follows';
    case 'DUPLICATE_KEY':
      return `the key '${text.slice(pos[0]).split(/[:\s]/, 1)[0]}' is here a second time; leave one of them out`;
    case 'RESOURCE_EXHAUSTION':
      return 'this is nested too deeply';
    default:
      return message.split('\n')[0] ?? message;
  }
}
