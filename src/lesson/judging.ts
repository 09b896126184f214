/** From what single seeds showed to a verdict on all of them. */
import type { Often } from './lesson.ts';

/** One thing that was demanded of the lesson, and how it came out. */
export interface Check {
  readonly what: string;
  readonly ok: boolean;
  /** On how many seeds what was watched for happened. */
  readonly times: number;
  readonly seeds: number;
  /** Why not, from the first seed that failed; '' when all is well. */
  readonly why: string;
}

/** What one seed showed. */
export interface Sighting {
  readonly seed: number;
  readonly seen: boolean;
  readonly text: string;
  /** The run was not the one that the lesson means: a command was refused. */
  readonly broken?: boolean;
}

/** `usually` is this share of seeds at least. */
const USUALLY = 0.8;

/** `sightings` is a text when there was nothing to see, because the scenario is faulty. */
export function judged(what: string, often: Often | 'never', sightings: readonly Sighting[] | string): Check {
  if (typeof sightings === 'string') return { what, ok: false, times: 0, seeds: 0, why: sightings };
  const seeds = sightings.length;
  const times = sightings.filter(({ seen }) => seen).length;
  const enough: Readonly<Record<Often | 'never', boolean>> = {
    always: times === seeds,
    usually: times >= USUALLY * seeds,
    sometimes: times > 0 && times < seeds,
    never: times === 0,
  };
  const broken = sightings.find((sighting) => sighting.broken === true);
  const ok = seeds > 0 && enough[often] && broken === undefined;
  const culprit = broken ?? sightings.find(({ seen }) => seen === (often === 'never')) ?? sightings[0];
  return {
    what: often === 'always' || often === 'never' ? what : `${what} ${often}`,
    ok,
    times,
    seeds,
    why: ok || culprit === undefined ? '' : `seed ${culprit.seed}: ${culprit.text}`,
  };
}
