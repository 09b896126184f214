import { text } from '../reading.ts';
import { ID, type TagSpec } from './tag-spec.ts';

/** Between two buttons of one scene when they are pressed headless. */
const WAIT_MS = 10_000;

export const DO: TagSpec = {
  name: 'do',
  about: 'A button that gives commands. `wait` is how long a headless replay waits before pressing it (10s).',
  attributes: {
    id: ID,
    run: { type: [String, Array], required: true },
    wait: { type: String },
  },
  build(tag, reading) {
    const run: unknown = tag.attributes.run;
    const given = Array.isArray(run) ? run.map(String) : [String(run)];
    const lines = reading.commands(tag, given);
    const waitMs = reading.duration(tag, 'wait', WAIT_MS);
    const children = reading.children(tag.children);
    if (children.length === 0)
      return reading.fault(tag, 'a button needs words; write {% do … %}Kill it{% /do %}');
    if (lines === null || waitMs === null) return null;
    return { kind: 'do', id: text(tag, 'id'), scene: reading.scene, lines, waitMs, children };
  },
};
