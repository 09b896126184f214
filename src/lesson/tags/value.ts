import type { TagSpec } from './tag-spec.ts';

export const VALUE: TagSpec = {
  name: 'value',
  about: 'A measured number inside the text, live.',
  selfClosing: true,
  attributes: { measure: { type: String, required: true }, of: { type: String } },
  build(tag, reading) {
    const measure = reading.measure(tag, 'measure');
    const experiment = reading.experiment(tag);
    return measure === null || experiment === null
      ? null
      : { kind: 'value', scene: experiment.scene, measure, experiment };
  },
};
