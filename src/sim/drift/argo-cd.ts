import { otherImage, otherVariables } from './definition.ts';
import type { Detector } from './detector.ts';

/** Manifests in git against live objects, as kubectl diff and Argo CD compare them (S-124, S-125). */
export const argoCd: Detector = {
  name: 'Argo CD',
  sees(w, c) {
    const s = w.services[c.service];
    const git = w.scenario.services[c.service];
    const found = otherImage(w, c);
    if (s.image !== git.image) found.push(`spec.template image: ${s.image} live, ${git.image} in git`);
    if (s.wanted !== git.replicas) found.push(`spec.replicas: ${s.wanted} live, ${git.replicas} in git`);
    return [...found, ...otherVariables(w, c)];
  },
  verdict: (n) => (n === 0 ? 'Synced' : 'OutOfSync'),
  blind: 'files inside containers, another digest behind the same tag, memory',
};
