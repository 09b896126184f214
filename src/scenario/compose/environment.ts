/** `environment` of a service, as a map or a list. */
import { complain, entriesAt, isEmpty, isListAt, itemsAt, textAt, type Place } from '../yaml/place.ts';

/** A variable without a value would come from the shell, which is not part of a scenario: it is left out. */
export function readEnvironment(place: Place): Readonly<Record<string, string>> {
  return isListAt(place) ? fromList(place) : fromMap(place);
}

function fromMap(place: Place): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, at] of entriesAt(place)) {
    const value = textAt(at);
    if (value !== undefined) found[name] = value;
    else if (isEmpty(at)) unset(at, name);
    else complain(at, 'must be a plain value');
  }
  return found;
}

function fromList(place: Place): Record<string, string> {
  const found: Record<string, string> = {};
  for (const item of itemsAt(place)) {
    const text = textAt(item);
    const equals = text?.indexOf('=') ?? -1;
    if (text === undefined) complain(item, 'is not a variable; write NAME=value');
    else if (equals < 0) unset(item, text);
    else found[text.slice(0, equals)] = text.slice(equals + 1);
  }
  return found;
}

function unset(place: Place, name: string): void {
  place.report.note(`${place.path}: ${name} would come from the shell; taken as not set`);
}
