import '@fontsource-variable/inter/wght.css';
import '@fontsource/ibm-plex-mono/500.css';
import { DAY, DUSK, type StageTheme } from '../../viz/theme.ts';
import { stageHits } from '../../viz/stage/hits.ts';
import { stageDisplayList } from '../../viz/stage/display-list.ts';
import { LATE } from '../../viz/stage/late.ts';
import { layoutStage } from '../../viz/stage/layout.ts';
import { paint } from '../../viz/stage/paint.ts';
import type { Situation } from '../../viz/stage/fixtures/build.ts';
import { killStory } from '../../viz/stage/fixtures/story.ts';
import { situations } from '../../viz/stage/fixtures/situations.ts';
import './gallery.css';

/**
 * A page to leaf through situations while drawing: `?s=index` for one, `?s=all` for all of them, `?s=story` for the moving
 * one, `?s=panels` for the instruments. `?s=sheet` draws all situations on one small canvas, to be compared with a
 * recorded one. `w`, `h` and `scale` choose a size, `dusk`, `reduced` and `hover` what they say.
 */
const WIDE = { width: 992, height: 512 };
const COMPACT = { width: 358, height: 382 };

const asked = new URLSearchParams(document.URL.split('?')[1] ?? '');
const main = document.querySelector('main')!;

function nav(): void {
  const list = document.createElement('nav');
  const entries = [
    ...situations.map((s, i) => [String(i), s.name] as const),
    ['all', 'all'] as const,
    ['panels', 'instruments'] as const,
    ['sheet', 'sheet'] as const,
    ['story', 'moving'] as const,
  ];
  for (const [key, name] of entries) {
    const link = document.createElement('a');
    link.href = `?s=${key}`;
    link.textContent = name;
    if ((asked.get('s') ?? '0') === key) link.setAttribute('aria-current', 'page');
    list.append(link);
  }
  main.append(list);
}

interface Box {
  width: number;
  height: number;
}

function frame(theme: StageTheme, size: Box): CanvasRenderingContext2D {
  const figure = document.createElement('figure');
  figure.className = 'pad';
  figure.style.background = theme.paper;
  const canvas = document.createElement('canvas');
  const dpr = window.devicePixelRatio;
  canvas.width = size.width * dpr;
  canvas.height = size.height * dpr;
  canvas.style.width = `${size.width}px`;
  canvas.style.height = `${size.height}px`;
  figure.append(canvas);
  main.append(figure);
  return canvas.getContext('2d')!;
}

function draw(
  ctx: CanvasRenderingContext2D,
  situation: Situation,
  theme: StageTheme,
  size: Box,
  dpr = window.devicePixelRatio,
): void {
  const { view, legs, stretchMs } = situation;
  const layout = layoutStage(view, size);
  const hover = asked.has('hover')
    ? (stageHits(layout).find((hit) => hit.kind === 'container') ?? null)
    : null;
  const list = stageDisplayList({
    view,
    legs,
    t: view.t,
    stretchMs,
    layout,
    late: LATE,
    reducedMotion: asked.has('reduced'),
    highlight: situation.highlight ?? null,
    hover,
  });
  paint(ctx, list, theme, dpr);
}

function still(situation: Situation, sizes: readonly Box[]): void {
  for (const size of sizes) {
    for (const theme of [DAY, DUSK]) draw(frame(theme, size), situation, theme, size);
  }
}

function moving(): void {
  const shots = [WIDE, COMPACT].map((size) => ({ ctx: frame(DAY, size), size }));
  const speed = Number(asked.get('speed') ?? 1);
  const step = (now: number): void => {
    const situation = killStory(asked.has('t') ? Number(asked.get('t')) : (now * speed) % 16_000, speed);
    for (const { ctx, size } of shots) draw(ctx, situation, DAY, size);
    if (!asked.has('t')) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

/** Every situation, made smaller by `scale`, in columns. */
function sheet(size: Box, theme: StageTheme): void {
  const scale = Number(asked.get('scale') ?? 0.5);
  const [w, h] = [size.width * scale, size.height * scale];
  const columns = Math.max(1, Math.floor(1500 / w));
  const place = document.createElement('div');
  place.className = 'sheet';
  place.style.gridTemplateColumns = `repeat(${columns}, ${w}px)`;
  for (const situation of situations) {
    const canvas = document.createElement('canvas');
    canvas.dataset['cell'] = situation.name;
    canvas.width = w;
    canvas.height = h;
    place.append(canvas);
    draw(canvas.getContext('2d')!, situation, theme, size, scale);
  }
  main.append(place);
}

const sizes = asked.has('w')
  ? [{ width: Number(asked.get('w')), height: Number(asked.get('h') ?? 512) }]
  : [WIDE, COMPACT];
const theme = asked.has('dusk') ? DUSK : DAY;
nav();
await Promise.all(
  ['500 14px "Inter Variable"', '700 14px "Inter Variable"', '500 14px "IBM Plex Mono"'].map((font) =>
    document.fonts.load(font),
  ),
);
const chosen = asked.get('s') ?? '0';
if (chosen === 'story') moving();
else if (chosen === 'sheet') sheet(sizes[0]!, theme);
else if (chosen === 'panels') {
  const { showPanels } = await import('./panels.tsx');
  const place = document.createElement('div');
  place.className = 'panels';
  main.append(place);
  showPanels(place, theme === DUSK ? 'dusk' : 'day', sizes[0]!.width);
} else if (chosen === 'all') {
  for (const situation of situations)
    for (const size of sizes.slice(-1)) draw(frame(theme, size), situation, theme, size);
} else still(situations[Number(chosen)] ?? situations[0]!, sizes);
document.body.dataset['ready'] = 'true';
