/** A point of a curve that keeps its height until the next one; a height that is `NaN` breaks the curve. */
export type Point = readonly [x: number, y: number];

const fixed = (value: number): number => Math.round(value * 100) / 100;

/** A staircase as an SVG path: along to each point, then up or down to it. */
export function stepPath(points: readonly Point[]): string {
  let path = '';
  let open = false;
  for (const [x, y] of points) {
    if (Number.isNaN(y)) open = false;
    else {
      path += open ? `H${fixed(x)}V${fixed(y)}` : `M${fixed(x)} ${fixed(y)}`;
      open = true;
    }
  }
  return path;
}

/** Between two staircases over the same places: where either is `NaN` there is nothing. */
export function stepBand(rows: readonly (readonly [x: number, low: number, high: number])[]): string {
  let path = '';
  let run: (readonly [x: number, low: number, high: number])[] = [];
  const close = (): void => {
    const back = run.slice(0, -1).toReversed();
    if (run.length > 0)
      path += `${stepPath(run.map(([x, , high]) => [x, high]))}${back.map(([x, low]) => `V${fixed(low)}H${fixed(x)}`).join('')}Z`;
    run = [];
  };
  for (const row of rows) {
    if (Number.isNaN(row[1] + row[2])) close();
    else run.push(row);
  }
  close();
  return path;
}
