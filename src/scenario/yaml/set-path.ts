/** Edits one value of a YAML document, named by a path such as `services.app.x-paddock.state.sessions`. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { keyText } from './place.ts';

/** Thrown for a path that leads nowhere. */
export class PathError extends Error {}

/** `a.b."2.0".c` to its keys; a quoted key may hold dots. Throws a PathError. */
export function splitPath(path: string): string[] {
  const keys = [...path.matchAll(/(?:^|\.)(?:"([^"]*)"|([^."]*))(?=\.|$)/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  if (keys.length === 0 || keys.some((key) => key === ''))
    throw new PathError(`'${path}' is not a path: write keys with dots between them`);
  return keys;
}

/**
 * Puts `value` at `keys` (`undefined` removes what is there), making the maps on the way. An alias on the way is replaced
 * by a copy of what it stands for, so that the others that share it keep theirs. Returns the nodes that were made.
 */
export function setPath(document: Document, keys: readonly string[], value: Node | undefined): Node[] {
  const made: Node[] = [];
  if (!isMap(document.contents)) {
    if (document.contents !== null && !(isScalar(document.contents) && document.contents.value === null))
      throw new PathError('the file is not a mapping');
    const root = document.createNode({});
    document.contents = root as Node as typeof document.contents;
    made.push(root);
  }
  let holder: Node = document.contents as unknown as Node;
  let rest = keys;
  while (rest.length > 0) {
    const step = stepInto(document, holder, rest);
    rest = rest.slice(step.used);
    if (rest.length === 0) {
      if (value === undefined) remove(holder, step.key);
      else made.push(...put(document, holder, step, value));
      return made;
    }
    const next = openValue(document, step.value);
    if (next === null) {
      if (value === undefined) return made;
      const map = document.createNode({}) as Node;
      made.push(...put(document, holder, step, map));
      holder = map;
    } else {
      if (next !== step.value) put(document, holder, step, next);
      holder = next;
    }
  }
  return made;
}

interface Step {
  readonly key: string;
  /** How many of the path's keys it took: a key such as `2.0` takes two. */
  readonly used: number;
  readonly value: Node | null;
  readonly pair: Pair<Node | null, Node | null> | null;
}

function stepInto(document: Document, holder: Node, rest: readonly string[]): Step {
  const [key = ''] = rest;
  if (isSeq(holder)) {
    const index = Number(key);
    if (!/^\d+$/.test(key) || index > holder.items.length)
      throw new PathError(`'${key}' is not a place in a list of ${holder.items.length}`);
    return { key, used: 1, value: (holder.items[index] as Node | undefined) ?? null, pair: null };
  }
  if (!isMap(holder)) throw new PathError(`there is nothing under a plain value, so no '${key}'`);
  for (let used = rest.length; used >= 1; used--) {
    const joined = rest.slice(0, used).join('.');
    const pair = pairs(holder).find((candidate) => keyText(candidate.key) === joined);
    if (pair) return { key: joined, used, value: pair.value, pair };
  }
  return { key, used: 1, value: mergedValue(document, holder, key), pair: null };
}

/** A value that the map has only through a merge key. */
function mergedValue(document: Document, map: YAMLMap, key: string): Node | null {
  for (const pair of pairs(map)) {
    if (keyText(pair.key) !== '<<') continue;
    const source = isAlias(pair.value) ? pair.value.resolve(document) : pair.value;
    const found = isMap(source)
      ? pairs(source).find((candidate) => keyText(candidate.key) === key)?.value
      : undefined;
    if (found) return found.clone() as Node;
  }
  return null;
}

/** The map or list to go on in, or null when there is nothing yet. */
function openValue(document: Document, value: Node | null): Node | null {
  if (value === null || (isScalar(value) && value.value === null)) return null;
  if (!isAlias(value)) return value;
  const copy = value.resolve(document)?.clone() as (Node & { anchor?: string }) | undefined;
  if (copy) delete copy.anchor;
  return copy ?? null;
}

function put(document: Document, holder: Node, step: Step, value: Node): Node[] {
  if (isSeq(holder)) {
    (holder as YAMLSeq).items[Number(step.key)] = value;
    return [value];
  }
  if (step.pair) {
    const old = step.pair.value;
    // A comment behind the old value stays with the line.
    if (old?.comment && !value.comment) value.comment = old.comment;
    if (isScalar(old) && isScalar(value) && typeof value.value === 'string' && old.type)
      value.type = old.type;
    step.pair.value = value;
    return [value];
  }
  const pair = document.createPair(step.key, value);
  (holder as YAMLMap).items.push(pair);
  return [pair.key as Node, value];
}

function remove(holder: Node, key: string): void {
  if (isMap(holder)) holder.items = pairs(holder).filter((pair) => keyText(pair.key) !== key);
  else if (isSeq(holder)) holder.items.splice(Number(key), 1);
}

const pairs = (map: YAMLMap): Pair<Node | null, Node | null>[] =>
  map.items as Pair<Node | null, Node | null>[];
