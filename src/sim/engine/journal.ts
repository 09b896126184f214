import { AppendLog, type SavedLog } from './append-log.ts';
import { ENTRY_KINDS, type EntryKind } from './journal-entry.ts';
import { refill } from './refill.ts';

/** Words of a row. */
const T = 0;
const KIND = 1;
const CAUSE = 2;
const CONTAINER = 3;
const USER = 4;
const REQUEST = 5;
/** A number whose meaning the kind gives (exit code, failure cause, count …). */
const DETAIL = 6;
const TEXT = 7;
const WIDTH = 8;

const CODE = new Map(ENTRY_KINDS.map((kind, code) => [kind, code]));

export interface RawEntry {
  readonly id: number;
  readonly t: number;
  readonly kind: EntryKind;
  readonly cause: number;
  readonly container: number;
  readonly user: number;
  readonly request: number;
  readonly detail: number;
  /** Words kept with the entry, or ''. */
  readonly text: string;
}

export interface SavedJournal {
  readonly rows: SavedLog<Float64Array>;
  readonly texts: readonly string[];
}

/** Append-only record of what went wrong or changed, each with its cause. Sentences are made when read, not when written. */
export class Journal {
  private readonly rows = new AppendLog<Float64Array>((n) => new Float64Array(n), WIDTH);
  private readonly texts: string[] = [];

  get length(): number {
    return this.rows.length;
  }

  /** Returns the entry's number, to be given as the cause of what follows from it. */
  add(
    t: number,
    kind: EntryKind,
    cause: number,
    container: number,
    user = -1,
    request = -1,
    detail = 0,
    text = '',
  ): number {
    const i = this.rows.add();
    const row = this.rows.chunk(i);
    const o = this.rows.offset(i);
    row[o + T] = t;
    row[o + KIND] = CODE.get(kind) ?? 0;
    row[o + CAUSE] = cause;
    row[o + CONTAINER] = container;
    row[o + USER] = user;
    row[o + REQUEST] = request;
    row[o + DETAIL] = detail;
    row[o + TEXT] = -1;
    if (text !== '') {
      row[o + TEXT] = this.texts.length;
      this.texts.push(text);
    }
    return i;
  }

  read(i: number): RawEntry {
    const row = this.rows.chunk(i);
    const o = this.rows.offset(i);
    const text = row[o + TEXT];
    return {
      id: i,
      t: row[o + T],
      kind: ENTRY_KINDS[row[o + KIND]],
      cause: row[o + CAUSE],
      container: row[o + CONTAINER],
      user: row[o + USER],
      request: row[o + REQUEST],
      detail: row[o + DETAIL],
      text: text < 0 ? '' : this.texts[text],
    };
  }

  save(): SavedJournal {
    return { rows: this.rows.save(), texts: this.texts.slice() };
  }

  load(saved: SavedJournal): void {
    this.rows.load(saved.rows);
    refill(this.texts, saved.texts);
  }
}
