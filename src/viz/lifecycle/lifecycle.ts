/** The life of a container as a picture: phases as boxes, events as arrows, every container as its ear tag in its phase. */
import type { Phase } from '../../sim/view.ts';

export interface LifecycleInput {
  /** Events that lead out of each phase, and where to: the statechart. */
  readonly transitions: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly containers: readonly { readonly id: number; readonly number: number; readonly phase: Phase }[];
  /** Id of the container whose ways on are to be shown; null = none. */
  readonly chosen: number | null;
}

export interface PhaseBox {
  readonly phase: Phase;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly tags: readonly {
    readonly id: number;
    readonly number: number;
    readonly x: number;
    readonly y: number;
  }[];
  /** Those that found no room. */
  readonly more: number;
}

export interface Arrow {
  readonly from: Phase;
  readonly to: Phase;
  readonly event: string;
  readonly d: string;
  /** Leads out of the chosen container's phase. */
  readonly open: boolean;
  readonly label: { readonly x: number; readonly y: number };
}

export interface LifecyclePicture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PhaseBox[];
  readonly arrows: readonly Arrow[];
}

const W = 136;
const H = 64;
/** From one box of the upper row to the next: an event's name fits between them. */
const PITCH = 208;
const WIDTH = 5 * PITCH + W;
const HEIGHT = 236;
const TAG = 24;
const TAG_PITCH = 26;
const ROOM = 4;

/** Where each phase stands: life runs from left to right, its end is below. */
const PLACES: Readonly<Record<Phase, readonly [x: number, y: number]>> = {
  created: [0, 46],
  waiting: [PITCH, 46],
  booting: [2 * PITCH, 46],
  running: [3 * PITCH, 46],
  prestop: [4 * PITCH, 46],
  stopping: [5 * PITCH, 46],
  exited: [3 * PITCH, 168],
  removed: [PITCH / 2, 168],
};

export function lifecyclePicture({ transitions, containers, chosen }: LifecycleInput): LifecyclePicture {
  const there = containers.find(({ id }) => id === chosen)?.phase ?? null;
  const boxes = (Object.keys(PLACES) as Phase[]).map((phase): PhaseBox => {
    const [x, y] = PLACES[phase];
    const inside = containers.filter((container) => container.phase === phase);
    const shown = inside.length > ROOM ? inside.slice(0, ROOM - 1) : inside;
    return {
      phase,
      x,
      y,
      w: W,
      h: H,
      tags: shown.map(({ id, number }, i) => ({ id, number, x: x + 10 + i * TAG_PITCH, y: y + H - TAG - 8 })),
      more: inside.length - shown.length,
    };
  });
  const arrows = Object.entries(transitions).flatMap(([from, on]) =>
    Object.entries(on)
      .filter(([, to]) => to !== from && isPhase(from) && isPhase(to))
      .map(([event, to]) => arrow(from as Phase, to as Phase, event, from === there)),
  );
  return { width: WIDTH, height: HEIGHT, boxes, arrows };
}

const isPhase = (name: string): name is Phase => name in PLACES;

function arrow(from: Phase, to: Phase, event: string, open: boolean): Arrow {
  const [fx, fy] = PLACES[from];
  const [tx, ty] = PLACES[to];
  if (fy === ty) {
    const right = tx > fx;
    const apart = Math.abs(tx - fx) / PITCH;
    if (apart < 1.5) {
      const y = fy + 20;
      const [x1, x2] = right ? [fx + W, tx - 3] : [fx, tx + W + 3];
      return { from, to, event, open, d: `M${x1} ${y}L${x2} ${y}`, label: { x: (x1 + x2) / 2, y: y - 6 } };
    }
    // Over the boxes between, the higher the further; the long way round is below for the lower row.
    const above = fy === PLACES.created[1];
    const lift = above ? -Math.min(44, 18 + 10 * apart) : 0;
    const x1 = fx + (above ? W * 0.7 : right ? W : 0);
    const x2 = tx + (above ? W * 0.3 : right ? -3 : W + 3);
    const y1 = above ? fy : fy + H / 2;
    const d = above
      ? `M${x1} ${y1}C${x1} ${y1 + lift} ${x2} ${y1 + lift} ${x2} ${ty - 3}`
      : `M${x1} ${y1}L${x2} ${y1}`;
    return {
      from,
      to,
      event,
      open,
      d,
      label: { x: (x1 + x2) / 2, y: above ? y1 + lift * 0.75 - 5 : y1 - 6 },
    };
  }
  const down = ty > fy;
  const x1 = fx + W / 2 + (tx < fx ? -24 : tx > fx ? 24 : 12);
  const x2 = tx + W / 2 + Math.max(-50, Math.min(50, (fx - tx) / 7));
  const y1 = down ? fy + H : fy;
  const y2 = down ? ty - 3 : ty + H + 3;
  const middle = (y1 + y2) / 2;
  return {
    from,
    to,
    event,
    open,
    d: `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`,
    label: { x: (x1 + x2) / 2, y: middle + 4 },
  };
}
