/** A challenge: a herd with one thing wrong, what shows it, and the one line that mends it. */
import { parse } from 'yaml';
import { parseDuration } from '../commands/duration.ts';
import { parseCondition } from './condition/parse.ts';
import type { Condition } from './condition/condition.ts';

export interface Challenge {
  readonly title: string;
  /** The mechanism, in a sentence or two. */
  readonly because: string;
  /** How long a run of it is, in ms. */
  readonly untilMs: number;
  /** True of a run as long as the mechanism is on. */
  readonly symptom: Condition;
  /** `path=value`: what turns it off; mostly one line. */
  readonly fix: readonly string[];
}

const FIELDS = ['title', 'because', 'until', 'symptom', 'fix'];

/**
 * Reads the `x-challenge` of a compose file; the rest of the file is its scenario. Throws an Error that names the field that
 * is missing, unknown or wrong.
 */
export function readChallenge(text: string): Challenge {
  const root: unknown = parse(text);
  const block = isMap(root) ? root['x-challenge'] : undefined;
  if (!isMap(block)) throw new Error('x-challenge: missing');
  for (const name of Object.keys(block))
    if (!FIELDS.includes(name)) throw new Error(`x-challenge.${name}: unknown`);
  const written = (name: string): string => {
    const value = block[name];
    if (typeof value !== 'string' || value === '') throw new Error(`x-challenge.${name}: write a text`);
    return value;
  };
  const untilMs = parseDuration(written('until'));
  if (untilMs === null || untilMs <= 0) throw new Error('x-challenge.until: write a duration such as 40s');
  const symptom = parseCondition(written('symptom'));
  if (!symptom.ok) throw new Error(`x-challenge.symptom: ${symptom.problem.message}`);
  const fix = block['fix'];
  if (
    !Array.isArray(fix) ||
    fix.length === 0 ||
    fix.some((line) => typeof line !== 'string' || !line.includes('='))
  )
    throw new Error('x-challenge.fix: write a list of path=value');
  return {
    title: written('title'),
    because: written('because').trim(),
    untilMs,
    symptom: symptom.value,
    fix: fix as string[],
  };
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
