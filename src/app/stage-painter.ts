/** The stage's picture as the host wants it: lays out, lists, paints. Works on either kind of canvas, in either thread. */
import type { CreatePainter, Painting } from '../runtime/painter.ts';
import type { StageSize } from '../runtime/protocol.ts';
import { legWindow, stageDisplayList, type StageInput } from '../viz/stage/display-list.ts';
import { stageHits } from '../viz/stage/hits.ts';
import type { StageLayout } from '../viz/stage/layout.ts';
import { createLayouter } from '../viz/stage/layouter.ts';
import type { Late } from '../viz/stage/late.ts';
import { paint, type StageContext } from '../viz/stage/paint.ts';
import { croppedStill, STILL_SIZE, stillScale, withoutWords } from '../viz/stage/still.ts';
import { DAY, DUSK } from '../viz/theme.ts';

export const createStagePainter: CreatePainter = (canvas, size, look) => {
  const context = canvas.getContext('2d', { alpha: false }) as StageContext | null;
  let box = size;
  let as = look;
  let told: StageLayout | null = null;
  let late: Late | null = null;
  let fetching = false;
  let last: Painting | null = null;
  const layoutOf = createLayouter();

  function fit(): void {
    canvas.width = Math.max(1, Math.round(box.width * box.dpr));
    canvas.height = Math.max(1, Math.round(box.height * box.dpr));
  }

  /** After the first picture, which is drawn again: time may stand still by then. */
  function fetchLate(): void {
    if (fetching) return;
    fetching = true;
    void import('../viz/stage/late.ts').then(({ LATE }) => {
      late = LATE;
      if (last) show(last);
    });
  }

  function show(painting: Painting): StageLayout {
    const { view, legs, t, stretchMs } = painting;
    last = painting;
    const plain = box.plain === true;
    const layout = layoutOf(view, plain ? STILL_SIZE : box, as.camera?.z);
    const { reducedMotion, highlight, hover } = as;
    const at = as.camera && { ...as.camera, scale: as.camera.z / layout.room };
    const window = at && windowOf(layout, box, at);
    const list = stageDisplayList({
      view,
      legs,
      t,
      stretchMs,
      layout,
      late,
      reducedMotion,
      highlight,
      hover,
      window,
    });
    const colours = as.theme === 'dusk' ? DUSK : DAY;
    if (context && plain)
      paint(context, croppedStill(withoutWords(list)), colours, box.dpr * stillScale(box.width));
    else if (context) paint(context, list, colours, box.dpr, at);
    if (late === null) fetchLate();
    return layout;
  }

  fit();
  return {
    resize(next) {
      box = next;
      fit();
    },
    look(next) {
      as = next;
    },
    legWindow,
    draw(painting) {
      const layout = show(painting);
      // A layout that has not changed has its places where they were.
      if (layout === told) return null;
      told = layout;
      return stageHits(layout);
    },
  };
};

/** What is seen of a layout drawn `scale` times as large, in stage units. */
function windowOf(
  { origin, scale: unit }: StageLayout,
  { width, height }: StageSize,
  { x, y, scale }: { readonly x: number; readonly y: number; readonly scale: number },
): NonNullable<StageInput['window']> {
  const px = scale * unit;
  return { x: x / px - origin.x / unit, y: y / px - origin.y / unit, w: width / px, h: height / px };
}
