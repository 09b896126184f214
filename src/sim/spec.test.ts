import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SPEC = readFileSync(join(ROOT, 'src/sim/SPEC.md'), 'utf8');

/** Rule numbers, as SPEC.md defines them and as the names of tests cite them. */
const DEFINED = [...SPEC.matchAll(/^- \*\*([SRA]-?\d+)\*\* \S/gm)].map((m) => m[1]);
const CITED = /\b(?:[SR]-\d+|A\d)\b/g;

/** What the tests of the simulation are called: every string that a `describe`, an `it` or a table row passes. */
function citedRules(): Set<string> {
  const rules = new Set<string>();
  for (const folder of ['src/sim', 'test']) {
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.test.ts') || name.endsWith('spec.test.ts')) continue;
      const text = readFileSync(join(ROOT, folder, name), 'utf8');
      // A comment names rules too, but tests nothing.
      const titles = text.split('\n').filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line));
      for (const rule of titles.join('\n').match(CITED) ?? []) rules.add(rule);
    }
  }
  return rules;
}

describe('SPEC.md', () => {
  it('numbers each rule once, and in a form that can be cited', () => {
    const lines = SPEC.split('\n').filter((line) => line.startsWith('- '));
    expect(DEFINED).toHaveLength(lines.length);
    expect(new Set(DEFINED).size).toBe(DEFINED.length);
  });

  it('has a test for every rule', () => {
    const cited = citedRules();
    expect(DEFINED.filter((rule) => !cited.has(rule))).toEqual([]);
  });

  it('has every rule that a test claims to hold', () => {
    expect([...citedRules()].filter((rule) => !DEFINED.includes(rule)).toSorted()).toEqual([]);
  });
});
