/** What only some herds need of the stage; a page fetches it when the first of them is shown. */
import { placeVolumes } from './arrange/volumes.ts';
import { drawAnswers } from './draw/answers.ts';
import { drawExtras } from './draw/extras.ts';
import { drawPeers } from './draw/peers.ts';
import { drawVersionKey } from './draw/versions.ts';
import { drawMounts, drawVolumes } from './draw/volumes.ts';

export const LATE = {
  placeVolumes,
  drawAnswers,
  drawExtras,
  drawMounts,
  drawPeers,
  drawVersionKey,
  drawVolumes,
};
export type Late = typeof LATE;
