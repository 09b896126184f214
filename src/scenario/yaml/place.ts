/** A value in a compose file, with the path to it and what is needed to complain about it. */
import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap } from 'yaml';
import { interpolate } from './interpolate.ts';
import type { Report } from './report.ts';

export interface Place {
  readonly report: Report;
  readonly document: Document;
  /** As it is written after `--set`: `services.app.x-paddock.boot`. Empty = the file itself. */
  readonly path: string;
  /** Null = nothing is written there. Never an alias. */
  readonly node: Node | null;
  /** Where to point when the value itself has no position: its alias or its key. */
  readonly at: Node | null;
}

export type Scalar = string | number | boolean | null;

/** Reports a problem with a value, named by its path. */
export function complain(place: Place, message: string): void {
  const { node, at, report, path } = place;
  report.problem(path === '' ? message : `${path}: ${message}`, isEmpty(place) ? at : node, at);
}

/** Nothing written, or written as null. */
export function isEmpty({ node }: Place): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

/** The scalar with variables filled in (`${TAG:-1.0}`); undefined when it is a list or a map. */
export function scalarAt(place: Place): Scalar | undefined {
  const { node } = place;
  if (node === null) return null;
  if (!isScalar(node)) return undefined;
  const { value } = node;
  if (typeof value === 'string') return filledIn(value, place);
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** Text of a scalar as it is written: `1.0` stays `1.0` although YAML reads a number. Undefined for lists and maps. */
export function textAt(place: Place): string | undefined {
  const { node } = place;
  if (!isScalar(node) || node.value === null) return undefined;
  if (typeof node.value === 'string') return filledIn(node.value, place);
  return node.source ?? JSON.stringify(node.value);
}

function filledIn(text: string, place: Place): string {
  return interpolate(text, ({ name, demand }) => {
    if (demand === null) place.report.note(`${place.path}: the ${name} variable is not set, taken as empty`);
    else
      complain(
        place,
        `required variable ${name} is missing a value: ${demand}; write a default, e.g. \${${name}:-value}`,
      );
  });
}

export function isMapAt({ node }: Place): boolean {
  return isMap(node);
}

export function isListAt({ node }: Place): boolean {
  return isSeq(node);
}

/**
 * What a map holds, in file order, merge keys (`<<: *default`) resolved: a key of the map itself goes before a merged one.
 * Anything but a map is a problem; nothing at all is an empty map.
 */
export function entriesAt(place: Place): Map<string, Place> {
  const found = new Map<string, Place>();
  if (isEmpty(place)) return found;
  if (!isMap(place.node)) {
    complain(place, 'must be a mapping (key: value)');
    return found;
  }
  collect(place, place.node, found);
  return found;
}

/** What a list holds. Anything but a list is a problem; nothing at all is an empty list. */
export function itemsAt(place: Place): Place[] {
  if (isEmpty(place)) return [];
  if (!isSeq(place.node)) {
    complain(place, 'must be a list');
    return [];
  }
  return place.node.items.map((item, i) => child(place, String(i), item as Node | null, null));
}

/** A place under `parent`, following an alias. */
function child(parent: Place, key: string, value: Node | null, keyNode: Node | null): Place {
  const path = parent.path === '' ? key : `${parent.path}.${key}`;
  const node = isAlias(value) ? (value.resolve(parent.document) ?? null) : value;
  if (isAlias(value) && node === null)
    parent.report.problem(`nothing above is marked &${value.source}; write it out, or mark it`, value);
  return {
    report: parent.report,
    document: parent.document,
    path,
    node,
    at: isAlias(value) ? value : (keyNode ?? parent.at),
  };
}

function collect(place: Place, map: YAMLMap, found: Map<string, Place>): void {
  const merged: Node[] = [];
  for (const pair of map.items as Pair<Node | null, Node | null>[]) {
    const key = keyText(pair.key);
    if (key === '<<') merged.push(...mergeSources(pair.value, place));
    else if (!found.has(key)) found.set(key, child(place, key, pair.value, pair.key));
  }
  for (const source of merged) if (isMap(source)) collect(place, source, found);
}

function mergeSources(value: Node | null, { document }: Place): Node[] {
  const resolved = isAlias(value) ? value.resolve(document) : value;
  const list = isSeq(resolved) ? (resolved.items as Node[]) : resolved ? [resolved as Node] : [];
  return list.flatMap((item) => {
    const source = isAlias(item) ? item.resolve(document) : item;
    return source ? [source as Node] : [];
  });
}

/** A key as written: `1.0` stays `1.0`. */
export function keyText(key: unknown): string {
  if (!isScalar(key)) return String(key);
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}
