/** What an embed or a link may ask for. Anything else is named and left out; the rest still holds. */
import * as v from 'valibot';
import { CONTROLS } from '../lesson/controls.ts';
import { HERD_FILES } from './herd-files.ts';

const among = <const T extends readonly string[]>(names: T) =>
  v.picklist(names, `is not among ${names.join(', ')}`);

const yesNo = v.pipe(
  v.picklist(['true', 'false', '1', '0', ''], 'is neither true nor false'),
  v.transform((text) => text !== 'false' && text !== '0'),
);

const named = [...CONTROLS, 'Sessions', 'Uploads', 'Jobs', 'Membership', 'Instruments', 'Inspect', 'Journal'];

/** Homes that a link may ask for, by kind of state. */
export const LINKED_HOMES = {
  sessions: [
    'memory',
    'layer',
    'tmpfs',
    'volume',
    'sticky',
    'signed',
    'signed-own-key',
    'redis',
    'memcached',
    'postgres',
    'shared',
  ],
  uploads: ['layer', 'tmpfs', 'volume', 's3', 'shared'],
  jobs: ['memory', 'volume', 'redis', 'postgres', 'queue'],
  membership: ['memory', 'redis', 'dns'],
} as const;

const PARAMETERS = {
  scenario: among(HERD_FILES.map((herd) => herd.name)),
  seed: v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, 'is not a whole number of up to nine digits'),
    v.transform(Number),
  ),
  'state.sessions': among(LINKED_HOMES.sessions),
  'state.uploads': among(LINKED_HOMES.uploads),
  'state.jobs': among(LINKED_HOMES.jobs),
  'state.membership': among(LINKED_HOMES.membership),
  controls: v.pipe(
    v.string(),
    v.transform((text) =>
      text
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
    v.array(among(named)),
  ),
  theme: among(['day', 'dusk', 'auto']),
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
    refused.push(`${name}: '${text}' ${read.issues[0].message}`);
    return [];
  });
  return { parameters: Object.fromEntries(entries) as Parameters, refused };
}
