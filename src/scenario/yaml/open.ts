/** Text of a compose file to the place that is its root. */
import { LineCounter, parseDocument } from 'yaml';
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
  for (const error of document.errors) report.add(firstLine(error.message), error.pos[0]);
  if (report.problems.length > 0) return { root: null, report };
  return { root: { report, document, path: '', node: document.contents, at: document.contents }, report };
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
