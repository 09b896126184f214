/** Makes a list the same as another; it stays the list that it is, and without holes. */
export function refill<T>(list: T[], saved: readonly T[]): void {
  const n = Math.min(list.length, saved.length);
  list.length = n;
  for (let i = 0; i < n; i++) list[i] = saved[i];
  for (let i = n; i < saved.length; i++) list.push(saved[i]);
}

/**
 * Makes the rows of a list like those of another, and as many. `copy` writes to a row that is there, or to a `fresh` one,
 * field by field: for the 1,000 containers of a checkpoint `Object.assign` takes ten times as long, and new objects
 * for each checkpoint would be the collector's work.
 */
export function mirror<T>(
  rows: T[],
  those: readonly T[],
  fresh: (row: T) => T,
  copy: (to: T, from: T) => void,
): T[] {
  rows.length = Math.min(rows.length, those.length);
  those.forEach((row, i) => copy((rows[i] ??= fresh(row)), row));
  return rows;
}

/** What a copy function writes to: all of it, what nobody else may change too. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };
