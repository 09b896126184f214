import { describe, expect, it } from 'vitest';
import { parseScenario } from './parse.ts';
import { setInSource } from './set-in-source.ts';

const TEXT = `# A shop.
name: shop

x-paddock:
  platform: compose # what is on the laptop
services:
  app:
    image: "shop:1.0"
    x-paddock:
      state: { sessions: memory, uploads: layer } # two kinds
  lb: { image: "haproxy:3.2" }
`;

describe('setInSource', () => {
  it('changes one value and keeps comments, order and style', () => {
    expect(setInSource(TEXT, 'services.app.x-paddock.state.sessions', 'redis')).toBe(
      TEXT.replace('sessions: memory', 'sessions: redis'),
    );
    expect(setInSource(TEXT, 'x-paddock.platform', 'swarm')).toBe(
      TEXT.replace('platform: compose', 'platform: swarm'),
    );
    expect(setInSource(TEXT, 'services.app.image', 'shop:2.0')).toBe(TEXT.replace('shop:1.0', 'shop:2.0'));
  });

  it('makes what is missing', () => {
    const text = setInSource(setInSource(TEXT, 'x-paddock.traffic.users', 50), 'services.cache', {
      image: 'redis:7-alpine',
    });
    expect(text).toContain('# A shop.');
    expect(text).toContain('  traffic:\n    users: 50\n');
    expect(text).toContain('  cache:\n    image: redis:7-alpine\n');
    expect(parseScenario(text, 'f.yaml').problems).toEqual([]);
  });

  it('removes a key', () => {
    expect(setInSource(TEXT, 'services.lb', undefined)).not.toContain('haproxy');
    expect(setInSource(TEXT, 'services.nobody.image', undefined)).toBe(TEXT);
  });

  it('starts from nothing', () =>
    expect(setInSource('', 'services.app.image', 'shop:1.0')).toBe(
      'services:\n  app:\n    image: shop:1.0\n',
    ));

  it('refuses what leads nowhere', () => {
    expect(() => setInSource(TEXT, 'services..app', 1)).toThrow(
      "'services..app' is not a path: write keys with dots between them",
    );
    expect(() => setInSource(TEXT, 'name.x', 1)).toThrow("there is nothing under a plain value, so no 'x'");
    expect(() => setInSource('a: [', 'a', 1)).toThrow(/Flow sequence/);
  });
});
