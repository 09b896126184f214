import { expect, it } from 'vitest';
import { openSource } from '../yaml/open.ts';
import { readArgv } from './process.ts';

it.each([
  ['node server.js --port 80', ['node', 'server.js', '--port', '80']],
  [`sh -c "echo 'a b' && run"`, ['sh', '-c', "echo 'a b' && run"]],
  [`say 'it is' a\\ b`, ['say', 'it is', 'a b']],
  ['[node, "a b"]', ['node', 'a b']],
  ['', null],
])('%j', (yaml, words) => {
  const { root } = openSource(yaml, 'f');
  expect(readArgv(root ?? undefined)).toEqual(words);
});
