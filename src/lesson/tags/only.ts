import { SPOKEN } from '../../commands/dialects.ts';
import { text } from '../reading.ts';
import type { TagSpec } from './tag-spec.ts';

export const ONLY: TagSpec = {
  name: 'only',
  about: 'Text for one platform.',
  attributes: {
    platform: { type: String, required: true, matches: [...SPOKEN] },
  },
  build(tag, reading) {
    return { kind: 'only', platform: text(tag, 'platform'), children: reading.children(tag.children) };
  },
};
