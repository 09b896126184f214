import { didYouMean } from '../../commands/suggest.ts';
import { text } from '../reading.ts';
import type { TagSpec } from './tag-spec.ts';

const EXPLAINED = ['predict', 'claim', 'do'];

export const WHY: TagSpec = {
  name: 'why',
  about: 'The explanation, shown after the attempt named by `of`: a prediction, claim or button, or `goal`.',
  block: true,
  attributes: { of: { type: String, required: true } },
  build(tag, reading) {
    const of = text(tag, 'of');
    const children = reading.children(tag.children);
    if (of !== 'goal' && !reading.has(of, EXPLAINED)) {
      return reading.fault(
        tag,
        `of: nothing here has the id '${of}'${didYouMean(of, [...reading.ids(EXPLAINED), 'goal'])}`,
        'of',
      );
    }
    return { kind: 'why', of, children };
  },
};
