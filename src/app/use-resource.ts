/** Something that must be closed again, held for as long as a component is on the page. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';

interface Slot<T> {
  readonly held: T | null;
}

/** Opens anew when `open` changes. Null for the moment before the first is there. */
export function useResource<T extends { close(): void }>(open: () => T): T | null {
  const [slot] = useState((): StoreApi<Slot<T>> => createStore<Slot<T>>(() => ({ held: null })));
  useEffect(() => {
    const held = open();
    slot.setState({ held });
    return () => held.close();
  }, [open, slot]);
  return useStore(slot, ({ held }) => held);
}
