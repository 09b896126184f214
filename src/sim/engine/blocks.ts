import { BLOCK_BITS, type Column, copyPage, type Page, pagesOf, putPage } from './pages.ts';

/** Spare copies of one kind that are kept at most: what a checkpoint of a very large herd takes, and half as much again. */
const MOST = 192;

/**
 * Copies of tables that nobody shares, and the room for them. What a forgotten checkpoint had is written over by the next one:
 * fresh memory costs more than to copy into it, and calls for a collection of all the rest.
 */
export class Blocks {
  /** By kind of number. */
  private readonly spares = new Map<unknown, Column[]>();

  /** The first `rows` rows of some columns. */
  copy(columns: readonly Column[], rows: number): readonly Page[] {
    return Array.from({ length: pagesOf(rows, BLOCK_BITS) }, (_, p) =>
      copyPage(columns, p, BLOCK_BITS, (column, from, to) => this.slice(column, from, to)),
    );
  }

  put(columns: readonly Column[], pages: readonly Page[]): void {
    pages.forEach((page, p) => putPage(columns, p, page, BLOCK_BITS));
  }

  /** Nobody will look at these copies again. */
  recycle(pages: readonly Page[]): void {
    for (const { columns } of pages)
      for (const column of columns)
        if (typeof column !== 'number' && column.length === 1 << BLOCK_BITS) {
          const spares = this.of(column);
          if (spares.length < MOST) spares.push(column);
        }
  }

  private slice(column: Column, from: number, to: number): Column {
    const spare = to - from === 1 << BLOCK_BITS ? this.of(column).pop() : undefined;
    if (spare === undefined) return column.slice(from, to);
    spare.set(column.subarray(from, to));
    return spare;
  }

  private of({ constructor }: Column): Column[] {
    const found = this.spares.get(constructor) ?? [];
    this.spares.set(constructor, found);
    return found;
  }
}
