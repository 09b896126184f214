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
const WORD = 0xffff_ffff;
const FLOAT_BYTES = 8;

/** Bytes that hold this number exactly. */
function bytesFor(value: number): number {
  if (Object.is(value, 0)) return 0;
  if (!Number.isInteger(value) || value < 0 || Object.is(value, -0)) return FLOAT_BYTES;
  return value <= BYTE ? 1 : value <= SHORT ? 2 : value <= WORD ? 4 : FLOAT_BYTES;
}

/** The first `rows` rows of a table that is `width` numbers wide, row by row. */
export function packRows(table: Float64Array, rows: number, width: number): PackedRows {
  const from = new Uint32Array(width);
  const bytesEach = new Uint8Array(width);
  let length = 0;
  for (let column = 0; column < width; column++) {
    let bytes = 0;
    for (let i = column; i < rows * width && bytes < FLOAT_BYTES; i += width)
      bytes = Math.max(bytes, bytesFor(table[i]));
    from[column] = length;
    bytesEach[column] = bytes;
    length += bytes * rows;
  }
  const numbers = new DataView(new ArrayBuffer(length));
  for (let column = 0; column < width; column++) {
    const bytes = bytesEach[column];
    if (bytes === 0) continue;
    for (let row = 0; row < rows; row++)
      put(numbers, from[column] + row * bytes, bytes, table[row * width + column]);
  }
  return { rows, from, bytesEach, numbers, byteLength: length + from.byteLength + bytesEach.byteLength };
}

function put(numbers: DataView, at: number, bytes: number, value: number): void {
  if (bytes === 1) numbers.setUint8(at, value);
  else if (bytes === 2) numbers.setUint16(at, value);
  else if (bytes === 4) numbers.setUint32(at, value);
  else numbers.setFloat64(at, value);
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

/** Puts a block's rows back into a table as wide as the one that they are from. */
export function unpackRows(packed: PackedRows, table: Float64Array): void {
  const width = packed.from.length;
  for (let row = 0; row < packed.rows; row++)
    for (let column = 0; column < width; column++)
      table[row * width + column] = packedCell(packed, row, column);
}
