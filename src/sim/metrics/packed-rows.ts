/** Rows of a block by column: numbers that are all zero take no room, others as few bytes as hold them exactly. */
export interface PackedRows {
  readonly rows: number;
  /** By column: where its numbers begin in `numbers`, and how many bytes each takes; 0 bytes = zero in every row. */
  readonly from: Uint32Array;
  readonly bytesEach: Uint8Array;
  readonly numbers: DataView<ArrayBuffer>;
  /** What it keeps alive. */
  readonly byteLength: number;
}

const BYTE = 0xff;
const SHORT = 0xffff;
const FLOAT_BYTES = 8;

/** Zero takes no room; a zero with a sign is another number. */
export const isNothing = (value: number): boolean => value === 0 && !Object.is(value, -0);

/** Bytes that hold each of the numbers [from, to) exactly. */
function bytesFor(table: Float64Array, from: number, to: number): number {
  let most = 0;
  for (let i = from; i < to; i++) {
    const value = table[i];
    if (isNothing(value)) continue;
    if (value >>> 0 !== value || value === 0) return FLOAT_BYTES;
    if (value > most) most = value;
  }
  return most === 0 ? 0 : most <= BYTE ? 1 : most <= SHORT ? 2 : 4;
}

/** The first `rows` rows of a table column by column, each with room for `room` rows; those not in `used` are all zero. */
export function packRows(table: Float64Array, rows: number, room: number, used: Uint8Array): PackedRows {
  const width = used.length;
  const from = new Uint32Array(width);
  const bytesEach = new Uint8Array(width);
  let length = 0;
  for (let column = 0; column < width; column++) {
    const bytes = used[column] === 0 ? 0 : bytesFor(table, column * room, column * room + rows);
    from[column] = length;
    bytesEach[column] = bytes;
    length += bytes * rows;
  }
  const numbers = new DataView(new ArrayBuffer(length));
  for (let column = 0; column < width; column++) {
    const first = column * room;
    put(numbers, from[column], bytesEach[column], table, first, first + rows);
  }
  return { rows, from, bytesEach, numbers, byteLength: length + from.byteLength + bytesEach.byteLength };
}

/** Puts the numbers [from, to) of a table into `numbers`, from its byte `at` on. */
function put(
  numbers: DataView,
  at: number,
  bytes: number,
  table: Float64Array,
  from: number,
  to: number,
): void {
  // A loop for each width: which it is need not be asked for every number.
  if (bytes === 1) for (let i = from; i < to; i++) numbers.setUint8(at + (i - from), table[i]);
  else if (bytes === 2) for (let i = from; i < to; i++) numbers.setUint16(at + 2 * (i - from), table[i]);
  else if (bytes === 4) for (let i = from; i < to; i++) numbers.setUint32(at + 4 * (i - from), table[i]);
  else if (bytes > 0) for (let i = from; i < to; i++) numbers.setFloat64(at + 8 * (i - from), table[i]);
}

/** One number of a block. */
export function packedCell({ from, bytesEach, numbers }: PackedRows, row: number, column: number): number {
  const bytes = bytesEach[column];
  if (bytes === 0) return 0;
  const at = from[column] + row * bytes;
  if (bytes === 1) return numbers.getUint8(at);
  if (bytes === 2) return numbers.getUint16(at);
  return bytes === 4 ? numbers.getUint32(at) : numbers.getFloat64(at);
}

/** Puts a block's rows back into a table of zeros laid out as the one that they are from, and into `used` which columns it uses. */
export function unpackRows(packed: PackedRows, table: Float64Array, room: number, used: Uint8Array): void {
  for (let column = 0; column < used.length; column++) {
    if (packed.bytesEach[column] === 0) continue;
    used[column] = 1;
    for (let row = 0; row < packed.rows; row++) table[column * room + row] = packedCell(packed, row, column);
  }
}
