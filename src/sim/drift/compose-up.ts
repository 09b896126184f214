import { localBuild } from '../model/images.ts';
import { otherImage, otherVariables } from './definition.ts';
import type { Detector } from './detector.ts';

/** The hash of the configuration and the image's digest, as they were when the container was made (S-33, S-124). */
export const composeUp: Detector = {
  name: 'docker compose up',
  sees(w, c) {
    const found = [...otherVariables(w, c), ...otherImage(w, c)];
    const held = localBuild(w, c.host, c.image);
    if (held !== undefined && held !== c.build) found.push('image: the one pulled since has another digest');
    if (found.length === 0 && c.revision !== w.services[c.service].revision)
      found.push('the hash of its configuration differs from the file');
    return found;
  },
  verdict: (n) => (n === 0 ? 'Running' : 'Recreate'),
  blind: 'files in the layer, docker update, a tag that moved and was not pulled',
};
