/** Networks, secrets, configs and services that a service names must be there, as Compose demands. */
import { didYouMean } from '../../commands/suggest.ts';
import { ringOf } from '../compose/depends-on.ts';
import { complain, entriesAt, isListAt, isMapAt, itemsAt, textAt, type Place } from '../yaml/place.ts';

const DEFINED = ['networks', 'secrets', 'configs'] as const;

/** `services` are the entries of every service of the file, by name. */
export function checkReferences(
  top: ReadonlyMap<string, Place>,
  services: ReadonlyMap<string, ReadonlyMap<string, Place>>,
): void {
  for (const [service, entries] of services) {
    for (const kind of DEFINED) {
      const place = entries.get(kind);
      const definitions = top.get(kind);
      const defined = new Set(definitions ? entriesAt(definitions).keys() : []);
      if (kind === 'networks') defined.add('default');
      if (!place) continue;
      for (const { name, at } of namesAt(place))
        if (!defined.has(name))
          complain(
            at,
            `service "${service}" refers to undefined ${kind.slice(0, -1)} ${name}; add it under ${kind}${didYouMean(name, defined)}`,
          );
    }
    const dependsOn = entries.get('depends_on');
    if (!dependsOn) continue;
    for (const { name, at } of namesAt(dependsOn))
      if (!services.has(name))
        complain(
          at,
          `service "${service}" depends on undefined service ${name}${didYouMean(name, services.keys())}`,
        );
  }
  const ring = ringOf(
    new Map(
      [...services].map(([service, entries]) => {
        const dependsOn = entries.get('depends_on');
        return [service, dependsOn ? namesAt(dependsOn).map(({ name }) => name) : []];
      }),
    ),
  );
  const at = ring === null ? undefined : services.get(ring[0] ?? '')?.get('depends_on');
  if (ring && at) complain(at, `dependency cycle detected: ${ring.join(' -> ')}; leave one of these out`);
  const networks = top.get('networks');
  if (networks && entriesAt(networks).size > 1)
    networks.report.note('networks are not simulated: every service reaches every other');
}

/** Names in a list (plain, or `{ source }`), or the keys of a map. */
function namesAt(place: Place): { readonly name: string; readonly at: Place }[] {
  if (!isListAt(place)) return [...entriesAt(place)].map(([name, at]) => ({ name, at }));
  return itemsAt(place).flatMap((item) => {
    const source = isMapAt(item) ? entriesAt(item).get('source') : item;
    const name = source && textAt(source);
    return source && name !== undefined ? [{ name, at: source }] : [];
  });
}
