/** `x-paddock.scaler` of an app service. */
import type { Scaler } from '../../sim/model/upkeep.ts';
import { SCALER_DEFAULTS } from '../defaults.ts';
import { block } from '../forms/block.ts';
import { key, shown, type Form } from '../forms/form.ts';
import { bool, duration, integer, oneOf, or, positiveDuration, share } from '../forms/scalars.ts';
import { complain, entriesAt, textAt, type Place } from '../yaml/place.ts';

/** A target as it is written, with what stands behind the number. */
interface Target {
  readonly value: number;
  readonly unit: string;
}

const target: Form<Target> = {
  says: '60% of cpu | 20/s requests | 5 in flight',
  read(place: Place) {
    const match = /^(\d+(?:\.\d+)?)(%|\/s)?$/.exec(textAt(place) ?? '');
    const value = Number(match?.[1] ?? 0);
    if (match !== null && value > 0) return { value, unit: match[2] ?? '' };
    complain(place, `${shown(place)} is not a target; write 60%, 20/s or 5`);
    return undefined;
  },
};

export const SCALER_KEYS = {
  min: key(integer(1), 'never fewer containers'),
  max: key(integer(1), 'never more containers'),
  metric: key(
    oneOf('cpu', 'rps', 'in-flight'),
    'what is measured of each container: its busy share, requests a second, requests in it at once',
  ),
  target: key(target, 'average that it shall have'),
  interval: key(positiveDuration, 'between decisions'),
  window: key(duration, 'scaling down follows the highest proposal of this long'),
  tolerance: key(share, 'by which the average may differ from the target without a consequence'),
  capacity: key(
    or(integer(1), 'none', null),
    'requests at once that make a container busy (cpu); none = its concurrency, or 8 where that is unlimited',
  ),
  behavior: key(
    bool,
    'kubernetes: the rates of spec.behavior, up to 4 more a step; false = those without it',
  ),
};

const UNITS = { cpu: '%', rps: '/s', 'in-flight': '' } as const;
const EXAMPLES = { cpu: '60%', rps: '20/s', 'in-flight': '5' } as const;

const keys = block(SCALER_KEYS, SCALER_DEFAULTS);

/** The scaler, checked as a whole: a target fits its metric, and `min` is not above `max`. */
export const scaler: Form<Scaler> = {
  says: keys.says,
  read(place) {
    const v = keys.read(place);
    if (v === undefined) return undefined;
    const given = entriesAt(place);
    if (v.min > v.max)
      complain(
        given.get('min') ?? given.get('max') ?? place,
        `min ${v.min} is above max ${v.max}; raise max or lower min`,
      );
    if (v.target.unit !== UNITS[v.metric])
      complain(
        given.get('target') ?? given.get('metric') ?? place,
        `a target of ${v.metric} is written as ${EXAMPLES[v.metric]}`,
      );
    return {
      min: v.min,
      max: Math.max(v.min, v.max),
      metric: v.metric,
      target: v.target.unit === '%' ? v.target.value / 100 : v.target.value,
      intervalMs: v.interval,
      windowMs: v.window,
      tolerance: v.tolerance,
      capacity: v.capacity,
      behavior: v.behavior,
    };
  },
};
