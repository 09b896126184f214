import { describe, expect, it } from 'vitest';
import { copyContainer, newContainer } from './container.ts';
import { Places } from './places.ts';
import { emptyList } from './requests.ts';
import { copyServer, newServer } from './server.ts';

/** A row with another value in each of its fields; lists of requests stay lists. */
const unlike = <T extends object>(row: T): T =>
  Object.fromEntries(
    Object.entries(row).map(([key, value], i) => [
      key,
      value !== null && typeof value === 'object' && 'tail' in value
        ? { head: i, tail: i + 1, length: i + 2 }
        : `another ${key}`,
    ]),
  ) as T;

describe('a checkpoint copies every field', () => {
  it('of a container, whose lists stay its own', () => {
    const from = unlike(newContainer(7, 1, 2, 'shop-app-2', 0));
    const to = newContainer(0, 0, 0, '', 0);
    const { work, backlog } = to;
    copyContainer(to, from);
    expect(to).toEqual(from);
    expect([to.work === work, to.backlog === backlog]).toEqual([true, true]);
    expect(work).not.toEqual(emptyList());
  });

  it('of a server, whose queue stays its own', () => {
    const from = unlike(newServer(7, 1, 2));
    const to = newServer(0, 0, 0);
    const { queue } = to;
    copyServer(to, from);
    expect(to).toEqual(from);
    expect(to.queue).toBe(queue);
  });

  it('of a place, into one that is there or a new one, and forgets those that have ended', () => {
    const places = new Places();
    const first = places.open('volume', -1, 'data', 2);
    places.open('process', 5);
    const change = (serial: number): void => {
      Object.assign(places.get(serial)!, { head: 4, tail: 3, sessions: 8, uploads: 1, records: 6, lines: 9 });
    };
    change(first);
    const before = structuredClone([...places.all]);
    const other = new Places();
    for (let i = 0; i < 3; i++) other.open('layer', i);
    const saved = places.save(other.save().all);
    expect(saved.all).toEqual(before.map(([, place]) => place));

    change(first + 1);
    places.open('client', 0);
    places.load(saved);
    expect([...places.all]).toEqual(before);
    const fresh = new Places();
    fresh.load(saved);
    expect([...fresh.all]).toEqual(before);
    expect(fresh.open('process', 0)).toBe(first + 2);
  });
});
