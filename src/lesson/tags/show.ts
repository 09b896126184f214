import { didYouMean } from '../../commands/suggest.ts';
import { SHOW_KINDS } from '../lesson.ts';
import { text } from '../reading.ts';
import type { TagSpec } from './tag-spec.ts';

const OUTPUTS = ['Failed requests', 'Lost sessions', 'Missed sessions', 'Config drift', 'Containers running'];
const DRAWERS = ['Console', 'Compose', 'Inspect', 'Journal'];
const NAMES: Readonly<Record<string, readonly string[]>> = { output: OUTPUTS, drawer: DRAWERS };
/** Stand alone: there is one of each. */
const ALONE: readonly string[] = ['balancer', 'users'];

export const SHOW: TagSpec = {
  name: 'show',
  about:
    'Words that light up one thing on the stage or open one drawer: `container shop-app-2`, `service app`, `store cache`, `balancer`, `users`, `output Lost sessions`, `drawer Journal`.',
  attributes: { what: { type: String, required: true } },
  build(tag, reading) {
    const source = text(tag, 'what').trim();
    const [word = '', ...rest] = source.split(/\s+/);
    const what = SHOW_KINDS.find((kind) => kind === word);
    const name = rest.join(' ');
    const children = reading.children(tag.children);
    const fault = (message: string): null =>
      reading.faultInside(tag, text(tag, 'what'), 0, `what: ${message}`);
    if (what === undefined)
      return fault(
        `unknown thing '${word}'${didYouMean(word, SHOW_KINDS) || `; write ${SHOW_KINDS.join(', ')}`}`,
      );
    if (ALONE.includes(what) !== (name === ''))
      return fault(name === '' ? `say which ${what}` : `there is one ${what}; name nothing after it`);
    const known = NAMES[what];
    if (known && !known.includes(name))
      return fault(`there is no ${what} '${name}'; there is ${known.join(', ')}`);
    return { kind: 'show', scene: reading.scene, what, name, children };
  },
};
