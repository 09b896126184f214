import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { createRun } from '../create-run.ts';
import type { JournalEntry } from '../engine/journal-entry.ts';
import type { Command } from '../model/command.ts';
import type { AppService, BalancerService, Scenario } from '../model/scenario.ts';
import type { Run } from '../run.ts';
import { runningOf } from '../../../test/support/running.ts';

/** What the commands of Compose, Swarm and the balancer do to a herd. */

const named = (...names: string[]): { kind: 'names'; names: string[] } => ({ kind: 'names', names });
const up = (over: Partial<Extract<Command, { verb: 'compose-up' }>> = {}): Command => ({
  verb: 'compose-up',
  scale: {},
  forceRecreate: false,
  renewAnonVolumes: false,
  ...over,
});
const roll: Command = { verb: 'service-update', service: 'app', image: 'shop:2.0', force: false };

function herd(platform: string, a: Partial<AppService> = {}, lb: Partial<BalancerService> = {}): Scenario {
  return scenario([app(a), store(), balancer(lb)], { platform });
}

/** Runs the commands at 1 s, then on to `until`. */
function play(s: Scenario, until: number, ...commands: Command[]): Run {
  const run = createRun(s);
  run.advance(1000);
  for (const command of commands) expect(run.apply(command, command.verb)).toMatchObject({ ok: true });
  run.advance(until);
  return run;
}

const entries = (run: Run, kind: JournalEntry['kind']): JournalEntry[] =>
  run.journal(0, run.journalLength()).filter((e) => e.kind === kind);
const running = (run: Run): string[] =>
  runningOf(run)
    .map((c) => c.name)
    .toSorted();
const tags = (run: Run): string[] =>
  [
    ...new Set(
      run
        .view()
        .containers.filter((c) => c.phase === 'running')
        .map((c) => c.tag),
    ),
  ].toSorted();

describe('docker', () => {
  it('`ps --filter name=app` matches any part of a name: a project called myapp loses its store too (S-28)', () => {
    const s = { ...herd('compose'), name: 'myapp' };
    const filtered: Command = {
      verb: 'kill',
      tool: 'docker',
      targets: { kind: 'filter', substring: 'app' },
      signal: 'KILL',
    };
    const run = play(s, 3000, filtered);
    expect(running(run)).toEqual([]);
    expect(run.view().stores[0]?.state).toBe('down');
    expect(play({ ...s, name: 'shop' }, 3000, filtered).view().stores[0]?.state).toBe('up');
  });
});

describe('docker compose', () => {
  it('has no reconcile loop: what is removed by hand is gone until the next `up` (S-29)', () => {
    const s = herd('compose', { restart: 'always' });
    const rm: Command = { verb: 'rm', targets: named('shop-app-2'), force: true, volumes: false };
    const run = play(s, 60_000, rm);
    expect(running(run)).toEqual(['shop-app-1', 'shop-app-3']);
    run.apply(up(), 'up');
    run.advance(70_000);
    expect(running(run)).toHaveLength(3);
  });

  it('sends traffic to a container that still boots: nothing gates it (S-20)', () => {
    const s = herd('compose', { restart: 'always', bootMs: 4000 }, { check: null, retries: 0 });
    const run = play(s, 5000, { verb: 'crash', targets: named('shop-app-1') });
    const m = run.metrics(1500, 5000);
    // a third of 100 requests a second meet a closed port
    expect(m['requests.failed.connect-refused']).toBeGreaterThan(80);
    expect(m['requests.failed']).toBe(m['requests.failed.connect-refused']);
  });

  it('recreates all replicas at once: none starts before the last old one is gone, and numbers are kept (S-30, S-31)', () => {
    const run = play(herd('compose'), 20_000, up({ forceRecreate: true }));
    const ofApp = (kind: JournalEntry['kind']): number[] =>
      entries(run, kind)
        .filter((e) => e.subject.startsWith('shop-app-'))
        .map((e) => e.t);
    const gone = ofApp('container-removed');
    const started = ofApp('container-started');
    expect(gone).toHaveLength(3);
    expect(started).toHaveLength(3);
    expect(Math.min(...started)).toBeGreaterThanOrEqual(Math.max(...gone));
    expect(running(run)).toEqual(['shop-app-1', 'shop-app-2', 'shop-app-3']);
    expect(run.metrics(0, 20_000)['capacity.min']).toBe(0);
  });

  it('recreates for a changed environment, not for a changed number of replicas (S-33)', () => {
    const changed = (a: Partial<AppService>): Run =>
      play(herd('compose'), 20_000, { verb: 'set', assignments: ['…'], scenario: herd('compose', a) });
    expect(changed({ environment: { COLOUR: 'blue' } }).metrics(0, 20_000)['containers.started']).toBe(3);
    expect(changed({ replicas: 4 }).metrics(0, 20_000)['containers.started']).toBe(1);
  });

  it('`--scale` touches the difference only: down from the highest number (S-35)', () => {
    const more = play(herd('compose'), 5000, up({ scale: { app: 5 } }));
    expect(more.metrics(0, 5000)['containers.started']).toBe(2);
    more.apply(up({ scale: { app: 3 } }), 'up');
    more.advance(20_000);
    expect(running(more)).toEqual(['shop-app-1', 'shop-app-2', 'shop-app-3']);
  });

  it('`up` starts a killed container that is not out of date as it was, layer and all (S-37, S-11)', () => {
    const run = play(
      herd('compose'),
      3000,
      { verb: 'exec', target: 'shop-app-1', argv: ['touch', '/app/patch.js'] },
      { verb: 'kill', tool: 'docker', targets: named('shop-app-1'), signal: 'KILL' },
      up(),
    );
    expect(running(run)).toHaveLength(3);
    expect(run.view().totals.drift).toBe(1);
    expect(entries(run, 'container-created').filter((e) => e.t > 0)).toHaveLength(0);
  });
});

