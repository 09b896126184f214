import type { Often } from '../lesson.ts';
import { text } from '../reading.ts';
import { ID, type TagSpec } from './tag-spec.ts';

const OFTEN: readonly Often[] = ['always', 'usually', 'sometimes'];

export const CLAIM: TagSpec = {
  name: 'claim',
  about:
    'A sentence that the run must bear out: `when` is measured after the button `of`, on every seed unless `often` says otherwise.',
  attributes: {
    id: ID,
    when: { type: String, required: true },
    of: { type: String },
    rules: { type: String },
    often: { type: String, matches: [...OFTEN] },
  },
  build(tag, reading) {
    const when = reading.condition(tag, 'when');
    const experiment = reading.experiment(tag);
    const children = reading.children(tag.children);
    if (children.length === 0) return reading.fault(tag, 'a claim needs its sentence');
    if (when === null || experiment === null) return null;
    const often = OFTEN.find((word) => word === text(tag, 'often')) ?? 'always';
    const rules = text(tag, 'rules').split(/\s+/).filter(Boolean);
    for (const rule of rules)
      if (!reading.sources.includes(rule))
        reading.fault(tag, `rules: '${rule}' is not among the sources in the head; name it there`, 'rules');
    const id = text(tag, 'id');
    return { kind: 'claim', id, scene: experiment.scene, when, often, rules, experiment, children };
  },
};
