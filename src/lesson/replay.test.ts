import { expect, test } from 'vitest';
import { createRun } from '../sim/create-run.ts';
import { compileLesson } from './compile.ts';
import type { Check } from './judging.ts';
import { replayLesson } from './replay.ts';

const FILE = 'lessons/en/03-replay/lesson.md';

const HERD = `name: shop
x-paddock: { platform: swarm, traffic: { users: 30, think: 2s, signed-in: true } }
services:
  app: { image: "shop:1.0", deploy: { replicas: 3 }, x-paddock: { state: { sessions: memory } } }
  cache: { image: "redis:7-alpine" }
  lb: { image: "haproxy:3.2", x-paddock: { sticky: cookie, redispatch: true, check: { inter: 2s, fall: 3, rise: 2 } } }
`;

const TEXT = `---
id: replay
title: Replay
part: Test
idea: Test.
minutes: 1
scenarios: { herd: ./compose.yaml }
sources: [S-1]
---
{% predict id="guess" gate=true answer="a" when="sessions.lost > 0" %}
Any?

- a: Yes
- b: No
{% /predict %}

{% do id="kill" run="docker kill shop-app-2" %}Kill{% /do %}

{% claim id="lost" when="sessions.lost >= 5 during 0s..5s after 'docker kill'" %}Some are lost.{% /claim %}

{% claim id="back" when="containers.running == 3 within 10s after 'docker kill'" %}Three again: {% value measure="containers.running" /%}.{% /claim %}

{% goal when="sessions.lost == 0 and capacity.min <= 2 during 0s..5s after 'docker kill'" %}Lose none.{% /goal %}
`;

const SOLUTION =
  'set: [services.app.x-paddock.state.sessions=redis]\ndo: [{ at: 5s, do: docker kill shop-app-2 }]\n';
const ABLATION = 'do: [{ at: 5s, do: docker kill shop-app-2 }]\n';

function replay({ text = TEXT, solution = SOLUTION, ablation = ABLATION }, seeds = 3): readonly Check[] {
  const files: Record<string, string> = {
    'lessons/en/03-replay/compose.yaml': HERD,
    'lessons/en/03-replay/solution.yaml': solution,
    'lessons/en/03-replay/ablation.yaml': ablation,
  };
  const { lesson, problems } = compileLesson({ file: FILE, text, read: (path) => files[path] ?? null });
  expect(problems).toEqual([]);
  if (lesson === null) throw new Error('no lesson');
  return replayLesson(lesson, { seeds, createRun });
}

const failures = (checks: readonly Check[]): string[] =>
  checks.flatMap(({ ok, what, why }) => (ok ? [] : [`${what}: ${why}`]));

test('a sound lesson passes every check', () => {
  const checks = replay({});
  expect(failures(checks)).toEqual([]);
  expect(checks.map(({ what, times }) => [what, times])).toEqual([
    ['the solution reaches the goal', 3],
    ['the untouched start does not reach the goal', 0],
    ['the ablation does not reach the goal', 0],
    ['the answer to guess is right', 3],
    ['claim lost holds', 3],
    ['claim back holds', 3],
    ["'containers.running' can be measured", 3],
  ]);
});

test.each([
  [
    'a solution that does not reach the goal',
    { solution: ABLATION },
    'the solution reaches the goal: seed 1: sessions.lost is 10, wanted 0',
  ],
  [
    'an ablation that reaches it',
    { ablation: SOLUTION },
    'the ablation does not reach the goal: seed 1: sessions.lost is 0, wanted 0',
  ],
  [
    'a goal that needs nothing done',
    { text: TEXT.replace(/sessions.lost == 0 and capacity[^"]*/, 'sessions.lost == 0') },
    'the untouched start does not reach the goal: seed 1: sessions.lost is 0, wanted 0',
  ],
  [
    'a claim that does not hold',
    { text: TEXT.replace('sessions.lost >= 5', 'sessions.lost >= 50') },
    'claim lost holds: seed 1: sessions.lost is 10, wanted at least 50',
  ],
  [
    'a claim that holds too often',
    { text: TEXT.replace('id="lost"', 'id="lost" often="sometimes"') },
    'claim lost holds sometimes: seed 1: ',
  ],
  [
    'a claim about another run',
    { text: TEXT.replace('id="lost"', 'id="lost" of="nothing"') },
    "claim lost holds: seed 1: waiting for 'docker kill'",
  ],
  [
    'a wrong answer',
    { text: TEXT.replace('when="sessions.lost > 0"', 'when="sessions.lost > 30"') },
    'the answer to guess is right: seed 1: sessions.lost is 10, wanted more than 30',
  ],
  [
    'a number that cannot be measured',
    { text: TEXT.replace('measure="containers.running"', 'measure="detect.down during 0s..5s"') },
    "'detect.down during 0s..5s' can be measured: seed 1: detect.down during 0s..5s is nothing",
  ],
  [
    'a button whose command is refused',
    { text: TEXT.replace('run="docker kill shop-app-2"', 'run="docker kill shop-app-9"') },
    "claim lost holds: seed 1: 'docker kill shop-app-9' was refused: ",
  ],
  [
    'a solution whose command is refused',
    { solution: SOLUTION.replace('app-2', 'app-9') },
    "the solution reaches the goal: seed 1: 'docker kill shop-app-9' was refused: ",
  ],
  [
    'an ablation whose command is refused',
    { ablation: ABLATION.replace('app-2', 'app-9') },
    "the ablation does not reach the goal: seed 1: 'docker kill shop-app-9' was refused: ",
  ],
  [
    'an override that the compose file refuses',
    { solution: SOLUTION.replace('=redis', '=reddis') },
    'the solution reaches the goal: ',
  ],
])('%s is found', (_, lesson, message) => {
  const found = failures(replay(lesson));
  expect(
    found.some((failure) => failure.startsWith(message)),
    found.join('\n'),
  ).toBe(true);
});
