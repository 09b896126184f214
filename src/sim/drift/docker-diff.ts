import type { Detector } from './detector.ts';
import { layerDiff } from './layer.ts';

/** Files in the writable layer, noise and all (S-24). */
export const dockerDiff: Detector = {
  name: 'docker diff',
  sees: layerDiff,
  verdict: (n) => (n === 0 ? 'nothing changed' : `${n} paths, the image's own runtime files among them`),
  blind: 'environment, image, flags, memory, volumes',
};
