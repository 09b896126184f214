import type { TagSpec } from './tag-spec.ts';

/** Read by `steps.ts`, where it begins what follows; anywhere else it is out of place. */
export const SCENE: TagSpec = {
  name: 'scene',
  about: 'Puts another scenario of the front matter on the stage, for its step and those that follow.',
  selfClosing: true,
  block: true,
  attributes: { name: { type: String, required: true } },
  build(tag, reading) {
    return reading.fault(
      tag,
      "a scene begins a step: write it right after the '##' heading, outside other tags",
    );
  },
};
