import { describe, expect, it } from 'vitest';
import { STATE_MODELS } from '../sim/state-models/registry.ts';
import { LINKED_HOMES, readParameters } from './parameters.ts';
import { parseRoute } from './routes.ts';

describe('parameters', () => {
  it('are read into their types', () => {
    const query = {
      scenario: 'pet',
      seed: '12',
      'state.sessions': 'redis',
      controls: 'Kill, Deploy,',
      theme: 'dusk',
      autoplay: '0',
    };
    expect(readParameters(query)).toEqual({
      refused: [],
      parameters: {
        scenario: 'pet',
        seed: 12,
        'state.sessions': 'redis',
        controls: ['Kill', 'Deploy'],
        theme: 'dusk',
        autoplay: false,
      },
    });
  });

  it.each([
    ['scenario', '../../etc'],
    ['seed', '1e9'],
    ['seed', '-1'],
    ['state.sessions', 'redis: {'],
    ['state.uploads', 'redis'],
    ['controls', 'Kill,Krash'],
    ['theme', 'neon'],
    ['autoplay', 'maybe'],
    ['__proto__', 'x'],
    ['constructor', 'x'],
  ])('refuses %s=%s by name, and keeps the rest', (name, text) => {
    const { parameters, refused } = readParameters(
      Object.fromEntries([
        [name, text],
        ['seed', name === 'seed' ? text : '3'],
      ]),
    );
    expect(refused[0]).toMatch(new RegExp(`^${name.replace('.', '\\.')}: `));
    expect(parameters).toEqual(name === 'seed' ? {} : { seed: 3 });
  });
});

describe('homes in a link', () => {
  it.each(Object.entries(LINKED_HOMES))('%s: all that there are', (kind, homes) => {
    const there = Object.values(STATE_MODELS).filter(
      ({ name, kinds }) => name !== 'none' && (kinds as readonly string[]).includes(kind),
    );
    const all = [...there.map(({ name }) => name), ...(kind === 'sessions' ? ['sticky'] : [])];
    expect(homes.toSorted()).toEqual(all.toSorted());
  });
});

describe('routes', () => {
  it.each([
    ['', { page: 'home' }],
    ['/', { page: 'home' }],
    ['/sandbox', { page: 'sandbox', query: {} }],
    ['/sandbox?scenario=pet&seed=2', { page: 'sandbox', query: { scenario: 'pet', seed: '2' } }],
    ['/lesson/pets-and-cattle', { page: 'lesson', id: 'pets-and-cattle' }],
    ['/nowhere/at/all', { page: 'lost', path: '/nowhere/at/all' }],
  ])('%s', (fragment, route) => expect(parseRoute(fragment)).toEqual(route));
});
