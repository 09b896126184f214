import { axisLayout } from '../../viz/axis/axis.ts';
import { FONTS, type StageTheme } from '../../viz/theme.ts';

/** The time axis of the kill, as plain SVG text: enough to judge its layout by. */
export function axisSvg(theme: StageTheme, width: number, burst: number): string {
  const bins = 600;
  const counts = (...pairs: (readonly [number, number])[]): Float64Array => {
    const all = new Float64Array(bins);
    for (const [bin, count] of pairs) all[bin] = count;
    return all;
  };
  const axis = axisLayout({
    width,
    fromMs: 0,
    toMs: 60_000,
    nowMs: burst > 1 ? 34_000 : 12_400,
    failed: counts(
      [118, 2 * burst],
      [121, burst],
      ...(burst > 1
        ? ([
            [240, 3],
            [252, 9],
          ] as const)
        : []),
    ),
    lost: counts([118, 13], ...(burst > 1 ? ([[250, 7]] as const) : [])),
    missed: burst > 1 ? counts([160, 5], [190, 2]) : counts(),
    bins,
    commands: [
      { at: 11_800, line: 'docker kill shop-app-2' },
      ...(burst > 1
        ? [
            { at: 13_000, line: 'docker compose up -d --scale app=5' },
            { at: 25_000, line: 'docker service update --image shop:2.0 shop_app' },
          ]
        : []),
    ],
  });
  const rows = [axis.rows.failed, axis.rows.lost, ...(axis.rows.missed ? [axis.rows.missed] : [])];
  const text = (x: number, y: number, words: string, more = ''): string =>
    `<text x="${x}" y="${y}" font-size="14" font-weight="500" fill="${theme.ink}" ${more}>${words}</text>`;
  const parts = [
    ...rows.map(
      (row) =>
        text(row.label.x, row.label.y, row.label.text, 'font-weight="600"') +
        `<line x1="${axis.x0}" x2="${axis.x1}" y1="${row.y}" y2="${row.y}" stroke="${theme.hair}"/>`,
    ),
    `<line x1="${axis.past.x2}" x2="${axis.x1}" y1="${axis.axisY}" y2="${axis.axisY}" stroke="${theme.rail}" stroke-width="1.5"/>`,
    `<line x1="${axis.past.x1}" x2="${axis.past.x2}" y1="${axis.axisY}" y2="${axis.axisY}" stroke="${theme.ink}" stroke-width="5"/>`,
    ...axis.ticks.map(
      (tick) =>
        `<line x1="${tick.x}" x2="${tick.x}" y1="${axis.axisY - (tick.major ? 6 : 4)}" y2="${axis.axisY + (tick.major ? 6 : 4)}" stroke="${theme.ink}" stroke-width="1.5"/>` +
        (tick.label ? text(tick.x, axis.axisY + 22, tick.label, `text-anchor="${tick.anchor}"`) : ''),
    ),
    ...axis.failed.marks.map(
      (mark) =>
        `<rect x="${mark.x}" y="${mark.y}" width="${mark.w}" height="${mark.h}" fill="${theme.red}"/>`,
    ),
    ...[axis.lost, ...(axis.missed ? [axis.missed] : [])].map(
      (step) =>
        `<path d="${step.d}" fill="none" stroke="${theme.red}" stroke-width="3"/>` +
        text(step.label.x, step.label.y, String(step.total), 'font-weight="700"'),
    ),
    ...axis.flags.map(
      ({ x, label }) =>
        `<line x1="${x}" x2="${x}" y1="${label ? label.y + label.h / 2 : 14}" y2="${axis.flagFoot}" stroke="${theme.ink}" stroke-width="1.5"/>` +
        `<circle cx="${x}" cy="${axis.flagFoot}" r="6" fill="${theme.paper}" stroke="${theme.ink}" stroke-width="3"/>`,
    ),
    ...axis.flags.flatMap(({ label }) =>
      label
        ? [
            `<rect x="${label.x}" y="${label.y}" width="${label.w}" height="${label.h}" rx="2" fill="${theme.ink}"/>` +
              `<text x="${label.x + 12}" y="${label.y + 17}" font-size="13" fill="${theme.onInk}" style="font-family:'IBM Plex Mono',monospace">${label.text}</text>`,
          ]
        : [],
    ),
    `<path d="M${axis.playhead.x} ${axis.playhead.y1}V${axis.playhead.y2}" stroke="${theme.ink}" stroke-width="2"/>`,
    `<path d="${axis.playhead.path}" fill="${theme.ink}"/>`,
  ];
  return `<svg width="${width}" height="${axis.height}" style='display:block;font-family:${FONTS.sans}'>${parts.join('')}</svg>`;
}