describe('docker service', () => {
  const healthcheck = {
    intervalMs: 1000,
    timeoutMs: 500,
    retries: 3,
    startPeriodMs: 0,
    startIntervalMs: 1000,
    works: true,
  };
  const update = (over: Partial<AppService['update']>): Partial<AppService> => ({
    update: { ...app().update, ...over },
  });
  const least = (u: Partial<AppService['update']>): number | null | undefined =>
    play(herd('swarm', { healthcheck, ...update(u) }), 60_000, roll).metrics(0, 60_000)['capacity.min'];

  it('updates one slot at a time, or all at once with parallelism 0 (S-46, S-48)', () => {
    expect(least({ parallelism: 1 })).toBe(2);
    expect(least({ parallelism: 0 })).toBe(0);
  });

  it('pauses when a new task dies within `monitor` of running, and leaves both versions there (S-50)', () => {
    const s = herd('swarm', update({ monitorMs: 5000 }));
    const run = play(s, 1000, roll);
    let first: string | undefined;
    while (first === undefined) {
      run.advance(run.now + 10);
      first = run.view().containers.find((c) => c.tag === '2.0' && c.phase === 'running')?.name;
    }
    run.apply({ verb: 'crash', targets: named(first) }, 'crash');
    run.advance(run.now + 120_000);
    expect(entries(run, 'deploy-paused')).toHaveLength(1);
    expect(tags(run)).toEqual(['1.0', '2.0']);
  });

  it('rolls back once: the spec before is then forgotten (S-51)', () => {
    const run = play(herd('swarm'), 90_000, roll);
    expect(tags(run)).toEqual(['2.0']);
    expect(run.apply({ verb: 'service-rollback', service: 'app' }, 'rollback').ok).toBe(true);
    run.advance(180_000);
    expect(tags(run)).toEqual(['1.0']);
    expect(run.apply({ verb: 'service-rollback', service: 'app' }, 'rollback').ok).toBe(false);
  });

  it('scales in from the newest slots, and what lived there is lost (S-55)', () => {
    const run = play(herd('swarm', {}, { sticky: 'cookie' }), 20_000, {
      verb: 'service-scale',
      service: 'app',
      replicas: 2,
    });
    expect(running(run)).toEqual(['shop-app-1', 'shop-app-2']);
    // its users are turned away: those who come while it leaves miss their session, the others lose it
    const m = run.metrics(0, 20_000);
    expect(m['sessions.refused']).toBeGreaterThanOrEqual(33);
    expect(m['sessions.lost']).toBeGreaterThan(0);
  });
});

describe('strategy `recreate`', () => {
  it('makes no new container before every old one is gone (S-63)', () => {
    const s = herd('bare', { rollout: { ...app().rollout, strategy: 'recreate' } });
    const run = play(s, 30_000, roll);
    const gone = entries(run, 'container-exited').map((e) => e.t);
    const started = entries(run, 'container-started').map((e) => e.t);
    expect(gone).toHaveLength(3);
    expect(Math.min(...started)).toBeGreaterThanOrEqual(Math.max(...gone));
  });
});

