import { describe, expect, test } from 'vitest';
import { createReconfigure } from '../scenario/reconfigure.ts';
import { parseScenario } from '../scenario/parse.ts';
import type { Dial } from './dial.ts';
import { dialsOf } from './dials.ts';

const source = `
name: shop
services:
  app:
    image: shop:1.0
    deploy: { replicas: 3 }
    x-paddock: { state: { sessions: redis, uploads: none } }
  cache: { image: "redis:7-alpine" }
  lb: { image: "haproxy:3.2", x-paddock: { check: {} } }
`;
const { scenario } = parseScenario(source, 'compose.yaml');
const dials = dialsOf(scenario!);
const written = (dial: Dial, value: string): string =>
  `${dial.path}=${dial.form ? dial.form.replace('#', value) : value}`;

describe('dials', () => {
  test('each owner has some', () => {
    expect([...new Set(dials.map(({ owner }) => owner))]).toEqual([
      'traffic',
      'app',
      'platform',
      'balancer',
      'stores',
    ]);
  });

  test.each(dials.map((dial) => [dial.path, dial] as const))(
    '%s: its own value reads, and changes nothing',
    (_, dial) => {
      const read = createReconfigure(source, 'compose.yaml')([written(dial, dial.value)]);
      expect(read).not.toHaveProperty('message');
      expect(
        dialsOf(read as NonNullable<typeof scenario>).find(({ path }) => path === dial.path)?.value,
      ).toBe(dial.value);
    },
  );

  test.each(dials.map((dial) => [dial.path, dial] as const))('%s: every value it offers reads', (_, dial) => {
    const { turns } = dial;
    const values =
      turns.kind === 'choice' ? turns.options : [turns.min, turns.max].map((n) => `${n}${turns.unit}`);
    const messages = values
      .map((value) => createReconfigure(source, 'compose.yaml')([written(dial, value)]))
      .flatMap((read) => ('message' in read ? [read.message] : []));
    // Another platform or balancer may not have what the file says elsewhere, and says so of that key.
    const faults = messages.filter((message) => dial.live || message.includes(`${dial.path}:`));
    expect(faults).toEqual([]);
  });
});
