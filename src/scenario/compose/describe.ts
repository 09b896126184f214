/** Goes through a map of Compose keys: complains of those that do not exist and notes those that are not simulated. */
import { editDistance } from '../../commands/suggest.ts';
import { reportUnknown } from '../forms/block.ts';
import { isEmpty, type Place } from '../yaml/place.ts';
import type { Treatment } from './known-keys.ts';

export function describeKeys(
  entries: ReadonlyMap<string, Place>,
  known: Readonly<Record<string, Treatment>>,
  elsewhere: (key: string) => string | null,
): void {
  for (const [name, place] of entries) {
    if (isSlip(name)) reportUnknown(name, place, [OURS], null);
    // Any other extension is somebody else's.
    if (name.startsWith('x-') || isSlip(name)) continue;
    const treatment = Object.hasOwn(known, name) ? known[name] : undefined;
    if (treatment === undefined) reportUnknown(name, place, Object.keys(known), elsewhere(name));
    else if (treatment !== 'read' && treatment !== 'quiet' && !isEmpty(place))
      place.report.note(`${place.path} is ${treatment}`);
  }
}

const OURS = 'x-paddock';

function isSlip(name: string): boolean {
  return name !== OURS && editDistance(name.toLowerCase().replaceAll('_', '-'), OURS) <= 2;
}
