/** `x-paddock.state`: where each kind of state lives. */
import { STATE_DEFAULTS } from '../defaults.ts';
import { STATE_KINDS, type StateKind } from '../../sim/model/scenario.ts';
import { didYouMean } from '../../commands/suggest.ts';
import { reportUnknown } from '../forms/block.ts';
import type { Form } from '../forms/form.ts';
import { unknownName, type KnownNames } from '../known-names.ts';
import { complain, entriesAt, textAt, type Place } from '../yaml/place.ts';

/** Homes that are written, each with where. */
export type WrittenHomes = Readonly<
  Partial<Record<StateKind, { readonly home: string; readonly at: Place }>>
>;

/** What may be written for a kind: `sticky` is memory plus the balancer's cookie. */
export function homesOf(kind: StateKind, names: KnownNames): readonly string[] {
  const homes = names.homes[kind] ?? [];
  if (homes.length === 0) return [STATE_DEFAULTS[kind]];
  return kind === 'sessions' && homes.includes('memory') ? [...homes, 'sticky'] : homes;
}

export function stateForm(names: KnownNames): Form<WrittenHomes> {
  return {
    says: `{ ${STATE_KINDS.join(', ')} }`,
    read(place) {
      const written: Partial<Record<StateKind, { home: string; at: Place }>> = {};
      for (const [name, at] of entriesAt(place)) {
        const kind = STATE_KINDS.find((candidate) => candidate === name);
        if (!kind) {
          reportUnknown(name, at, STATE_KINDS);
          continue;
        }
        const home = textAt(at) ?? '';
        const homes = homesOf(kind, names);
        if (homes.includes(home)) written[kind] = { home, at };
        else complain(at, `${unknownName('home', home, homes)}${didYouMean(home, homes)}`);
      }
      return written;
    },
  };
}

/** Directories by kind of state. */
export const pathsForm: Form<Readonly<Partial<Record<StateKind, string>>>> = {
  says: '{ KIND: /path }',
  read(place) {
    const written: Partial<Record<StateKind, string>> = {};
    for (const [name, at] of entriesAt(place)) {
      const kind = STATE_KINDS.find((candidate) => candidate === name);
      const path = textAt(at) ?? '';
      if (!kind) reportUnknown(name, at, STATE_KINDS);
      else if (/^\/./.test(path)) written[kind] = path.replace(/\/+$/, '');
      else complain(at, `'${path}' is not a directory of the container; write a path such as /app/${kind}`);
    }
    return written;
  },
};
