/** What the first picture of a herd does not need: a page fetches it after that. */
import { placeVolumes } from './arrange/volumes.ts';
import { drawAnswers } from './draw/answers.ts';
import { drawEmphasis } from './draw/emphasis.ts';
import { drawExtras } from './draw/extras.ts';
import { drawFailures } from './draw/failures.ts';
import { drawFallen, drawSpilled } from './draw/fallen.ts';
import { drawField, drawTags } from './draw/field.ts';
import { drawPeers } from './draw/peers.ts';
import { drawStores } from './draw/stores.ts';
import { drawVersionKey } from './draw/versions.ts';
import { drawMounts, drawVolumes } from './draw/volumes.ts';

export const LATE = {
  placeVolumes,
  drawAnswers,
  drawEmphasis,
  drawExtras,
  drawFailures,
  drawFallen,
  drawField,
  drawMounts,
  drawPeers,
  drawSpilled,
  drawStores,
  drawTags,
  drawVersionKey,
  drawVolumes,
};
export type Late = typeof LATE;
