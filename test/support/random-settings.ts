import fc from 'fast-check';
import type { Command } from '../../src/sim/model/command.ts';
import type { Scenario, Service } from '../../src/sim/model/scenario.ts';
import { anyApp, anyBalancer, anyStore, anyTraffic } from './random-scenarios.ts';

/** Random `paddock set` commands: a few settings of one part of a scenario, as any other scenario has them. */

/** Up to three settings of `part` that differ from those of `now`; never the keys of `kept`, which are for good. */
const fewOf = <T extends object>(
  part: fc.Arbitrary<Partial<T>>,
  now: T,
  kept: readonly (keyof T)[],
): fc.Arbitrary<Partial<T>> =>
  part.chain((other) => {
    const keys = (Object.keys(other) as (keyof T)[]).filter(
      (key) => !kept.includes(key) && JSON.stringify(other[key]) !== JSON.stringify(now[key]),
    );
    return fc
      .subarray(keys, { maxLength: Math.min(3, keys.length) })
      .map((few) => Object.fromEntries(few.map((key) => [key, other[key]])) as Partial<T>);
  });

/** What a service is, as against how it is set. */
const IDENTITY = ['role', 'name', 'image', 'kind'] as const;

const ofService = (s: Service): fc.Arbitrary<Partial<Service>> =>
  s.role === 'app'
    ? fewOf(anyApp, s, IDENTITY.slice(0, 3) as ['role', 'name', 'image'])
    : s.role === 'balancer'
      ? fewOf(anyBalancer, s, IDENTITY)
      : fewOf(anyStore, s, IDENTITY);

/** What a file may say and nobody be told of (`--no-deploy`). */
const ofFile: fc.Arbitrary<Partial<Service>> = fc.constantFrom(
  { image: 'shop:2.0' },
  { environment: { KEY: 'new' } },
);

/** A setting of this scenario that may change while it runs. */
export function anySetting(s: Scenario): fc.Arbitrary<Command> {
  const set = (change: object, next: Partial<Scenario>, held: boolean): Command => ({
    verb: 'set',
    assignments: Object.keys(change),
    scenario: { ...s, ...next },
    ...(held ? { held: true } : {}),
  });
  const inService = (row: number, change: Partial<Service>): Partial<Scenario> => ({
    services: s.services.map((x, i) => (i === row ? ({ ...x, ...change } as Service) : x)),
  });
  const row = (role: Service['role']): number => s.services.findIndex((x) => x.role === role);
  const redefined = fc
    .constantFrom(row('app'), row('app'), row('balancer'), row('store'))
    .chain((i) => ofService(s.services[i]!).map((change) => set(change, inService(i, change), false)));
  return fc.oneof(
    { weight: 4, arbitrary: redefined },
    {
      weight: 1,
      arbitrary: fc
        .tuple(ofFile, fc.boolean())
        .map(([change, held]) => set(change, inService(row('app'), change), held)),
    },
    {
      weight: 1,
      arbitrary: fewOf(anyTraffic, s.traffic, ['users', 'rate']).map((traffic) =>
        set(traffic, { traffic: { ...s.traffic, ...traffic } }, false),
      ),
    },
  );
}
