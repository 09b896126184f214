import type { TagSpec } from './tag-spec.ts';

export const GOAL: TagSpec = {
  name: 'goal',
  about:
    'What the learner has to bring about; one a lesson. The solution reaches it, the untouched start and the ablation do not.',
  block: true,
  attributes: { when: { type: String, required: true } },
  build(tag, reading) {
    const when = reading.condition(tag, 'when');
    const children = reading.children(tag.children);
    if (children.length === 0) return reading.fault(tag, 'a goal needs its words');
    return when === null ? null : { kind: 'goal', scene: reading.scene, when, children };
  },
};
