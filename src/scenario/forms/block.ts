/** Maps with known keys, each with a default; and maps of anything. */
import { nearest } from '../../commands/suggest.ts';
import { complain, entriesAt, isMapAt, scalarAt, type Place } from '../yaml/place.ts';
import { readDefault, shown, type Form, type Key } from './form.ts';

export type Keys = Readonly<Record<string, Key<unknown>>>;
export type Values<K extends Keys> = { readonly [P in keyof K]: K[P] extends Key<infer T> ? T : never };
/** The default of every key, as it would be written. */
export type Defaults<K extends Keys> = { readonly [P in keyof K]: string };

export interface Block<K extends Keys> {
  readonly values: Values<K>;
  /** Where the keys that are written stand. */
  readonly given: ReadonlyMap<string, Place>;
}

/**
 * Reads a map with the keys given; what is not written has its default. A key that is not among them is a problem;
 * `elsewhere` may know where it belongs.
 */
export function readBlock<K extends Keys>(
  place: Place,
  keys: K,
  defaults: Defaults<K>,
  elsewhere: (key: string) => string | null = () => null,
): Block<K> {
  const given = entriesAt(place);
  const values: Record<string, unknown> = {};
  for (const [name, { form }] of Object.entries(keys)) {
    const written = given.get(name);
    const value = written && form.read(written);
    values[name] =
      value === undefined ? readDefault(form, defaults[name] ?? '', `${place.path}.${name}`) : value;
  }
  for (const [name, at] of given)
    if (!(name in keys)) reportUnknown(name, at, Object.keys(keys), elsewhere(name));
  return { values: values as Values<K>, given };
}

/** Complains of a key that does not exist, at the key itself. */
export function reportUnknown(
  name: string,
  at: Place,
  known: readonly string[],
  where: string | null = null,
): void {
  const near = nearest(name, known);
  const hint = where ?? (near === null ? `there is: ${listing(known)}` : `did you mean '${near}'?`);
  const parent = at.path.slice(0, -name.length - 1);
  at.report.problem(`unknown key '${name}'${parent === '' ? '' : ` in ${parent}`}; ${hint}`, at.at, at.node);
}

/** As many are listed as can be taken in. */
const MOST = 16;

const listing = (known: readonly string[]): string =>
  known.length <= MOST
    ? known.join(', ')
    : `${known.slice(0, MOST).join(', ')} and ${known.length - MOST} more`;

/** A block as a form. With `short`, `true` stands for a block with nothing but defaults. */
export function block<K extends Keys>(
  keys: K,
  defaults: Defaults<K>,
  short: 'true' | 'none' = 'none',
): Form<Values<K>> {
  return {
    says: `{ ${Object.keys(keys).join(', ')} }`,
    read(place) {
      if (short === 'true' && scalarAt(place) === true)
        return readBlock({ ...place, node: null }, keys, defaults).values;
      if (place.node !== null && !isMapAt(place)) {
        complain(place, `${shown(place)} is not a mapping; write { ${Object.keys(keys).join(': …, ')}: … }`);
        return undefined;
      }
      return readBlock(place, keys, defaults).values;
    },
  };
}

/** A map with any keys. */
export function recordOf<T>(form: Form<T>, says: string): Form<Readonly<Record<string, T>>> {
  return {
    says,
    read(place) {
      const found: Record<string, T> = {};
      for (const [name, at] of entriesAt(place)) {
        const value = form.read(at);
        if (value !== undefined) found[name] = value;
      }
      return found;
    },
  };
}
