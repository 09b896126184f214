import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALL_NAMES } from './fixture.ts';
import { parseScenario } from './parse.ts';

const TEXT = readFileSync(
  new URL('../../lessons/scenarios/herd-redis.compose.yaml', import.meta.url),
  'utf8',
);
const LINES = TEXT.split('\n').length + 2;
const word = fc.constantFrom(
  'null',
  '[]',
  '{}',
  '{ a: 1 }',
  '[a, b]',
  'x',
  '3',
  '3s',
  '-1',
  '"',
  '&a b',
  '*a',
  '<<: *b',
  '${X:?y}',
  'true',
  ': ',
  '- ',
  '\n',
  '  ',
);

it('never throws, and always says where', () => {
  fc.assert(
    fc.property(fc.nat(TEXT.length), fc.nat(12), word, (at, length, insert) => {
      const { scenario, problems } = parseScenario(
        TEXT.slice(0, at) + insert + TEXT.slice(at + length),
        'f.yaml',
        [],
        ALL_NAMES,
      );
      expect(scenario === null).toBe(problems.length > 0);
      for (const { line, column, message } of problems) {
        expect(line >= 1 && line <= LINES && column >= 1).toBe(true);
        expect(message).not.toBe('');
      }
    }),
    { numRuns: 300 },
  );
});

const key = fc.constantFrom(
  'services',
  'app',
  'x-paddock',
  'state',
  'sessions',
  'deploy',
  'replicas',
  'traffic',
  'mix',
  'check',
  'lb',
  'volumes',
  'command',
  '0',
  'nobody',
);

it('never throws for an override', () => {
  fc.assert(
    fc.property(fc.array(key, { minLength: 1, maxLength: 5 }), word, (path, value) => {
      const { scenario, problems } = parseScenario(TEXT, 'f.yaml', [`${path.join('.')}=${value}`], ALL_NAMES);
      expect(scenario === null).toBe(problems.length > 0);
    }),
    { numRuns: 300 },
  );
});
