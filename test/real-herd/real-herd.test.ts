import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { compare, missTable, type Comparison, type Measurement } from './compare.ts';
import { KNOWN_MISSES } from './misses.ts';

/** Against real processes behind a real HAProxy, nginx, Redis and S3 store: `measurements/`, medians of five repetitions. */
const folder = new URL('measurements/', import.meta.url);
const measurements = readdirSync(fileURLToPath(folder))
  .sort()
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Measurement);

const group = (name: string): string => name.slice(0, 3);
const GROUPS = [...new Set(measurements.map((m) => group(m.name)))];
const MINUTES = 60_000;

describe('the simulated herd against the measured one', () => {
  const comparisons: Comparison[] = [];

  beforeAll(() => {
    for (const m of measurements) comparisons.push(compare(m, { seeds: 50 }));
    console.info(missTable(comparisons));
  }, 5 * MINUTES);

  const missed = (): string[] => comparisons.filter((c) => !c.agrees).map((c) => c.name);

  it('agrees in at least 75 of the 83 scenarios', () => {
    expect(comparisons).toHaveLength(83);
    expect(comparisons.length - missed().length).toBeGreaterThanOrEqual(75);
  });

  it.each(GROUPS)('misses no scenario of group %s but the known ones', (name) => {
    expect(missed().filter((m) => group(m) === name)).toEqual(
      Object.keys(KNOWN_MISSES).filter((m) => group(m) === name),
    );
  });

  it('compares something in every scenario, and detection wherever both sides detected', () => {
    for (const c of comparisons) expect(c.rows.length).toBeGreaterThanOrEqual(8);
    expect(
      comparisons.filter((c) => c.rows.some((r) => r.quantity === 'marked DOWN')).length,
    ).toBeGreaterThan(10);
  });
});

describe('control: the same herds and loads with nothing done to them', () => {
  it('agree in fewer than 45 scenarios', { timeout: 5 * MINUTES }, () => {
    const agreeing = measurements.filter((m) => compare(m, { seeds: 20, script: false }).agrees);
    expect(agreeing.length).toBeLessThan(45);
  });
});
