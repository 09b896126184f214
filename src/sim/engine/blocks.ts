import { BLOCK_BITS, type Column, copyPage, type Even, type Page, pagesOf, putPage } from './pages.ts';

/** Spare copies of one kind that are kept at most: what a checkpoint of a very large herd takes, and half as much again. */
const MOST = 320;
const ROWS = 1 << BLOCK_BITS;

/**
 * Copies of tables that nobody shares, and the room for them. What a forgotten checkpoint had is written over by the next one:
 * fresh memory costs more than to copy into it, and calls for a collection of all the rest.
 */
export class Blocks {
  /** By kind of number. */
  private readonly spares = new Map<unknown, Column[]>();
  private made: Page[] = [];

  /** The first `rows` rows of some columns. */
  copy(columns: readonly Column[], rows: number, even?: Even): readonly Page[] {
    const pages = Array.from({ length: pagesOf(rows, BLOCK_BITS) }, (_, p) =>
      copyPage(columns, rows, p, BLOCK_BITS, (column, from, to) => this.slice(column, from, to), even),
    );
    this.made.push(...pages);
    return pages;
  }

  /** All that was copied since the last call: what the checkpoint that is being made has to itself. */
  takeMade(): readonly Page[] {
    const made = this.made;
    this.made = [];
    return made;
  }

  put(columns: readonly Column[], pages: readonly Page[]): void {
    pages.forEach((page, p) => putPage(columns, p, page, BLOCK_BITS));
  }

  /** Nobody will look at these copies again. */
  recycle(pages: readonly Page[]): void {
    for (const { columns } of pages)
      for (const column of columns)
        if (typeof column !== 'number' && column.length === ROWS) {
          const spares = this.of(column);
          if (spares.length < MOST) spares.push(column);
        }
  }

  private slice(column: Column, from: number, to: number): Column {
    // A large table's last block has room for all rows too, so that any other can be written over it.
    if (column.length < ROWS) return column.slice(from, to);
    const room = this.of(column).pop() ?? new (column.constructor as new (n: number) => Column)(ROWS);
    room.set(column.subarray(from, to));
    return room;
  }

  private of({ constructor }: Column): Column[] {
    const found = this.spares.get(constructor) ?? [];
    this.spares.set(constructor, found);
    return found;
  }
}
