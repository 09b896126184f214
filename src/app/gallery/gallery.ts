import '@fontsource-variable/inter/wght.css';
import '@fontsource/ibm-plex-mono/500.css';
import { DAY, DUSK, type StageTheme } from '../../viz/theme.ts';
import { stageHits } from '../../viz/stage/hits.ts';
import { stageDisplayList } from '../../viz/stage/display-list.ts';
import { layoutStage } from '../../viz/stage/layout.ts';
import { paint } from '../../viz/stage/paint.ts';
import type { Situation } from '../../viz/stage/fixtures/build.ts';
import { killStory } from '../../viz/stage/fixtures/story.ts';
import { situations } from '../../viz/stage/fixtures/situations.ts';
import { axisSvg } from './axis-svg.ts';
import './gallery.css';

/**
 * A page to leaf through situations while drawing: `?s=index` for one, `?s=all` for a sheet, `?s=story` for the moving
 * one. `w` and `h` choose a size, `dusk`, `reduced` and `hover` what they say.
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
    ['axis', 'time axis'] as const,
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

function draw(ctx: CanvasRenderingContext2D, situation: Situation, theme: StageTheme, size: Box): void {
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
    reducedMotion: asked.has('reduced'),
    highlight: situation.highlight ?? null,
    hover,
  });
  paint(ctx, list, theme, window.devicePixelRatio);
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

function axes(): void {
  for (const theme of [DAY, DUSK]) {
    for (const [width, burst] of [
      [992, 1],
      [992, 12],
      [358, 3],
    ] as const) {
      const figure = document.createElement('figure');
      figure.className = 'pad';
      figure.style.background = theme.paper;
      figure.innerHTML = axisSvg(theme, width, burst);
      main.append(figure);
    }
  }
}

const sizes = asked.has('w')
  ? [{ width: Number(asked.get('w')), height: Number(asked.get('h') ?? 512) }]
  : [WIDE, COMPACT];
nav();
await document.fonts.load('500 14px "Inter Variable"');
if (asked.get('s') === 'story') moving();
else if (asked.get('s') === 'axis') axes();
else if (asked.get('s') === 'all') {
  const theme = asked.has('dusk') ? DUSK : DAY;
  for (const situation of situations)
    for (const size of sizes.slice(-1)) draw(frame(theme, size), situation, theme, size);
} else still(situations[Number(asked.get('s') ?? 0)] ?? situations[0]!, sizes);
document.body.dataset['ready'] = 'true';
