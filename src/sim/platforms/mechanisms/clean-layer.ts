import type { Container } from '../../model/container.ts';
import { endPlace } from '../../model/state.ts';
import type { World } from '../../model/world.ts';

/** The writable layer is emptied before the process is started again: what it held is lost (S-68). */
export function cleanLayer(w: World, c: Container): void {
  for (const place of c.layerPlaces) c.lostSessions += endPlace(w, place, c.entry);
  c.layerPlaces = [];
  c.edits = new Map();
}
