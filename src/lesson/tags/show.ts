import { didYouMean } from '../../commands/suggest.ts';
import type { Scenario, Service } from '../../sim/model/scenario.ts';
import { SHOW_KINDS } from '../lesson.ts';
import { text } from '../reading.ts';
import type { TagSpec } from './tag-spec.ts';

const OUTPUTS = ['Failed requests', 'Lost sessions', 'Missed sessions', 'Config drift', 'Containers running'];
const DRAWERS = ['Console', 'Compose', 'Inspect', 'Journal'];
/** Stand alone: there is one of each. */
const ALONE: readonly string[] = ['balancer', 'users'];

export const SHOW: TagSpec = {
  name: 'show',
  about:
    'Words that light up one thing on the stage or open one drawer: `container shop-app-2`, `service app`, `store cache`, `balancer`, `users`, `output Lost sessions`, `drawer Journal`.',
  attributes: { what: { type: String, required: true } },
  build(tag, reading) {
    const source = text(tag, 'what');
    const [word = '', ...rest] = source.trim().split(/\s+/);
    const what = SHOW_KINDS.find((kind) => kind === word);
    const name = rest.join(' ');
    const children = reading.children(tag.children);
    const fault = (message: string): null => reading.faultInside(tag, source, 0, `what: ${message}`);
    if (children.length === 0) return fault('needs the words that light it up');
    if (what === undefined) {
      return fault(
        `unknown thing '${word}'${didYouMean(word, SHOW_KINDS) || `; write ${SHOW_KINDS.join(', ')}`}`,
      );
    }
    if (ALONE.includes(what) !== (name === '')) {
      return fault(name === '' ? `say which ${what}` : `'${what}' stands alone; leave '${name}' out`);
    }
    const known = namesOf(what, reading.scenario);
    if (known !== null && !known.includes(name)) {
      return fault(
        `there is no ${what} '${name}'${didYouMean(name, known) || `; there is ${known.join(', ') || 'none'}`}`,
      );
    }
    if (what === 'container' && reading.scenario !== null && !canBeCalled(name, reading.scenario)) {
      return fault(
        `no container can be called '${name}' here; write ${reading.scenario.services.map(containerName(reading.scenario)).join(', ')}`,
      );
    }
    return { kind: 'show', scene: reading.scene, what, name, children };
  },
};

/** All names of a kind of thing; null when they cannot be listed. */
function namesOf(what: (typeof SHOW_KINDS)[number], scenario: Scenario | null): readonly string[] | null {
  if (what === 'output') return OUTPUTS;
  if (what === 'drawer') return DRAWERS;
  if (scenario === null || what === 'container' || what === 'users') return null;
  if (what === 'balancer') return scenario.services.some(({ role }) => role === 'balancer') ? [''] : [];
  return scenario.services.filter(({ role }) => what === 'service' || role === what).map(({ name }) => name);
}

/** Replacements take further numbers, so any number will do. */
function canBeCalled(name: string, scenario: Scenario): boolean {
  return scenario.services.some((service) =>
    service.containerName === null
      ? name.startsWith(`${scenario.name}-${service.name}-`) && /-\d+$/.test(name)
      : name === service.containerName,
  );
}

const containerName =
  (scenario: Scenario) =>
  ({ containerName: given, name }: Service): string =>
    given ?? `${scenario.name}-${name}-1`;
