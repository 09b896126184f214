import { describe, expect, it } from 'vitest';
import { homes } from '../../../test/support/fixtures.ts';
import { herdOf } from '../../../test/support/herd-of.ts';
import {
  container,
  entries,
  expectMean,
  expectUniform,
  play,
  sample,
} from '../../../test/support/many-seeds.ts';
import { parseScenario } from '../../scenario/parse.ts';
import type { AppService } from '../model/scenario.ts';

/** The defaults of a target group (S-97). */
const CHECK = { interMs: 30_000, fastinterMs: null, downinterMs: null, fall: 2, rise: 5, timeoutMs: 5000 };
const herd = herdOf({
  app: {
    serviceTime: { kind: 'fixed', ms: 100 },
    state: homes({ sessions: 'redis' }),
    onExit: { do: 'none', delayMs: 0, layer: 'keep' },
  },
  balancer: {
    image: 'alb',
    kind: 'alb',
    check: CHECK,
    retries: 0,
    redispatch: false,
    connectTimeoutMs: 10_000,
    serverTimeoutMs: 60_000,
  },
  traffic: { rate: 20 },
});
const AT = 2000;
const KILL = [[AT, 'docker kill shop-app-2']] as const;
const ALL = [[AT, 'docker kill shop-app-1 shop-app-2 shop-app-3']] as const;
const backIn = (ms: number): Partial<AppService> => ({
  onExit: { do: 'restart', delayMs: 0, layer: 'keep' },
  bootMs: ms,
});

