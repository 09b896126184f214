import { describe, expect, it } from 'vitest';
import { parseScenario } from '../scenario/parse.ts';
import type { Scenario } from '../sim/model/scenario.ts';
import { withHomes } from './homes-in-source.ts';
import { stateChoices } from './state-model.ts';
import { HERD } from './testing/herds.ts';

function read(source: string): Scenario {
  const { scenario, problems } = parseScenario(source, 'herd.yaml');
  if (!scenario) throw new Error(JSON.stringify(problems));
  return scenario;
}

describe('the state model as a choice', () => {
  it('knows the home in force', () => {
    const [sessions] = stateChoices(read(HERD));
    expect(sessions).toMatchObject({ kind: 'sessions', home: 'sticky' });
    expect(sessions?.homes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['memory', 'sticky', 'layer', 'redis']),
    );
  });

  it('offers no home for what nobody keeps', () => {
    const kinds = (source: string): string[] => stateChoices(read(source)).map(({ kind }) => kind);
    const app = (traffic: string, more = ''): string =>
      `services:\n  app:\n    image: shop:1.0\n    x-paddock: { boot: 1s${more} }\nx-paddock:\n  traffic: { ${traffic} }\n`;
    expect(kinds(app('users: 3'))).toEqual(['sessions']);
    expect(kinds(app('mix: { browse: 1, view-upload: 1 }'))).toEqual(['sessions', 'uploads']);
    expect(kinds(app('stored-uploads: 3'))).toEqual(['sessions', 'uploads']);
    expect(kinds(app('users: 3', ', jobs: { every: 10s }, state: { jobs: memory }'))).toEqual([
      'sessions',
      'jobs',
    ]);
  });

  it('adds a broker for jobs in a queue', () => {
    const source =
      'services:\n  app:\n    image: shop:1.0\n    x-paddock: { jobs: { every: 10s }, state: { jobs: memory } }\n';
    const scenario = read(withHomes(source, 'herd.yaml', { jobs: 'queue' }));
    expect(stateChoices(scenario).find(({ kind }) => kind === 'jobs')?.home).toBe('queue');
    expect(scenario.services.map(({ name }) => name)).toContain('broker');
  });

  it('adds nothing for a kind of state that the herd does not have', () => {
    for (const homes of [{ jobs: 'queue' }, { uploads: 's3' }, { membership: 'redis' }])
      expect(withHomes(HERD, 'herd.yaml', homes)).toBe(HERD);
  });

  it.each(['memory', 'sticky', 'layer', 'signed', 'redis'])(
    'puts sessions into %s, and says so afterwards',
    (home) => {
      const [sessions] = stateChoices(read(withHomes(HERD, 'herd.yaml', { sessions: home })));
      expect(sessions?.home).toBe(home);
    },
  );

  it('asks about a list of peers where the herd keeps one', () => {
    expect(stateChoices(read(HERD)).map(({ kind }) => kind)).not.toContain('membership');
    const keeps =
      'services:\n  app:\n    image: shop:1.0\n    x-paddock: { state: { membership: memory } }\n';
    const peers = withHomes(keeps, 'herd.yaml', { membership: 'dns' });
    const choice = stateChoices(read(peers)).find(({ kind }) => kind === 'membership');
    expect(choice?.home).toBe('dns');
    expect(choice?.homes.map(({ name }) => name)).toEqual(['memory', 'redis', 'dns']);
  });

  it('adds a store that the home needs, once', () => {
    const once = withHomes(HERD, 'herd.yaml', { sessions: 'redis' });
    const twice = withHomes(once, 'herd.yaml', { sessions: 'redis' });
    expect(read(once).services.map(({ name }) => name)).toEqual(['app', 'lb', 'cache']);
    expect(twice).toBe(once);
  });

  it('keeps the comments', () => {
    expect(withHomes(HERD, 'herd.yaml', { sessions: 'layer' })).toContain('# where users are known');
  });

  it('changes nothing else: the same seed, users and services', () => {
    const { seed, traffic } = read(HERD);
    expect(read(withHomes(HERD, 'herd.yaml', { sessions: 'redis' }))).toMatchObject({ seed, traffic });
  });

  it('takes the cookie away with an explicit one', () => {
    const explicit = HERD.replace('sessions: sticky', 'sessions: memory').replace(
      'check:',
      'sticky: cookie, check:',
    );
    expect(stateChoices(read(explicit))[0]?.home).toBe('sticky');
    expect(stateChoices(read(withHomes(explicit, 'herd.yaml', { sessions: 'memory' })))[0]?.home).toBe(
      'memory',
    );
  });
});
