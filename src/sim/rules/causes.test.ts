import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { entries, play } from '../../../test/support/many-seeds.ts';
import type { JournalEntry } from '../engine/journal-entry.ts';
import type { AppService, BalancerService, Scenario } from '../model/scenario.ts';
import type { Run } from '../run.ts';

/** Whom a chain of causes leads to: the command or fault that did it, not one that is over or beside it. */

const AT = 2000;
const herd = (a: Partial<AppService> = {}, lb: Partial<BalancerService> = {}): Scenario =>
  scenario([app({ state: homes({ sessions: 'signed' }), ...a }), balancer({ retries: 0, ...lb })]);

/** First and last of the chain of each entry of a kind after a time, without repetitions. */
function roots(run: Run, kind: JournalEntry['kind'], after = 0): string[] {
  const found = entries(run).filter((e) => e.kind === kind && e.t >= after);
  return [...new Set(found.map((e) => run.chain(e.id).at(-1)?.text ?? ''))];
}

describe('a fault that is over', () => {
  const EDIT = "docker exec shop-app-1 sh -c 'echo error-rate=0.5 > /app/config'";

  it.each(['paddock hang shop-app-1', 'paddock slow shop-app-1'])(
    '%s: errors of an edit made later are due to the edit (S-123)',
    (fault) => {
      const lines = [
        [AT, fault],
        [AT + 100, 'paddock resume shop-app-1'],
        [AT + 2000, EDIT],
      ] as const;
      expect(roots(play(herd(), 1, lines, 20_000), 'request-failed', AT + 2000)).toEqual([EDIT]);
    },
  );

  it('explains what it held up, and not who is too slow anyway', () => {
    const slow = herd({ serviceTime: { kind: 'exponential', mean: 300 } }, { serverTimeoutMs: 900 });
    const lines = [
      [AT, 'paddock hang shop-app-1'],
      [AT + 800, 'paddock resume shop-app-1'],
    ] as const;
    const run = play(slow, 1, lines, 20_000);
    expect(roots(run, 'request-failed', AT + 801)).toContain('paddock hang shop-app-1');
    expect(roots(run, 'request-failed', AT + 2000)).not.toContain('paddock hang shop-app-1');
  });

  it('lets the balancer send again because it is over (R-2)', () => {
    const lines = [
      [AT, 'paddock hang shop-app-1'],
      [AT + 5000, 'paddock resume shop-app-1'],
      [AT + 20_000, 'paddock balancer maint shop-app-2'],
      [AT + 21_000, 'paddock balancer ready shop-app-2'],
    ] as const;
    expect(roots(play(herd(), 1, lines, 30_000), 'server-up', AT)).toEqual([
      'paddock resume shop-app-1',
      'paddock balancer ready shop-app-2',
    ]);
    const cut = [
      [AT, 'paddock partition balancer shop-app-1'],
      [AT + 8000, 'paddock heal'],
    ] as const;
    expect(roots(play(herd(), 1, cut, 30_000), 'server-up', AT)).toEqual(['paddock heal']);
  });
});

describe('a fault beside it', () => {
  it('does not explain the errors of a version', () => {
    const s = herd({ versions: { '2.0': { errorRate: 0.5 } } });
    const update = 'docker service update --image shop:2.0 shop_app';
    const lines = [
      [AT, update],
      [AT + 10_000, 'paddock slow shop-app-4 shop-app-5 shop-app-6'],
    ] as const;
    expect(roots(play(s, 1, lines, 20_000), 'request-failed')).toEqual([update]);
  });

  it('nor what a version dies of by itself', () => {
    const s = herd({ versions: { '2.0': { crash: 9000 } } });
    const update = 'docker service update --image shop:2.0 shop_app';
    const lines = [
      [AT, update],
      [AT + 5000, 'paddock slow shop-app-4'],
    ] as const;
    const run = play(s, 1, lines, 14_000);
    const crashed = entries(run).filter((e) => e.kind === 'container-exited' && e.text.includes('crashed'));
    expect(crashed.map((e) => run.chain(e.id).at(-1)?.text)).toContain(update);
    expect(crashed.flatMap((e) => run.chain(e.id).map((x) => x.text)).join()).not.toContain('slow');
  });
});

