import { describe, expect, test } from 'vitest';
import { createRun } from '../../sim/create-run.ts';
import { parseScenario } from '../../scenario/parse.ts';
import { PLATFORMS } from '../../sim/registries.ts';
import { ORDEALS } from './ordeals.ts';
import { survival } from './survive.ts';

const herd = (platform: string, sessions: string, more = ''): string => `
name: shop
x-paddock: { platform: ${platform}, traffic: { users: 60, think: 2s } }
services:
  app:
    image: shop:1.0
    deploy: { replicas: 3 }
    restart: always
    x-paddock: { boot: 1s, state: { sessions: ${sessions}, uploads: none } }
  lb: { image: "haproxy:3.2", x-paddock: { sticky: cookie, check: {}, redispatch: true } }
${more}`;

// Not on the edge of a bin of 100 ms.
function found(source: string, until = 5073) {
  const { scenario } = parseScenario(source, 'compose.yaml');
  if (!scenario) throw new Error('the scenario does not read');
  const run = createRun(scenario);
  run.advance(until);
  const before = run.hash();
  const result = survival(run, null);
  expect(run.hash()).toBe(before);
  if (!result) throw new Error('nothing to try it on');
  return result;
}

const tried = (source: string) => found(source).rows.find(({ kind }) => kind === 'sessions')!;

describe('what would survive, found by trying', () => {
  test('sessions in memory go with the process, whatever ends it', () => {
    const row = tried(herd('swarm', 'memory'));
    expect(row.fates.crash!.lost).toBeGreaterThan(5);
    expect(row.fates.restart!.lost).toBe(row.fates.crash!.lost);
    expect(row.fates.replacement!.lost).toBe(row.fates.crash!.lost);
    expect(row.fates.deploy!.lost).toBeGreaterThan(2 * row.fates.crash!.lost);
  });

  test('sessions in the layer survive a restart and not a replacement (A2)', () => {
    const row = tried(herd('compose', 'layer'));
    expect(row.fates.crash!.lost).toBe(0);
    expect(row.fates.restart!.lost).toBe(0);
    expect(row.fates.replacement!.lost).toBeGreaterThan(5);
    expect(row.fates.deploy!.lost).toBe(row.held);
  });

  test('on Kubernetes a crash cleans the layer as well (S-68)', () => {
    const row = tried(herd('kubernetes', 'layer'));
    expect(row.fates.crash!.lost).toBeGreaterThan(5);
    expect(row.fates.replacement!.lost).toBe(row.fates.crash!.lost);
    expect(row.fates['scale-in']!.lost).toBeGreaterThan(5);
    expect(row.fates.deploy!.lost).toBeGreaterThanOrEqual(row.held);
  });

  test('sessions in Redis survive everything but Redis', () => {
    const row = tried(
      herd('swarm', 'redis', '  cache: { image: "redis:7-alpine", x-paddock: { persistence: none } }'),
    );
    expect(row.fates.crash!.lost + row.fates.replacement!.lost + row.fates.deploy!.lost).toBe(0);
    expect(row.fates['store loss']!.lost).toBeGreaterThanOrEqual(row.held);
  });

  test('what there is none of is not tried, and it says so', () => {
    const { rows, missing } = found(herd('swarm', 'memory'));
    expect(rows.map(({ fates }) => fates['store loss'])).toEqual([null]);
    expect(missing['store loss']).toBe('no store here');
  });

  test.each(Object.keys(PLATFORMS))('on %s every ordeal but that can be tried', (platform) => {
    const { rows, missing, refused, failed, lines } = found(herd(platform, 'layer'));
    for (const ordeal of ORDEALS.filter((one) => one !== 'store loss')) {
      expect(missing[ordeal], ordeal).toBeNull();
      expect(refused[ordeal], `${ordeal}: ${lines[ordeal].join('; ')}`).toBeNull();
      expect(rows[0]!.fates[ordeal], ordeal).not.toBeNull();
      expect(failed[ordeal], ordeal).not.toBeNull();
    }
    // A layer goes with its container, whoever takes that away and however it is said (A2).
    expect(rows[0]!.fates.replacement!.lost).toBeGreaterThan(5);
    expect(rows[0]!.fates.deploy!.lost).toBeGreaterThanOrEqual(rows[0]!.held);
  });

  test('lists of peers find together again after a crash, and not after a deploy that replaced their seeds', () => {
    const peers = (home: string) => {
      const source = herd('swarm', 'signed').replace('uploads: none', `uploads: none, membership: ${home}`);
      return found(source).rows.find(({ kind }) => kind === 'membership')!;
    };
    const row = peers('memory');
    expect([row.home, row.held, row.fates.deploy!.lost]).toEqual(['memory', 6, 6]);
    const dns = peers('dns');
    expect([dns.held, dns.fates.crash!.lost, dns.fates.deploy!.lost]).toEqual([6, 0, 0]);
  });
});
