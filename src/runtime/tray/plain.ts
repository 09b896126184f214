/**
 * Plain data as numbers in a row: numbers, booleans, null, words, lists, and records of these. Each value begins with a
 * number that says what it is. Words, and the names of a record's fields, are given a number when they are first met; the
 * other side is told of them once, by `learn`. Of a record only the fields that have changed since this place was last
 * written are sent; where none has, the other side passes on the very same one that it had.
 */
export type Plain =
  number | boolean | null | string | readonly Plain[] | { readonly [name: string]: Plain | undefined };

/** What begins with a number from WORD on is the word whose number that is, less WORD. */
const NULL = 0;
const FALSE = 1;
const TRUE = 2;
const NUMBER = 3;
const LIST = 4;
const RECORD = 5;
const SAME = 6;
const CHANGED = 7;
const WORD = 8;

/** Words by number, as one side knows them. */
export interface Words {
  readonly list: string[];
  readonly numbers: Map<string, number>;
  /** Names of fields, by the number of the word that lists them. */
  readonly fields: Map<number, readonly string[]>;
  /** The view that went over last; null = none. */
  view: Plain;
}

export const noWords = (): Words => ({
  list: [],
  numbers: new Map(),
  fields: new Map(),
  view: null,
});

/** Adds what the other side has met. */
export function learn({ list, numbers }: Words, texts: readonly string[]): void {
  for (const text of texts) numbers.set(text, list.push(text) - 1);
}

/** Numbers in a buffer that is followed by a larger one when it is full. */
export class Writer {
  private length = 0;
  /** The fields of the record before, which are mostly those of the next, and the number of the word that lists them. */
  private names: readonly string[] = ['.'];
  private record = -1;
  private numbers: Float64Array<ArrayBuffer>;
  private readonly words: Words;

  constructor(numbers: Float64Array<ArrayBuffer>, words: Words) {
    this.numbers = numbers;
    this.words = words;
  }

  get buffer(): ArrayBuffer {
    return this.numbers.buffer;
  }

  put(number: number): void {
    if (this.length === this.numbers.length) {
      const wider = new Float64Array(2 * this.length);
      wider.set(this.numbers);
      this.numbers = wider;
    }
    this.numbers[this.length++] = number;
  }

  /** `before` is what was written in this place the last time, unless it was something else. */
  write(value: Plain, before: Plain = null): void {
    if (typeof value === 'number') {
      this.put(NUMBER);
      this.put(value);
    } else if (typeof value === 'string') this.put(WORD + this.word(value));
    else if (typeof value === 'boolean') this.put(value ? TRUE : FALSE);
    else if (value === null) this.put(NULL);
    else if (isList(value)) {
      this.put(LIST);
      this.put(value.length);
      const earlier = isList(before) ? before : NONE;
      for (let i = 0; i < value.length; i++) this.write(value[i]!, earlier[i] ?? null);
    } else if (isRecord(before)) this.writeChanged(value, before);
    else this.writeRecord(value);
  }

  private writeRecord(value: PlainRecord): void {
    // A field that is undefined arrives as null.
    const names = Object.keys(value);
    this.put(RECORD);
    if (!isSame(names, this.names)) {
      this.names = names;
      this.record = this.word(names.join());
    }
    this.put(this.record);
    for (const name of names) this.write(value[name] ?? null);
  }

  /** How many fields have changed, and each with its place among them. */
  private writeChanged(value: PlainRecord, before: PlainRecord): void {
    const names = Object.keys(value);
    if (!isSame(names, Object.keys(before))) {
      this.writeRecord(value);
      return;
    }
    const begin = this.length;
    this.put(CHANGED);
    this.put(0);
    let changed = 0;
    for (let i = 0; i < names.length; i++) {
      const is = value[names[i]!] ?? null;
      const was = before[names[i]!] ?? null;
      if (typeof is !== 'object' || is === null) {
        if (Object.is(is, was)) continue;
      } else if (isList(is) && is.length === 0 && isList(was) && was.length === 0) continue;
      const at = this.length;
      this.put(i);
      this.write(is, was);
      // A record in it that is as it was.
      if (this.numbers[at + 1] === SAME) this.length = at;
      else changed++;
    }
    if (changed > 0) this.numbers[begin + 1] = changed;
    else {
      this.length = begin;
      this.put(SAME);
    }
  }

  private word(text: string): number {
    const known = this.words.numbers.get(text);
    if (known === undefined) learn(this.words, [text]);
    return known ?? this.words.list.length - 1;
  }
}

export class Reader {
  private at = 0;
  private readonly numbers: Float64Array;
  private readonly words: Words;

  constructor(numbers: Float64Array, words: Words) {
    this.numbers = numbers;
    this.words = words;
  }

  take(): number {
    return this.numbers[this.at++]!;
  }

  /** `before` is what was read in this place the last time. */
  read(before: Plain = null): Plain {
    const kind = this.take();
    switch (kind) {
      case NULL:
        return null;
      case FALSE:
      case TRUE:
        return kind === TRUE;
      case NUMBER:
        return this.take();
      case LIST: {
        const list: Plain[] = [];
        const earlier = isList(before) ? before : NONE;
        const length = this.take();
        for (let i = 0; i < length; i++) list.push(this.read(earlier[i] ?? null));
        return list;
      }
      case RECORD: {
        const record: Record<string, Plain> = {};
        for (const name of this.fieldsOf(this.take())) record[name] = this.read();
        return record;
      }
      case CHANGED: {
        const earlier = isRecord(before) ? before : NOTHING;
        const record: Record<string, Plain | undefined> = { ...earlier };
        const names = Object.keys(earlier);
        for (let left = this.take(); left > 0; left--) {
          const name = names[this.take()]!;
          record[name] = this.read(earlier[name] ?? null);
        }
        return record;
      }
      case SAME:
        return before;
      default:
        return this.words.list[kind - WORD]!;
    }
  }

  private fieldsOf(word: number): readonly string[] {
    const { list, fields } = this.words;
    let names = fields.get(word);
    if (names === undefined) {
      names = list[word] === '' ? [] : list[word]!.split(',');
      fields.set(word, names);
    }
    return names;
  }
}

const NONE: readonly Plain[] = [];
const NOTHING: PlainRecord = {};

const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value);

type PlainRecord = { readonly [name: string]: Plain | undefined };
const isRecord = (value: Plain): value is PlainRecord =>
  typeof value === 'object' && value !== null && !isList(value);

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
