/**
 * The tray: one buffer of numbers that goes to the host with every tick and comes back with every frame, handed over and
 * not copied. The page writes what is asked into it, the host what came of it. It grows where it is too small.
 * Both begin with the number of the run, so that whoever hears knows whose it is.
 */
import type { Frame } from '../protocol.ts';
import { type Plain, Reader, type Words, Writer } from './plain.ts';

/** Enough for a small herd. */
const LEAST_NUMBERS = 512;

/** What the page asks of a run with every frame: be at `toMs`, and draw. */
export interface Tick {
  readonly number: number;
  readonly toMs: number;
  /** Virtual ms in a ms of the viewer's time. */
  readonly speed: number;
  /** Time stands still from here: say the hash too. */
  readonly settle: boolean;
}

/** What of a frame goes as numbers. */
export type Told = Pick<Frame, 't' | 'settled' | 'journalLength' | 'view' | 'hits'>;

/** The run that a tray is of. */
export const runNumberIn = (tray: ArrayBuffer): number => new Float64Array(tray, 0, 1)[0]!;

const numbersIn = (tray: ArrayBuffer | null): Float64Array<ArrayBuffer> =>
  tray ? new Float64Array(tray) : new Float64Array(LEAST_NUMBERS);

/** A tick in this tray, or in a new one. */
export function packTick({ number, toMs, speed, settle }: Tick, tray: ArrayBuffer | null): ArrayBuffer {
  const numbers = numbersIn(tray);
  numbers.set([number, toMs, speed, settle ? 1 : 0]);
  return numbers.buffer;
}

export function readTick(tray: ArrayBuffer): Tick {
  const [number, toMs, speed, settle] = new Float64Array(tray) as unknown as [number, number, number, number];
  return { number, toMs, speed, settle: settle === 1 };
}

/** A frame of the run with this number. Words that `words` did not know are added to it: the other side has to `learn` them first. */
export function packFrame(run: number, frame: Told, words: Words, tray: ArrayBuffer | null): ArrayBuffer {
  const out = new Writer(numbersIn(tray), words);
  const { t, settled, journalLength, view, hits } = frame;
  for (const value of [run, t, settled ? 1 : 0, journalLength]) out.put(value);
  // Records of plain data, which interfaces do not say of themselves.
  out.write((view ?? null) as Plain, words.view);
  out.write((hits ?? null) as Plain);
  if (view) words.view = view as unknown as Plain;
  return out.buffer;
}

export function readFrame(tray: ArrayBuffer, words: Words): Told {
  const from = new Reader(new Float64Array(tray), words);
  // Its run is known by now.
  from.take();
  const head = { t: from.take(), settled: from.take() === 1, journalLength: from.take() };
  const view = from.read(words.view) as unknown as Told['view'] | null;
  if (view) words.view = view as unknown as Plain;
  const hits = from.read() as unknown as Told['hits'] | null;
  return { ...head, ...(view ? { view } : {}), ...(hits ? { hits } : {}) };
}
