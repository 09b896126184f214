/** A small lesson without faults, for tests that seed one. */
import type { LessonInput } from './compile.ts';

export const LESSON_FILE = 'lessons/en/02-two-herds/lesson.md';

export const LESSON = `---
id: two-herds
title: Two herds
part: The idea
idea: One herd forgets and the other does not.
minutes: 5
scenarios:
  memory: ../../scenarios/memory.compose.yaml
  shared: ./shared.compose.yaml
controls: [Kill]
sources: [S-44, C-3]
---
What happens to \`sessions\`?

## Guess

{% predict id="guess" gate=true answer="b" when="sessions.lost > 0 after first command" %}
How many are lost?

- a: None
- b: Some, **always**
{% /predict %}

## Try

{% do id="kill" run="docker kill shop-app-2" %}Kill one{% /do %}

{% claim id="some-lost" when="sessions.lost > 0 during 0s..10s after first command" %}
{% value measure="sessions.lost after first command" /%} of [40](https://example.org) were lost.
{% /claim %}

{% why of="guess" %}
They were {% show what="container shop-app-2" %}in that one{% /show %}.
{% /why %}

## Again, elsewhere
{% scene name="shared" /%}

{% do id="kill-again" run=["docker kill shop-app-2", "docker kill shop-app-3"] wait="5s" %}Kill two{% /do %}

{% claim id="none-lost" when="sessions.lost == 0" often="usually" %}
None were lost.
{% /claim %}

{% only platform="swarm" %}
{% code title="compose.yaml" mark="1,3-4" verdict="right" %}
\`\`\`yaml
services:
  app:
    image: shop:1.0
    restart: always
\`\`\`
{% /code %}
{% /only %}

{% goal when="sessions.lost == 0 during 0s..10s after 'docker kill'" %}
Kill one and lose nothing.
{% /goal %}
`;

const COMPOSE = `name: shop
x-paddock: { platform: swarm }
services:
  app: { image: "shop:1.0", deploy: { replicas: 3 } }
  cache: { image: "redis:7-alpine" }
  lb: { image: "haproxy:3.2" }
`;

const PLAN = 'do: [{ at: 10s, do: docker kill shop-app-2 }]\n';

export const FILES: Readonly<Record<string, string>> = {
  'lessons/scenarios/memory.compose.yaml': COMPOSE,
  'lessons/en/02-two-herds/shared.compose.yaml': COMPOSE,
  'lessons/en/02-two-herds/solution.yaml': PLAN,
  'lessons/en/02-two-herds/ablation.yaml': `scenario: memory\nset: [services.app.x-paddock.boot=1s]\n${PLAN}until: 30s\n`,
};

/** The lesson with other text, or with other files beside it (null = missing). */
export function lessonInput(
  text: string = LESSON,
  files: Readonly<Record<string, string | null>> = {},
): LessonInput {
  return {
    file: LESSON_FILE,
    text,
    read: (path) => (path in files ? (files[path] ?? null) : (FILES[path] ?? null)),
  };
}
