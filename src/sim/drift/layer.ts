import type { Container } from '../model/container.ts';
import { SESSION, UPLOADED } from '../model/items.ts';
import { pathOf } from '../model/volumes.ts';
import type { World } from '../model/world.ts';

/**
 * What `docker diff` prints (S-24): paths of the writable layer that were added, changed or deleted since the container was
 * created, and the directories above them as changed. The image's own runtime files are there from the first start on.
 */
export function layerDiff(w: World, c: Container): string[] {
  const rows = new Map<string, string>();
  const note = (path: string, letter: string): void => {
    let at = '';
    for (const part of path.split('/').slice(1, -1)) {
      at += `/${part}`;
      if (!rows.has(at)) rows.set(at, 'C');
    }
    rows.set(path, letter);
  };
  if (c.startedAt >= 0 && !w.services[c.service].def.readOnly)
    note(`/run/${w.services[c.service].def.name}.pid`, 'A');
  const files = [
    [SESSION, pathOf(w.app.paths, 'sessions')],
    [UPLOADED, pathOf(w.app.paths, 'uploads')],
  ] as const;
  for (const place of c.layerPlaces)
    for (let i = w.places.get(place)?.head ?? -1; i >= 0; i = w.items.next[i])
      for (const [kind, directory] of files) if (w.items.kind[i] === kind) note(`${directory}/${i + 1}`, 'A');
  for (const [path, edit] of c.edits) note(path, edit.letter);
  return [...rows.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, letter]) => `${letter} ${path}`);
}

/** Paths that somebody changed by hand: what the metric counts. */
export const handEdits = (c: Container): string[] =>
  [...c.edits].map(([path, edit]) => `${edit.letter} ${path}`).sort();
