/** Small things to remember on this machine. A sandboxed frame has no storage: there they are remembered until the page goes. */

export interface Memory {
  /** Null when nothing was kept under this key. */
  read(key: string): string | null;
  write(key: string, value: string): void;
}

/** Keys are kept apart from those of other apps on the same origin by `prefix`. */
export function browserMemory(prefix: string): Memory {
  const fallback = new Map<string, string>();
  const storage = reachStorage();
  return {
    read(key) {
      try {
        return storage?.getItem(prefix + key) ?? fallback.get(key) ?? null;
      } catch {
        return fallback.get(key) ?? null;
      }
    },
    write(key, value) {
      fallback.set(key, value);
      try {
        storage?.setItem(prefix + key, value);
      } catch {
        // Full or forbidden: the fallback holds it for as long as the page lives.
      }
    },
  };
}

function reachStorage(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