it('a queue that is too long has no cause but its requests, unless a server is in trouble (S-88)', () => {
  const s = herd({ serviceTime: { kind: 'fixed', ms: 200 } }, { maxconn: 1, queueTimeoutMs: 500 });
  const run = play(s, 1, [[5000, 'paddock hang shop-app-1']], 12_000);
  const late = entries(run).filter((e) => e.kind === 'request-failed');
  const lengths = late.filter((e) => e.t < 5000).map((e) => run.chain(e.id).length);
  expect(new Set(lengths)).toEqual(new Set([1]));
  expect(roots(run, 'request-failed', 6000)).toEqual(['paddock hang shop-app-1']);
});

it('nor is it the start of the only server that its queue is too long (S-88)', () => {
  const s = herd(
    { replicas: 1, serviceTime: { kind: 'fixed', ms: 200 } },
    { maxconn: 1, queueTimeoutMs: 500, sticky: 'cookie' },
  );
  const run = play(s, 1, [[AT, 'docker restart shop-app-1']], 12_000);
  const late = entries(run).filter((e) => e.kind === 'request-failed' && e.t > 6000);
  expect(new Set(late.map((e) => run.chain(e.id).length))).toEqual(new Set([1]));
});

it('nobody is left for nginx because of what its servers are banned for, also when they are back (R-4, S-93)', () => {
  const s = herd({}, { kind: 'nginx', check: null });
  const killed = 'docker kill shop-app-1 shop-app-2 shop-app-3';
  const run = play(s, 1, [[AT, killed]], 10_000);
  const late = entries(run).filter((e) => e.kind === 'request-failed' && e.t > AT + 3000);
  expect(late.length).toBeGreaterThan(100);
  expect(roots(run, 'request-failed')).toEqual([killed]);
});

it('a user whom a cookie binds is missed elsewhere because of what took the server away (S-87)', () => {
  const s = herd({ state: homes({ sessions: 'memory' }) }, { sticky: 'cookie' });
  const run = play(s, 1, [[AT, 'paddock hang shop-app-1']], 30_000);
  expect(roots(run, 'session-missed')).toEqual(['paddock hang shop-app-1']);
});

describe('a store', () => {
  const withRedis = scenario(
    [app({ state: homes({ sessions: 'redis' }) }), store({ persistence: 'rdb' }), balancer()],
    { platform: 'compose' },
  );

  it('loses what it holds by itself: no container of the herd is named (S-107)', () => {
    const run = play(withRedis, 1, [[AT, 'docker compose down -v']], 10_000);
    const lost = entries(run).filter((e) => e.kind === 'session-lost');
    expect(lost).toHaveLength(100);
    expect(new Set(lost.map((e) => e.container))).toEqual(new Set([-1]));
  });

  it.each(['pause --for 4s', 'slow --factor 20000 --for 4s'])(
    '%s: explains also who gives up when that is over (R-9)',
    (fault) => {
      const hasty = scenario([
        app({ state: homes({ sessions: 'redis' }), serviceTime: { kind: 'fixed', ms: 1500 } }),
        store(),
        balancer({ serverTimeoutMs: 3000, retries: 0 }),
      ]);
      const run = play(hasty, 1, [[AT, `paddock store cache ${fault}`]], 20_000);
      const late = entries(run).filter((e) => e.kind === 'request-failed' && e.t > AT + 4000);
      expect(late.length).toBeGreaterThan(10);
      expect(roots(run, 'request-failed')).toEqual([`paddock store cache ${fault}`]);
    },
  );

  it('is back because of who brought it back (R-9)', () => {
    const lines = [
      [AT, 'paddock store cache pause'],
      [AT + 1000, 'paddock store cache up'],
      [AT + 2000, 'docker kill shop-cache-1'],
      [AT + 3000, 'docker start shop-cache-1'],
    ] as const;
    const run = play(withRedis, 1, lines, 10_000);
    expect(roots(run, 'store-resumed')).toEqual(['paddock store cache up']);
    expect(roots(run, 'store-up')).toEqual(['docker start shop-cache-1']);
  });
});
