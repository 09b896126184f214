import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { play } from '../../../test/support/many-seeds.ts';
import type { AppService, Scenario } from '../model/scenario.ts';

const LINES = store({ name: 'lines', image: 'fluent/fluent-bit:3', kind: 'collector' });
const UNTIL = 10_000;

const herd = (
  logs: string,
  over: Partial<AppService> = {},
  collector = logs === 'collector',
  platform = 'compose',
): Scenario =>
  scenario(
    [
      app({ restart: 'always', state: homes({ sessions: 'signed', logs }), ...over }),
      ...(collector ? [LINES] : []),
      balancer(),
    ],
    { platform },
    { users: 50, rate: 100 },
  );

const lost = (s: Scenario, ...lines: readonly (readonly [number, string])[]): number =>
  play(s, 1, lines, UNTIL).metrics(0, UNTIL)['logs.lost'] ?? 0;

const CRASH = [4000, 'paddock crash shop-app-1'] as const;
const KILL = [4000, 'docker kill shop-app-1'] as const;
const STOP = [4000, 'docker stop shop-app-1'] as const;
const RM = [5000, 'docker rm shop-app-1'] as const;

describe('log lines', () => {
  it('on stdout survive a restart and go with `docker rm` (S-25)', () => {
    expect(lost(herd('stdout'), CRASH)).toBe(0);
    expect(lost(herd('stdout'), KILL)).toBe(0);
    // a third of the requests of the first 4 s, and nothing of the other two containers
    const gone = lost(herd('stdout'), KILL, RM);
    expect(gone).toBeGreaterThan(110);
    expect(gone).toBeLessThan(160);
    // both lives of one container are in its file
    expect(lost(herd('stdout'), CRASH, [8000, 'docker rm -f shop-app-1'])).toBeGreaterThan(200);
  });

  it('in a file of the layer go with the container, though a collector reads stdout (S-25, A2)', () => {
    expect(lost(herd('layer', {}, true), CRASH)).toBe(0);
    expect(lost(herd('layer', {}, true), KILL, RM)).toBeGreaterThan(110);
    expect(lost(herd('layer', {}, true), [4000, 'docker compose up -d --force-recreate'])).toBeGreaterThan(
      330,
    );
  });

  it('in a tmpfs go with the process, whatever ends it (S-25, A2)', () => {
    for (const how of [CRASH, KILL, STOP]) expect(lost(herd('tmpfs'), how)).toBeGreaterThan(110);
  });

  it('on stdout with a collector survive the container, but for the last unsent ones (S-132)', () => {
    const shipped = play(herd('stdout', {}, true), 1, [KILL, RM], UNTIL).metrics(0, UNTIL);
    expect(shipped['logs.lost']).toBe(0);
    expect(shipped['logs.shipped']).toBeGreaterThan(780);
    const atOnce = lost(herd('stdout', {}, true), [4900, 'docker rm -f shop-app-1']);
    expect(atOnce).toBeGreaterThan(0);
    expect(atOnce).toBeLessThan(60);
  });

  it('that the process ships itself: a kill loses what it has not sent, a stop that is heeded nothing (S-132)', () => {
    const killed = lost(herd('collector'), [4900, 'docker kill shop-app-1']);
    expect(killed).toBeGreaterThan(10);
    expect(killed).toBeLessThan(60);
    expect(lost(herd('collector'), [4900, 'docker stop shop-app-1'])).toBe(0);
    // one that does not heed SIGTERM is killed after its grace period
    expect(
      lost(herd('collector', { sigterm: 'none', stopGraceMs: 700 }), [4200, 'docker stop shop-app-1']),
    ).toBeGreaterThan(0);
  });

  it('wait for a collector that is away, as many as the buffer holds; each loss names its cause (S-132)', () => {
    const s = herd('collector', { kinds: { ...app().kinds, logs: { shipMs: 500, buffer: 40 } } });
    const run = play(s, 1, [[2000, 'paddock store lines down --for 4s']], UNTIL);
    const m = run.metrics(0, UNTIL);
    // 100/s for 4 s into three buffers of 40
    expect(m['logs.lost']).toBeGreaterThan(220);
    expect(m['logs.lost']).toBeLessThan(330);
    expect((m['logs.lost'] ?? 0) + (m['logs.shipped'] ?? 0)).toBeGreaterThan((m['requests.ok'] ?? 0) - 60);
    const entries = run.journal(0, run.journalLength());
    const first = entries.find((e) => e.kind === 'logs-lost');
    expect(run.chain(first?.id ?? -1).map((e) => e.kind)).toEqual(['logs-lost', 'store-down', 'command']);
  });

  it('are counted whole: nothing is lost or shipped that was not written, and nothing twice', () => {
    const run = play(herd('collector'), 3, [CRASH, [7000, 'docker kill shop-app-2']], UNTIL);
    const m = run.metrics(0, UNTIL);
    expect((m['logs.lost'] ?? 0) + (m['logs.shipped'] ?? 0)).toBeLessThanOrEqual(m['requests.total'] ?? 0);
  });
});

describe('a full disk', () => {
  it('under the layer takes the lines of a file in it, and of no file on a volume', () => {
    const full = [4000, 'paddock fill-disk shop-app-1'] as const;
    const mounts = [{ type: 'volume', source: 'data', target: '/app' }] as const;
    const crash = [8000, 'paddock crash shop-app-1'] as const;
    expect(lost(herd('layer'), full, crash)).toBeGreaterThan(100);
    expect(lost(herd('volume', { mounts }), full, crash)).toBe(0);
  });
});
