import type { Container } from './container.ts';
import { UPLOADED } from './items.ts';
import { UPLOADS } from './state.ts';
import { wroteTo } from './store.ts';
import { M } from '../metrics/columns.ts';
import type { World } from './world.ts';

/** Keys that uploads may share; more than a file may ask for. */
const MAX_KEYS = 1 << 20;

/** The key that a user writes, from 0; -1 = every upload has a key of its own. */
const keyOf = (w: World, user: number): number => {
  const keys = w.traffic.uploadKeys;
  return keys === 0 ? -1 : user % keys;
};

/** The object under a key in a place, or -1. What is lost is in no place, and its row is never used again. */
function objectAt(w: World, place: number, key: number): number {
  const i = w.objects.get(place * MAX_KEYS + key) ?? -1;
  return i >= 0 && w.items.place[i] === place ? i : -1;
}

/** Whether a container finds the upload i that a request asks for: this very one, or what its home has under the same key. */
export function findsUpload(w: World, c: Container, i: number): boolean {
  const place = c.homes[UPLOADS];
  const key = w.items.format[i] - 1;
  return key < 0 ? w.items.place[i] === place : objectAt(w, place, key) >= 0;
}

/** At t = 0: an upload that is there already, one under each key. An application without a home for uploads keeps nothing of them. */
export function hasUpload(w: World, user: number, place: number): void {
  const key = keyOf(w, user);
  if (place >= 0 && (key < 0 || objectAt(w, place, key) < 0)) add(w, user, place, w.now, key);
}

/** Request r has brought an upload. Under a key that is there already the one that its home got last stays (S-114). */
export function storeUpload(w: World, r: number, c: Container): void {
  const place = c.homes[UPLOADS];
  if (place < 0) return;
  const q = w.requests;
  const user = q.user[r];
  const key = keyOf(w, user);
  const i = key < 0 ? -1 : objectAt(w, place, key);
  const store = q.store[r];
  const at = store >= 0 && w.stores[store].place === place ? q.reachedAt[r] : w.now;
  if (i < 0) {
    add(w, user, place, at, key);
    return;
  }
  w.metrics.count(M.uploadsStored);
  w.metrics.count(M.uploadsOverwritten);
  const items = w.items;
  const before = items.createdAt[i];
  const wins = at >= before;
  const loser = wins ? items.owner[i] : user;
  // Whoever asks again after a time-out writes the same once more.
  const same = items.owner[i] === user && q.resends[r] > 0;
  if (q.sentAt[r] < before && !same) {
    w.metrics.count(M.uploadsRaced);
    w.journal.add(w.now, 'upload-raced', -1, c.id, loser, q.id[r], wins ? user : items.owner[i]);
  }
  if (!wins) return;
  const row = items.edit(i);
  row.owner[i] = user;
  row.createdAt[i] = at;
  row.usedAt[i] = at;
  wroteTo(w, place);
}

function add(w: World, user: number, place: number, at: number, key: number): void {
  const i = w.items.open(UPLOADED, user, at);
  w.items.edit(i).format[i] = key + 1;
  w.places.put(w.items, i, place);
  if (key >= 0) w.objects.set(place * MAX_KEYS + key, i);
  wroteTo(w, place);
  w.uploads.push(i);
  w.metrics.count(M.uploadsStored);
}
