/** A compose file with another home for the kinds of state that may be chosen. */
import { parseScenario } from '../scenario/parse.ts';
import { setInSource } from '../scenario/set-in-source.ts';
import type { Scenario } from '../sim/model/scenario.ts';
import type { ChosenKind, Homes } from './protocol.ts';
import { ADDED_STORES, isUsed, KINDS } from './state-model.ts';

/** `source` with all of these homes. */
export function withHomes(source: string, file: string, homes: Homes): string {
  return KINDS.reduce((text, kind) => {
    const home = homes[kind];
    return home === undefined ? text : withHome(text, file, kind, home);
  }, source);
}

/**
 * `source` with another home for `kind`: comments stay, a store that the home needs is added where the file has none,
 * and the balancer's cookie follows `sticky`. Unchanged when `source` does not parse, or nothing in it is of that kind.
 */
function withHome(source: string, file: string, kind: ChosenKind, home: string): string {
  const { scenario } = parseScenario(source, file);
  if (!scenario || !isUsed(scenario, kind)) return source;
  let text = withStore(source, scenario, home);
  text = setInSource(text, `services.${scenario.backend}.x-paddock.state.${kind}`, home);
  if (kind !== 'sessions') return text;
  const balancer = scenario.services.find((service) => service.role === 'balancer');
  const isWritten = balancer !== undefined && new RegExp(`^\\s+${balancer.name}:`, 'm').test(source);
  // An explicit cookie would keep memory sticky, and an explicit `none` contradicts `sticky`.
  if (isWritten && (home === 'memory' || home === 'sticky'))
    text = setInSource(
      text,
      `services.${balancer.name}.x-paddock.sticky`,
      home === 'sticky' ? 'cookie' : 'none',
    );
  return text;
}

function withStore(source: string, scenario: Scenario, home: string): string {
  const added = ADDED_STORES[home];
  const isThere = scenario.services.some((service) => service.role === 'store' && service.kind === home);
  if (!added || isThere) return source;
  const taken = new Set(scenario.services.map((service) => service.name));
  return setInSource(source, `services.${taken.has(added.service) ? home : added.service}`, {
    image: added.image,
  });
}
