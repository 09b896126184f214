import { expect, test } from 'vitest';
import { createRun } from '../sim/create-run.ts';
import { parseScenario } from '../scenario/parse.ts';
import { stopping, type StopSettings } from './stopping.ts';

const source = (more: string, platform: string): string => `
name: shop
x-paddock: { platform: ${platform}, traffic: { users: 60, rate: 120/s } }
services:
  app:
    image: shop:1.0
    deploy: { replicas: 3 }
    stop_grace_period: 10s
    x-paddock: { boot: 1s, service-time: { exponential: 80ms }, state: { sessions: signed, uploads: none }, ${more} }
  lb: { image: "haproxy:3.2", x-paddock: { check: none, retries: 0 } }
`;

function tried(more: string, settings: Partial<StopSettings> = {}, platform = 'bare') {
  const { scenario } = parseScenario(source(more, platform), 'compose.yaml');
  if (!scenario) throw new Error('the scenario does not read');
  const run = createRun(scenario);
  run.advance(4000);
  const before = run.hash();
  const as = stopping(run, null);
  if (!as) throw new Error('nobody to stop');
  const found = stopping(run, { ...as.settings, ...settings });
  expect(run.hash()).toBe(before);
  return found!;
}

test('told before SIGTERM: out of the rotation first, and nothing fails', () => {
  const found = tried('drain: before, endpoint-delay: 1s');
  expect(found.outAt!).toBeLessThanOrEqual(found.sigtermAt!);
  expect(found.failures).toEqual([]);
  expect(found.killed).toBe(false);
});

test('told as late as it is signalled: requests still come and are refused until the balancer knows (S-64)', () => {
  const found = tried('drain: concurrent, endpoint-delay: 2s');
  expect(found.outAt! - found.sigtermAt!).toBeCloseTo(2000, -1);
  expect(found.failures.length).toBeGreaterThan(20);
  for (const at of found.failures) expect(at).toBeLessThanOrEqual(found.outAt! + 10);
});

test('a preStop as long as the delay closes the window, tried without touching the run', () => {
  const found = tried('drain: concurrent, endpoint-delay: 2s', { prestopMs: 2500 });
  expect(found.sigtermAt).toBe(2500);
  expect(found.failures).toEqual([]);
});

test('a process that does not hear SIGTERM dies when its grace is over (S-16)', () => {
  const found = tried('drain: before, sigterm: none', { graceMs: 3000 });
  expect(found.exitAt! - found.sigtermAt!).toBe(3000);
  expect(found.killed).toBe(true);
});

test('on Swarm too the balancer sends to nobody until it is told, though the process is gone (S-65)', () => {
  const found = tried('drain: concurrent, endpoint-delay: 2s', {}, 'swarm');
  expect(found.exitAt!).toBeLessThan(1000);
  expect(found.outAt!).toBeCloseTo(2000, -1);
  expect(found.failures.length).toBeGreaterThan(20);
});

test('with Docker and Compose nobody tells the balancer, and no preStop is waited for (S-12)', () => {
  for (const platform of ['docker', 'compose']) {
    const found = tried('drain: before', { prestopMs: 5000 }, platform);
    expect(found).toMatchObject({ notice: false, refused: null, preStopAt: null, sigtermAt: 0 });
  }
});

test('what hears its signal and what does not: the file says, and its own signal has its own name (S-15, S-16)', () => {
  expect(tried('pid1: shell').hears).toBe(false);
  expect(tried('sigterm: none').hears).toBe(false);
  expect(tried('sigterm: none, pid1: init').hears).toBe(true);
  expect(tried('pid1: exec')).toMatchObject({ hears: true, signal: 'SIGTERM' });
});
