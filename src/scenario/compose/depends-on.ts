/** `depends_on` of a service. */
import type { Dependency } from '../../sim/model/scenario.ts';
import { readBlock } from '../forms/block.ts';
import { key } from '../forms/form.ts';
import { bool, oneOf } from '../forms/scalars.ts';
import { entriesAt, isListAt, itemsAt, textAt, type Place } from '../yaml/place.ts';

const KEYS = {
  condition: key(
    oneOf('service_started', 'service_healthy', 'service_completed_successfully'),
    'what `up` waits for',
  ),
  restart: key(bool, 'restarted when Compose recreates the other'),
  required: key(bool, 'whether it is an error when that does not come'),
};
const DEFAULTS = { condition: 'service_started', restart: 'false', required: 'true' };

/** Names alone (only the order counts), or a condition for each (S-41). Only Compose reads them. */
export function readDependsOn(place: Place | null, platform: string): Dependency[] {
  if (place === null) return [];
  if (isListAt(place))
    return itemsAt(place).flatMap((item) => {
      const service = textAt(item);
      return service === undefined ? [] : [{ service, healthy: false, required: true }];
    });
  return [...entriesAt(place)].map(([service, at]) => {
    const { values, given } = readBlock(at, KEYS, DEFAULTS);
    const { condition, required, restart } = values;
    const { report } = place;
    if (platform !== 'compose' && condition !== 'service_started')
      report.note(`${at.path}: only docker compose up waits for another service, not ${platform}`);
    else if (condition === 'service_completed_successfully')
      report.note(
        `${at.path} is taken for service_started: no service of the simulation does its work and ends`,
      );
    if (restart) report.note(`${(given.get('restart') ?? at).path} is not simulated`);
    return { service, healthy: condition === 'service_healthy', required };
  });
}

/** Services that wait for each other in a ring, the first of them once more at its end; null = there is none. */
export function ringOf(dependencies: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): readonly string[] | null => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return null;
    for (const other of dependencies.get(name) ?? []) {
      const ring = visit(other, [...path, name]);
      if (ring !== null) return ring;
    }
    done.add(name);
    return null;
  };
  for (const name of dependencies.keys()) {
    const ring = visit(name, []);
    if (ring !== null) return ring;
  }
  return null;
}