describe('an application load balancer', () => {
  it('reads its defaults from its image (S-97, S-98)', () => {
    const { scenario: s } = parseScenario(
      'name: shop\nservices:\n  app: { image: "shop:1", deploy: { replicas: 3 } }\n  lb: { image: alb }\n',
      'compose.yaml',
    );
    expect(s?.services.find((x) => x.name === 'lb')).toMatchObject({
      kind: 'alb',
      check: CHECK,
      connectTimeoutMs: 10_000,
      serverTimeoutMs: 60_000,
      deregistrationMs: 300_000,
    });
  });

  it('takes a dead target out after 30 to 60 s, and until then answers 502 for its share (A4, S-97, S-100)', () => {
    const down = sample(
      200,
      (seed) => play(herd({}, {}, { rate: 2 }), seed, KILL, 64_000).metrics(AT, 64_000)['detect.down'] ?? 0,
    );
    expectUniform(down, 30_000, 60_000);
    const failed = sample(200, (seed) => {
      const m = play(herd(), seed, KILL, AT + 20_000).metrics(AT, AT + 20_000);
      expect(m['requests.failed.status.502']).toBe(m['requests.failed']);
      return m['requests.failed.connect-refused'] ?? 0;
    });
    expectMean(failed, (20 * 20) / 3, 1);
  });

  it('lets it back in after five passed checks: 120 to 150 s (A4, S-97)', () => {
    const up = sample(200, (seed) => {
      const s = herd({}, backIn(70_000), { rate: 2 });
      return (play(s, seed, KILL, 240_000).metrics(AT, 240_000)['detect.up'] ?? 0) - 70_000;
    });
    expectUniform(up, 120_000, 150_000, 50);
  });

  it('sends a new target nothing before its first check has passed, and needs one only (A4, S-97)', () => {
    const first = sample(200, (seed) => {
      const run = play(
        herd({}, { bootMs: 0 }, { rate: 2 }),
        seed,
        [[AT, 'docker compose up -d --scale app=4']],
        34_000,
      );
      const up = entries(run).find((e) => e.kind === 'server-up' && e.subject === 'shop-app-4');
      expect(run.metrics(0, 34_000)['requests.failed']).toBe(0);
      return (up?.t ?? 0) - AT;
    });
    expectUniform(first, 0, 30_000);
  });

  it('fails open when no target is healthy: it goes on trying all of them, 502 and not 503 (S-97, S-100)', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const run = play(herd({}, backIn(65_000)), seed, ALL, 90_000);
      const m = run.metrics(AT, 90_000);
      expect(m['requests.failed.status.502']).toBe(m['requests.failed']);
      expect(entries(run).filter((e) => e.kind === 'fail-open')).toHaveLength(1);
      // They answer as soon as they are back, long before five checks have passed.
      expect(m['recovery.time']).toBeGreaterThan(64_500);
      expect(m['recovery.time']).toBeLessThan(65_300);
      expect(run.view().containers.every((c) => c.server === 'down')).toBe(true);
    }
  });

  it('answers 503 only when no target is registered (S-100)', () => {
    const lines = [1, 2, 3].map((n) => [AT, `paddock balancer maint shop-app-${n}`] as const);
    for (let seed = 1; seed <= 20; seed++) {
      const m = play(herd(), seed, lines, 6000).metrics(AT + 200, 6000);
      expect(m['requests.ok']).toBe(0);
      expect(m['requests.failed.no-server']).toBe(m['requests.failed']);
      expect(m['requests.failed.status.503']).toBe(m['requests.failed']);
    }
  });

  it('lets requests of a deregistered target go on for the delay, then answers 502 (S-98, S-100)', () => {
    const slow = { serviceTime: { kind: 'fixed', ms: 5000 } } as const;
    const line = [[AT, 'paddock balancer drain shop-app-2']] as const;
    for (let seed = 1; seed <= 20; seed++) {
      const kept = play(herd({ deregistrationMs: 6000 }, slow, { timeoutMs: 20_000 }), seed, line, 12_000);
      expect(kept.metrics(0, 12_000)['requests.failed']).toBe(0);
      expect(container(kept, 'shop-app-2').inFlight).toBe(0);
      const cut = play(herd({ deregistrationMs: 1000 }, slow, { timeoutMs: 20_000 }), seed, line, 12_000);
      const before = container(
        play(herd({}, slow, { timeoutMs: 20_000 }), seed, [], AT),
        'shop-app-2',
      ).inFlight;
      const m = cut.metrics(0, 12_000);
      expect(m['requests.failed.reset']).toBe(m['requests.failed']);
      expect(m['requests.failed.status.502']).toBe(m['requests.failed']);
      expect(Math.abs((m['requests.failed'] ?? 0) - before)).toBeLessThanOrEqual(1);
    }
  });

  it('moves sticky users when their target leaves or falls ill, and they do not return (S-99)', () => {
    const sticky = herd({ sticky: 'cookie' }, { ...backIn(62_000), state: homes({ sessions: 'memory' }) });
    for (let seed = 1; seed <= 5; seed++) {
      const run = play(sticky, seed, KILL, 300_000);
      const owners = container(play(sticky, seed, [], AT), 'shop-app-2').sessions;
      expect(container(run, 'shop-app-2').server).toBe('up');
      expect(run.metrics(0, 300_000)['sessions.refused']).toBe(owners);
      expect(container(run, 'shop-app-2').sessions).toBe(0);
    }
    const drained = play(sticky, 1, [[AT, 'paddock balancer drain shop-app-2']], 30_000);
    expect(drained.metrics(AT, 30_000)['sessions.missed']).toBeGreaterThan(20);
  });

  it('answers 504 when a target accepts and does not answer, and 504 when it cannot be reached at all (S-100)', () => {
    const hung = play(herd({ serverTimeoutMs: 2000 }), 1, [[AT, 'paddock hang shop-app-2']], 9000).metrics(
      0,
      9000,
    );
    expect(hung['requests.failed']).toBeGreaterThan(20);
    expect(hung['requests.failed.status.504']).toBe(hung['requests.failed']);
    const cut = play(
      herd({ connectTimeoutMs: 2000 }),
      1,
      [[AT, 'paddock partition balancer shop-app-2']],
      9000,
    );
    const m = cut.metrics(0, 9000);
    expect(m['requests.failed']).toBeGreaterThan(20);
    expect(m['requests.failed.status.504']).toBe(m['requests.failed']);
  });

  it('has no container of its own to kill', () => {
    const run = play(herd(), 1, [], 1000);
    expect(run.view().containers.every((c) => c.service === 'app')).toBe(true);
    expect(run.view().balancer).toMatchObject({ kind: 'alb', up: true });
  });
});
