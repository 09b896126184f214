/** Rows as a tool prints them: columns three spaces apart, each as wide as its longest cell; the first row is the head. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)) + 3);
  const line = (row: readonly string[]): string => row.map((cell, i) => cell.padEnd(widths[i])).join('');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}
