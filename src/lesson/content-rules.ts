/** What every lesson must have, whatever it teaches. */
import type { Step } from './lesson.ts';
import type { Named, Reading } from './reading.ts';

const CLAIMS = 2;

/** Ids once each, one goal, a gated prediction before the first button, two claims. Faults go to `reading`. */
export function checkContent(
  named: readonly Named[],
  reading: Reading,
  steps: readonly Step[],
): { goalScene: string | null } {
  const ids = new Map<string, Named>();
  for (const tag of named) {
    if (tag.id === '') continue;
    const earlier = ids.get(tag.id);
    if (earlier) reading.fault(tag.node, `the id '${tag.id}' is taken by a ${earlier.tag} above`, 'id');
    else ids.set(tag.id, tag);
  }
  const goals = named.filter(({ tag }) => tag === 'goal');
  for (const extra of goals.slice(1)) reading.fault(extra.node, 'a lesson has one goal');
  if (goals.length === 0) reading.missing(`the lesson has no goal; write {% goal when="…" %}…{% /goal %}`);
  if (named.filter(({ tag }) => tag === 'claim').length < CLAIMS)
    reading.missing(
      `the lesson needs at least ${CLAIMS} claims; write {% claim id="…" when="…" %}…{% /claim %}`,
    );
  const firstDo = named.findIndex(({ tag }) => tag === 'do');
  const gate = named.findIndex(({ tag, node }) => tag === 'predict' && node.attributes.gate === true);
  if (gate < 0 || (firstDo >= 0 && firstDo < gate)) {
    const message = 'a prediction with gate=true must come before the first button';
    const button = named[firstDo];
    if (button === undefined) reading.missing(message);
    else reading.fault(button.node, message);
  }
  if (steps.length === 0) reading.missing(`the lesson has no text`);
  return { goalScene: goals[0]?.scene ?? null };
}
