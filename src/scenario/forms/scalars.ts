/** Forms of single values. */
import { formatDuration, parseDuration } from '../../commands/duration.ts';
import { didYouMean } from '../../commands/suggest.ts';
import { complain, isEmpty, scalarAt, textAt, type Place } from '../yaml/place.ts';
import { shown, type Form } from './form.ts';

function scalarForm<T>(
  says: string,
  read: (text: string, place: Place) => T | undefined,
  advice: (text: string) => string = () => '',
): Form<T> {
  return {
    says,
    read(place) {
      const text = textAt(place);
      const value = text === undefined ? undefined : read(text, place);
      if (value === undefined) complain(place, `${shown(place)} is not ${says}${advice(text ?? '')}`);
      return value;
    },
  };
}

/** ms of virtual time, 0 or more. */
export const duration: Form<number> = scalarForm(
  'a duration',
  (text) => parseDuration(text) ?? undefined,
  (text) => (/^\d+(\.\d+)?$/.test(text) ? `; write ${text}s or ${text}ms` : '; write 250ms, 2s or 1m30s'),
);

/** ms, more than 0. */
export const positiveDuration: Form<number> = {
  says: duration.says,
  read(place) {
    const ms = duration.read(place);
    if (ms === 0) complain(place, 'must be more than 0s');
    return ms === 0 ? undefined : ms;
  },
};

/** ms, a whole number of them: the instant of a command. */
export const instant: Form<number> = {
  says: duration.says,
  read(place) {
    const ms = duration.read(place);
    if (ms === undefined || Number.isInteger(ms)) return ms;
    complain(place, `must be a whole number of ms; write ${formatDuration(Math.round(ms))}`);
    return undefined;
  },
};

/** A second: `100/s`; `6000/m` and `1/h` are read too. */
export const rate: Form<number> = scalarForm(
  'a rate',
  (text) => {
    const match = /^(\d+(?:\.\d+)?)\/(s|m|h)$/.exec(text);
    if (!match) return undefined;
    const perSecond = Number(match[1]) / { s: 1, m: 60, h: 3600 }[match[2] as 's' | 'm' | 'h'];
    return perSecond > 0 ? perSecond : undefined;
  },
  (text) => (/^\d+(\.\d+)?$/.test(text) && Number(text) > 0 ? `; write ${text}/s` : '; write e.g. 100/s'),
);

/** A whole number in [min, max]. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): Form<number> {
  const bounds = max === Number.MAX_SAFE_INTEGER ? `of ${min} or more` : `from ${min} to ${max}`;
  return scalarForm(`a whole number ${bounds}`, (text) => {
    const value = /^-?\d+$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max ? value : undefined;
  });
}

/** Any number of `min` or more. */
export function number(min: number): Form<number> {
  return scalarForm(`a number of ${min} or more`, (text) => {
    const value = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN;
    return value >= min ? value : undefined;
  });
}

export const share: Form<number> = scalarForm(
  'a share',
  (text) => (/^\d*\.?\d+$/.test(text) && Number(text) <= 1 ? Number(text) : undefined),
  () => '; write a number from 0 to 1',
);

export const text: Form<string> = scalarForm('text', (value) => value);

export const bool: Form<boolean> = {
  says: 'true | false',
  read(place) {
    const value = scalarAt(place);
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    complain(place, `${shown(place)} is neither true nor false`);
    return undefined;
  },
};

/** One of the words given. */
export function oneOf<const W extends string>(...words: readonly W[]): Form<W> {
  return {
    says: words.join(' | '),
    read(place) {
      const written = textAt(place);
      const word = words.find((candidate) => candidate === written);
      if (word === undefined)
        complain(
          place,
          `${shown(place)} is not one of ${words.join(', ')}${didYouMean(written ?? '', words)}`,
        );
      return word;
    },
  };
}

/** What `form` reads, or `instead` for the word given (`none`, `unlimited`); with `none`, nothing and false say it too. */
export function or<T, I>(form: Form<T>, word: string, instead: I): Form<T | I> {
  return {
    says: `${form.says} | ${word}`,
    read(place) {
      const written = textAt(place);
      if (written === word || (word === 'none' && (isEmpty(place) || scalarAt(place) === false)))
        return instead;
      return form.read(place);
    },
  };
}
