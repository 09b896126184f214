/** What an embed or a link may ask for. Anything else is named and left out; the rest still holds. */
import * as v from 'valibot';
import { HERDS } from './scenarios.ts';

const yesNo = v.pipe(
  v.picklist(['true', 'false', '1', '0', '']),
  v.transform((text) => text !== 'false' && text !== '0'),
);

const PARAMETERS = {
  scenario: v.picklist(HERDS.map((herd) => herd.name)),
  seed: v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'a whole number'), v.transform(Number)),
  'state.sessions': v.pipe(v.string(), v.regex(/^[a-z]+$/)),
  'state.uploads': v.pipe(v.string(), v.regex(/^[a-z0-9]+$/)),
  'state.jobs': v.pipe(v.string(), v.regex(/^[a-z]+$/)),
  'state.membership': v.pipe(v.string(), v.regex(/^[a-z]+$/)),
  controls: v.pipe(
    v.string(),
    v.maxLength(200),
    v.transform((text) =>
      text
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
  ),
  theme: v.picklist(['day', 'dusk', 'auto']),
  autoplay: yesNo,
};

export type Parameters = { [K in keyof typeof PARAMETERS]?: v.InferOutput<(typeof PARAMETERS)[K]> };

/** Reads query parameters. `refused` says what was left out and why. */
export function readParameters(query: Readonly<Record<string, string>>): {
  parameters: Parameters;
  refused: string[];
} {
  const refused: string[] = [];
  const entries = Object.entries(query).flatMap(([name, text]) => {
    const schema = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name as keyof typeof PARAMETERS] : undefined;
    if (!schema) {
      refused.push(`${name}: unknown; there is ${Object.keys(PARAMETERS).join(', ')}`);
      return [];
    }
    const read = v.safeParse(schema, text);
    if (read.success) return [[name, read.output]];
    refused.push(`${name}: ${read.issues[0].message}`);
    return [];
  });
  return { parameters: Object.fromEntries(entries) as Parameters, refused };
}
