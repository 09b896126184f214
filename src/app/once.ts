/** Makes something at the first call, and gives the same thing at every later one. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}
