import { latestBuild } from '../model/images.ts';
import { otherImage, otherVariables } from './definition.ts';
import type { Detector } from './detector.ts';

/** A plan refreshes what it manages and compares it with its state and configuration (S-124). */
export const terraformPlan: Detector = {
  name: 'terraform plan',
  sees(w, c) {
    const def = w.services[c.service].def;
    const found = [...otherVariables(w, c), ...otherImage(w, c)];
    if (c.image === w.services[c.service].image && c.build !== latestBuild(w, c.image))
      found.push('image: its digest is not the one that the registry has under the tag');
    if (c.restart !== def.restart) found.push(`restart: ${c.restart} here, ${def.restart} in the file`);
    return found;
  },
  verdict: (n) =>
    n === 0 ? 'No changes (exit code 0)' : 'Objects have changed outside of Terraform (-detailed-exitcode 2)',
  blind: 'files in the layer, memory, whatever it does not manage',
};
