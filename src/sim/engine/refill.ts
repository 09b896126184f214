/** Makes a list the same as another; it stays the list that it is, and without holes. */
export function refill<T>(list: T[], saved: readonly T[]): void {
  const n = Math.min(list.length, saved.length);
  list.length = n;
  for (let i = 0; i < n; i++) list[i] = saved[i];
  for (let i = n; i < saved.length; i++) list.push(saved[i]);
}
