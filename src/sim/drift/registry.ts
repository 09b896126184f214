import { changedVariables } from '../model/drift.ts';
import { latestBuild, localBuild } from '../model/images.ts';
import type { Detector } from './detector.ts';
import { layerDiff } from './layer.ts';

/** The container's settings against those of its definition. */
const variables: Detector['sees'] = (w, c) =>
  changedVariables(w, c).map(
    (name) =>
      `${name}: ${c.environment[name] ?? '(unset)'} here, ${w.services[c.service].def.environment[name] ?? '(unset)'} in the file`,
  );
const image: Detector['sees'] = (w, c) => {
  const wanted = w.services[c.service].image;
  return c.image === wanted ? [] : [`image: ${c.image} here, ${wanted} in the file`];
};

/** Files in the writable layer, noise and all (S-24). */
const dockerDiff: Detector = {
  name: 'docker diff',
  sees: layerDiff,
  verdict: (n) => (n === 0 ? 'nothing changed' : `${n} paths, the image's own runtime files among them`),
  blind: 'environment, image, flags, memory, volumes',
};

/** The hash of the configuration and the image's digest, as they were when the container was made (S-33, S-124). */
const composeUp: Detector = {
  name: 'docker compose up',
  sees(w, c) {
    const found = [...variables(w, c), ...image(w, c)];
    const held = localBuild(w, c.host, c.image);
    if (held !== undefined && held !== c.build) found.push('image: the one pulled since has another digest');
    if (found.length === 0 && c.revision !== w.services[c.service].revision)
      found.push('the hash of its configuration differs from the file');
    return found;
  },
  verdict: (n) => (n === 0 ? 'Running' : 'Recreate'),
  blind: 'files in the layer, docker update, a tag that moved and was not pulled',
};

/** Manifests in git against live objects, as kubectl diff and Argo CD compare them (S-124, S-125). */
const manifests: Detector = {
  name: 'Argo CD',
  sees(w, c) {
    const s = w.services[c.service];
    const git = w.scenario.services[c.service];
    const found = image(w, c);
    if (s.image !== git.image) found.push(`spec.template image: ${s.image} live, ${git.image} in git`);
    if (s.wanted !== git.replicas) found.push(`spec.replicas: ${s.wanted} live, ${git.replicas} in git`);
    return [...found, ...variables(w, c)];
  },
  verdict: (n) => (n === 0 ? 'Synced' : 'OutOfSync'),
  blind: 'files inside containers, another digest behind the same tag, memory',
};

/** A plan refreshes what it manages and compares it with its state and configuration (S-124). */
const terraformPlan: Detector = {
  name: 'terraform plan',
  sees(w, c) {
    const def = w.services[c.service].def;
    const found = [...variables(w, c), ...image(w, c)];
    if (c.image === w.services[c.service].image && c.build !== latestBuild(w, c.image))
      found.push('image: its digest is not the one that the registry has under the tag');
    if (c.restart !== def.restart) found.push(`restart: ${c.restart} here, ${def.restart} in the file`);
    return found;
  },
  verdict: (n) =>
    n === 0 ? 'No changes (exit code 0)' : 'Objects have changed outside of Terraform (-detailed-exitcode 2)',
  blind: 'files in the layer, memory, whatever it does not manage',
};

/** Every detector, by the name under which a platform says that it has it. */
export const DETECTORS: Readonly<Record<string, Detector>> = {
  'docker diff': dockerDiff,
  'docker compose up': composeUp,
  'Argo CD': manifests,
  'terraform plan': terraformPlan,
};
