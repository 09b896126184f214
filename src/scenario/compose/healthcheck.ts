/** `healthcheck` of a service. */
import { HEALTHCHECK_DEFAULTS } from '../defaults.ts';
import type { Healthcheck } from '../../sim/model/upkeep.ts';
import { readBlock } from '../forms/block.ts';
import { key, type Form } from '../forms/form.ts';
import { bool, duration, integer, positiveDuration } from '../forms/scalars.ts';
import { complain, isListAt, itemsAt, textAt, type Place } from '../yaml/place.ts';

/** A probe: its words, or null for `NONE`. */
const test: Form<readonly string[] | null> = {
  says: '[CMD, …] | [CMD-SHELL, …] | [NONE] | a line',
  read(place) {
    if (!isListAt(place)) {
      const line = textAt(place);
      return line === undefined ? [] : ['CMD-SHELL', line];
    }
    const words = itemsAt(place).map((item) => textAt(item) ?? '');
    if (words[0] === 'NONE') return null;
    if (words[0] === 'CMD' || words[0] === 'CMD-SHELL') return words;
    complain(place, 'must begin with CMD, CMD-SHELL or NONE; write [CMD, node, health.js]');
    return undefined;
  },
};

const KEYS = {
  test: key(test, 'what is run'),
  interval: key(positiveDuration, 'between probes'),
  timeout: key(positiveDuration, 'after which a probe has failed'),
  retries: key(integer(1), 'failures in a row that make it unhealthy'),
  start_period: key(duration, 'in which failures do not count'),
  start_interval: key(positiveDuration, 'between probes in the start period'),
  disable: key(bool, 'no health check'),
};

const DEFAULTS = { ...HEALTHCHECK_DEFAULTS, test: '[CMD, healthcheck]', disable: 'false' };

/** A command that can only fail. */
const NEVER = /^(?:\/bin\/)?(?:false|exit\s+[1-9]\d*)$/;

export function readHealthcheck(place: Place): Healthcheck | null {
  const { values, given } = readBlock(place, KEYS, DEFAULTS);
  if (values.disable || values.test === null) return null;
  if (!given.has('test')) place.report.note(`${place.path} has no test: assuming that the image brings one`);
  return {
    intervalMs: values.interval,
    timeoutMs: values.timeout,
    retries: values.retries,
    startPeriodMs: values.start_period,
    startIntervalMs: values.start_interval,
    works: !NEVER.test(values.test.slice(1).join(' ').trim()),
  };
}
