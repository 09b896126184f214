import type { Sealed } from '../engine/pages.ts';
import type { Writable } from '../engine/refill.ts';
import type { Items } from './items.ts';
import { RECORD, SESSION, UPLOADED } from './items.ts';

/** What a place ends with. `volume` and `store` end by themselves (host lost, `down -v`, wiped); `client` never does. */
export type Bound = 'process' | 'layer' | 'volume' | 'store' | 'client';

/** Where bytes live. Survival (table A2) is nothing but the ends of places. */
export interface Place {
  readonly serial: number;
  readonly bound: Bound;
  /** Container or store that it belongs to; -1 = nobody. An anonymous volume may be handed on (S-38). */
  owner: number;
  /** Name of the volume, or ''. */
  readonly label: string;
  /** -1 = on no host of the herd: on the network, with a store elsewhere, with the client. */
  readonly host: number;
  /** Its items in a list: the newest first, or the one used last where its store keeps that order. */
  head: number;
  tail: number;
  sessions: number;
  uploads: number;
  records: number;
  /** Log lines that exist nowhere else. */
  lines: number;
}

const newPlace = (serial: number, bound: Bound, owner: number, label: string, host: number): Place => ({
  serial,
  bound,
  owner,
  label,
  host,
  head: -1,
  tail: -1,
  sessions: 0,
  uploads: 0,
  records: 0,
  lines: 0,
});

const blankPlace = ({ serial, bound, owner, label, host }: Place): Place =>
  newPlace(serial, bound, owner, label, host);

function copyPlace(to: Writable<Place>, from: Place): void {
  to.serial = from.serial;
  to.bound = from.bound;
  to.owner = from.owner;
  to.label = from.label;
  to.host = from.host;
  to.head = from.head;
  to.tail = from.tail;
  to.sessions = from.sessions;
  to.uploads = from.uploads;
  to.records = from.records;
  to.lines = from.lines;
}

export interface SavedPlaces {
  readonly all: Place[];
  readonly serial: number;
}

export class Places {
  readonly all = new Map<number, Place>();
  private serial = 0;

  open(bound: Bound, owner: number, label = '', host = 0): number {
    const serial = ++this.serial;
    this.all.set(serial, newPlace(serial, bound, owner, label, host));
    return serial;
  }

  get(serial: number): Place | undefined {
    return this.all.get(serial);
  }

  /** Puts an item into a place that exists. */
  put(items: Sealed<Items>, i: number, serial: number): void {
    const place = this.all.get(serial);
    if (place === undefined) throw new Error(`place ${serial} has ended`);
    items.edit(i).place[i] = serial;
    this.link(items, place, i);
    this.tally(place, items.kind[i], 1);
  }

  /** An item was used: nobody's use is later. */
  touch(items: Sealed<Items>, i: number, now: number): void {
    const place = this.all.get(items.place[i]);
    items.edit(i).usedAt[i] = now;
    if (place === undefined || place.head === i) return;
    this.unlink(items, place, i);
    this.link(items, place, i);
  }

  private link(items: Sealed<Items>, place: Place, i: number): void {
    const row = items.edit(i);
    row.prev[i] = -1;
    row.next[i] = place.head;
    if (place.head >= 0) items.edit(place.head).prev[place.head] = i;
    else place.tail = i;
    place.head = i;
  }

  remove(items: Sealed<Items>, i: number): void {
    const place = this.all.get(items.place[i]);
    items.edit(i).place[i] = -1;
    if (place === undefined) return;
    this.unlink(items, place, i);
    this.tally(place, items.kind[i], -1);
  }

  private unlink(items: Sealed<Items>, place: Place, i: number): void {
    const before = items.prev[i];
    const after = items.next[i];
    if (before >= 0) items.edit(before).next[before] = after;
    else place.head = after;
    if (after >= 0) items.edit(after).prev[after] = before;
    else place.tail = before;
  }

  private tally(place: Place, kind: number, by: number): void {
    if (kind === SESSION) place.sessions += by;
    else if (kind === UPLOADED) place.uploads += by;
    else if (kind === RECORD) place.records += by;
  }

  /** `room` has the places of a saved state that nobody needs any more. */
  save(room: Place[] = []): SavedPlaces {
    let n = 0;
    for (const place of this.all.values()) copyPlace((room[n++] ??= blankPlace(place)), place);
    room.length = n;
    return { all: room, serial: this.serial };
  }
  load({ all, serial }: SavedPlaces): void {
    const there = new Map(this.all);
    this.all.clear();
    for (const saved of all) {
      const place = there.get(saved.serial) ?? blankPlace(saved);
      copyPlace(place, saved);
      this.all.set(saved.serial, place);
    }
    this.serial = serial;
  }
}
