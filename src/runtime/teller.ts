/** Tells the page of one run's frames: numbers in the tray, what is rarely new in a message before it. */
import type { Frame, FromHost } from './protocol.ts';
import { noWords } from './tray/plain.ts';
import { packFrame } from './tray/tray.ts';

/** `tray` is the one that came with the tick; null = this frame was not asked for by one. */
export type Teller = (frame: Frame, tray: ArrayBuffer | null) => void;

export function createTeller(
  run: string,
  number: number,
  post: (message: FromHost | ArrayBuffer) => void,
): Teller {
  const words = noWords();
  return (frame, given) => {
    const known = words.list.length;
    const tray = packFrame(number, frame, words, given);
    const { hash, commands, watched } = frame;
    const isNew = words.list.length > known;
    if (isNew || hash || commands || watched)
      post({
        kind: 'news',
        run,
        ...(isNew ? { words: words.list.slice(known) } : {}),
        ...(hash ? { hash } : {}),
        ...(commands ? { commands } : {}),
        ...(watched ? { watched } : {}),
      });
    post(tray);
  };
}
