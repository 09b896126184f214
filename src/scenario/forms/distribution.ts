/** `40ms`, `{ exponential: 40ms }`, `{ uniform: [10ms, 50ms] }`, `{ lognormal: { median: 40ms, p95: 200ms } }`. */
import type { Distribution } from '../../sim/model/scenario.ts';
import { complain, entriesAt, isMapAt, itemsAt, type Place } from '../yaml/place.ts';
import { reportUnknown } from './block.ts';
import type { Form } from './form.ts';
import { duration, positiveDuration } from './scalars.ts';

const HOW =
  '40ms, { exponential: 40ms }, { uniform: [10ms, 50ms] } or { lognormal: { median: 40ms, p95: 200ms } }';
const KINDS = ['fixed', 'exponential', 'uniform', 'lognormal'];

export const distribution: Form<Distribution> = {
  says: 'a duration | { exponential } | { uniform } | { lognormal }',
  read(place) {
    if (!isMapAt(place)) {
      const ms = duration.read(place);
      return ms === undefined ? undefined : { kind: 'fixed', ms };
    }
    const entries = [...entriesAt(place)];
    const [first, second] = entries;
    if (!first || second) {
      complain(place, `is not a distribution; write ${HOW}`);
      return undefined;
    }
    const [kind, at] = first;
    if (kind === 'fixed') return fixed(at);
    if (kind === 'exponential') return exponential(at);
    if (kind === 'uniform') return uniform(at);
    if (kind === 'lognormal') return lognormal(at);
    reportUnknown(kind, at, KINDS);
    return undefined;
  },
};

function fixed(place: Place): Distribution | undefined {
  const ms = duration.read(place);
  return ms === undefined ? undefined : { kind: 'fixed', ms };
}

function exponential(place: Place): Distribution | undefined {
  const mean = duration.read(place);
  return mean === undefined ? undefined : { kind: 'exponential', mean };
}

function uniform(place: Place): Distribution | undefined {
  const [low, high, more] = itemsAt(place);
  if (!low || !high || more) {
    complain(place, 'takes two durations; write [10ms, 50ms]');
    return undefined;
  }
  const min = duration.read(low);
  const max = duration.read(high);
  if (min === undefined || max === undefined) return undefined;
  if (min <= max) return { kind: 'uniform', min, max };
  complain(place, 'must go from the shorter to the longer; write [10ms, 50ms]');
  return undefined;
}

function lognormal(place: Place): Distribution | undefined {
  const entries = entriesAt(place);
  for (const [name, at] of entries)
    if (name !== 'median' && name !== 'p95') reportUnknown(name, at, ['median', 'p95']);
  const medianPlace = entries.get('median');
  const p95Place = entries.get('p95');
  if (!medianPlace || !p95Place) {
    complain(place, 'takes two durations; write { median: 40ms, p95: 200ms }');
    return undefined;
  }
  const median = positiveDuration.read(medianPlace);
  const p95 = positiveDuration.read(p95Place);
  if (median === undefined || p95 === undefined) return undefined;
  if (p95 >= median) return { kind: 'lognormal', median, p95 };
  complain(p95Place, 'must not be shorter than the median');
  return undefined;
}
