/** Amounts of memory, in MB of 1024² bytes. */
import { complain, textAt, type Place } from '../yaml/place.ts';
import { shown, type Form } from './form.ts';

const AMOUNT = /^(\d+(?:\.\d+)?)\s*(b|kb?|mb?|gb?)?$/i;

/** MB in `512m`, `10k`, `1g` or plain bytes, or null. */
function amount(text: string): number | null {
  const match = AMOUNT.exec(text);
  if (!match) return null;
  const unit = (match[2] ?? 'b').charAt(0).toLowerCase() as 'b' | 'k' | 'm' | 'g';
  return (Number(match[1]) * { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[unit]) / 1024 ** 2;
}

export const megabytes: Form<number> = {
  says: 'an amount of memory',
  read(place: Place) {
    const mb = amount(textAt(place) ?? '');
    if (mb === null) complain(place, `${shown(place)} is not an amount of memory; write 256m or 1g`);
    return mb ?? undefined;
  },
};

/** `100k/request` or `1m/s`. */
export const leak: Form<{ readonly perRequestMb: number; readonly perSecondMb: number }> = {
  says: 'an amount of memory/request | an amount of memory/s',
  read(place: Place) {
    const [, text = '', per = ''] = /^(.*)\/(request|s)$/.exec(textAt(place) ?? '') ?? [];
    const mb = amount(text);
    if (mb === null) {
      complain(place, `${shown(place)} is not a leak; write 100k/request or 1m/s`);
      return undefined;
    }
    return per === 's' ? { perRequestMb: 0, perSecondMb: mb } : { perRequestMb: mb, perSecondMb: 0 };
  },
};
