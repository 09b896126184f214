import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createRun } from '../sim/create-run.ts';
import { readChallenge } from './challenge.ts';
import { challengeFiles } from './lesson-files.ts';
import { replayChallenge } from './replay-challenge.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

describe('the challenges', () => {
  it.each(challengeFiles(ROOT))('%s shows its symptom on every seed, and not with only the fix', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const check of replayChallenge(text, file, { seeds: 4, createRun }))
      expect(check).toMatchObject({ why: '' });
    expect(readChallenge(text).fix).toHaveLength(1);
  });

  it('are judged: a fix that mends nothing, and a symptom that does not show, are found out', () => {
    const [file = ''] = challengeFiles(ROOT);
    const text = readFileSync(join(ROOT, file), 'utf8');
    const idle = text.replace(/fix:\n\s+- .*/, "fix: ['x-paddock.seed=1']");
    const options = { seeds: 1, createRun };
    expect(replayChallenge(idle, file, options).map((check) => check.ok)).toEqual([true, false]);
    const calm = text.replace(/script: .*/, 'script: []');
    expect(replayChallenge(calm, file, options).map((check) => check.ok)).toEqual([false, true]);
  });
});

describe('a challenge', () => {
  const good = 'x-challenge: { title: a, because: b, until: 5s, symptom: logins > 0, fix: [name=x] }';
  it.each([
    ['name: shop', 'x-challenge: missing'],
    [good.replace('title: a, ', ''), 'x-challenge.title: write a text'],
    [good.replace('5s', '5'), 'x-challenge.until: write a text'],
    [good.replace('5s', 'soon'), 'x-challenge.until: write a duration such as 40s'],
    [good.replace('logins', 'loggins'), "x-challenge.symptom: unknown metric 'loggins'"],
    [good.replace('[name=x]', '[name]'), 'x-challenge.fix: write a list of path=value'],
    [good.replace('title', 'titel'), 'x-challenge.titel: unknown'],
  ])('%s is refused', (text, message) => {
    expect(() => readChallenge(text)).toThrow(message);
  });
});