describe('the balancer', () => {
  it('without `check` takes a dead server for UP, and goes on asking it (S-81)', () => {
    const dead = { onExit: { do: 'none', delayMs: 0, layer: 'keep' } } as const;
    const crash: Command = { verb: 'crash', targets: named('shop-app-1') };
    const failedLate = (check: BalancerService['check']): number | null | undefined =>
      play(herd('bare', dead, { check, retries: 0 }), 20_000, crash).metrics(10_000, 20_000)[
        'requests.failed'
      ];
    expect(failedLate(null)).toBeGreaterThan(250);
    expect(failedLate(balancer().check)).toBe(0);
  });

  it('binds a user by its cookie: no request misses a session that somebody holds (S-87)', () => {
    const missed = (sticky: 'none' | 'cookie'): number | null | undefined =>
      play(herd('bare', {}, { sticky }), 20_000).metrics(0, 20_000)['sessions.missed'];
    expect(missed('cookie')).toBe(0);
    expect(missed('none')).toBeGreaterThan(100);
  });

  it('sends a cookie to its server even while that is DOWN, if told to persist; redispatch still moves it (S-87)', () => {
    const dead = {
      state: homes({ sessions: 'signed' }),
      onExit: { do: 'none', delayMs: 0, layer: 'keep' },
    } as const;
    const crash: Command = { verb: 'crash', targets: named('shop-app-1') };
    const failedLate = (lb: Partial<BalancerService>): number | null | undefined =>
      play(herd('bare', dead, { sticky: 'cookie', ...lb }), 20_000, crash).metrics(10_000, 20_000)[
        'requests.failed'
      ];
    const stays = { retries: 0, redispatch: false };
    expect(failedLate({ ...stays, persist: true })).toBeGreaterThan(100);
    expect(failedLate(stays)).toBe(0);
    expect(failedLate({ persist: true, retries: 3, redispatch: true })).toBe(0);
  });

  it('queues beyond `maxconn`, and answers 503 when `timeout queue` is over (S-88)', () => {
    const slow = { serviceTime: { kind: 'fixed', ms: 1000 } as const, state: homes({ sessions: 'signed' }) };
    const run = play(herd('bare', slow, { maxconn: 2, queueTimeoutMs: 500, check: null }), 20_000);
    expect(run.view().balancer?.queued).toBeGreaterThan(0);
    for (const c of run.view().containers) expect(c.inFlight + c.queued).toBeLessThanOrEqual(2);
    const m = run.metrics(0, 20_000);
    expect(m['requests.failed.queue-timeout']).toBeGreaterThan(0);
    expect(m['requests.failed']).toBe(m['requests.failed.status.503']);
  });

  it('that is set ready while it is DOWN waits for its checks; out of maintenance it is UP at once (R-2, S-90)', () => {
    const s = herd('bare', { onExit: { do: 'none', delayMs: 0, layer: 'keep' } });
    const ready: Command = { verb: 'balancer', action: 'ready', targets: named('shop-app-1') };
    const server = (run: Run): string | undefined =>
      run.view().containers.find((c) => c.name === 'shop-app-1')?.server;
    const dead = play(s, 10_000, { verb: 'crash', targets: named('shop-app-1') });
    dead.apply(ready, 'ready');
    expect(server(dead)).toBe('down');
    const kept = play(s, 10_000, { verb: 'balancer', action: 'maint', targets: named('shop-app-1') });
    expect(server(kept)).toBe('maint');
    kept.apply(ready, 'ready');
    expect(server(kept)).toBe('up');
  });

  it('in `drain` sends it those whose cookie names it and nobody else; in `maint` nobody (S-90)', () => {
    const after = (action: 'drain' | 'maint', sticky: 'none' | 'cookie'): number => {
      const s = herd('bare', { state: homes({ sessions: 'signed' }) }, { sticky });
      const run = play(s, 3000, { verb: 'balancer', action, targets: named('shop-app-1') });
      let busy = 0;
      for (let t = 3000; t < 20_000; t += 50) {
        run.advance(t);
        busy += run.view().containers.find((c) => c.name === 'shop-app-1')?.inFlight ?? 0;
      }
      return busy;
    };
    expect(after('drain', 'cookie')).toBeGreaterThan(0);
    expect(after('drain', 'none')).toBe(0);
    expect(after('maint', 'cookie')).toBe(0);
  });
});
