import type { HerdView } from '../../../sim/view.ts';
import type { HostPlace, StallPlace, StorePlace } from '../placed.ts';
import { type Track, makeTrack } from '../track.ts';

/** Ways from the stalls' right side along one bus to every store: by store id, then container id. */
export function placeWires(
  view: HerdView,
  stalls: readonly StallPlace[],
  hosts: readonly HostPlace[],
  stores: readonly StorePlace[],
  busX: number,
): Map<number, Map<number, Track>> {
  const wires = new Map<number, Map<number, Track>>();
  const exits = stalls.map((stall) => exitOf(view, stall, hosts));
  for (const store of stores) {
    const byContainer = new Map<number, Track>();
    const byExit = new Map<number, Track>();
    const storeY = entryOf(store);
    stalls.forEach(({ id }, i) => {
      const { x, y } = exits[i]!;
      // One number for both: nobody leaves at the same place of another fence.
      const key = x * 65_536 + y;
      let track = byExit.get(key);
      if (track === undefined) {
        track = wire(x, y, busX, store.box.x, storeY);
        byExit.set(key, track);
      }
      byContainer.set(id, track);
    });
    wires.set(store.id, byContainer);
  }
  return wires;
}

const wire = (x: number, y: number, busX: number, storeX: number, storeY: number): Track =>
  makeTrack(
    [
      [x, y],
      [busX, y],
      [busX, storeY],
      [storeX, storeY],
    ],
    12,
  );

const entryOf = (store: StorePlace): number => store.box.y + (store.size === 'line' ? store.box.h / 2 : 58);

/** From a column of stalls each has its own exit; from a grid all leave where their fence ends. */
function exitOf(view: HerdView, stall: StallPlace, hosts: readonly HostPlace[]): { x: number; y: number } {
  const hostId = view.containers[stall.index]!.host;
  const fence = (
    hosts.length === 1
      ? hosts[0]!
      : (hosts.find((host) => view.hosts[host.index]?.id === hostId) ?? hosts[0]!)
  ).box;
  if (stall.label.side === 'right') return { x: fence.x + fence.w - 12, y: stall.gate.y };
  return { x: fence.x + fence.w, y: fence.y + fence.h / 2 };
}
