import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario } from '../../../test/support/fixtures.ts';
import { container, entries, play } from '../../../test/support/many-seeds.ts';
import { parseCommand } from '../../commands/parse-command.ts';
import type { AppService, BalancerService, Scenario } from '../model/scenario.ts';
import type { Run } from '../run.ts';

const AT = 2000;
const NGINX: Partial<BalancerService> = {
  image: 'nginx:1.28',
  kind: 'nginx',
  check: null,
  resolve: 'once',
  stopSignal: 'QUIT',
  restart: 'always',
};
const herd = (a: Partial<AppService> = {}, lb: Partial<BalancerService> = {}): Scenario =>
  scenario(
    [
      app({ replicas: 2, bootMs: 200, sigterm: 'exit', state: homes({ sessions: 'signed' }), ...a }),
      balancer({ ...NGINX, ...lb }),
    ],
    { platform: 'compose' },
    { rate: 60 },
  );
const say = (run: Run, line: string) => {
  const parsed = parseCommand(line);
  if (!parsed.ok) throw new Error(parsed.message);
  return run.apply(parsed.command, line);
};
/** Names of the containers that the proxy sends requests to. */
const served = (run: Run): string[] =>
  run
    .view()
    .containers.filter((c) => c.service === 'app' && c.server === 'up' && c.phase === 'running')
    .map((c) => c.name);
/** What `docker ps` says of the proxy. */
const proxy = (run: Run): string =>
  say(run, 'docker ps -a')
    .text.split('\n')
    .find((line) => line.startsWith('shop-lb-1')) ?? '';
const failed = (run: Run, from: number, to: number): number => run.metrics(from, to)['requests.failed'] ?? 0;
const UP5 = [AT, 'docker compose up -d --scale app=5'] as const;

it('a proxy that is told from now on learns of everybody at once (S-40)', () => {
  const run = play(herd({ replicas: 1 }, { resolve: 700 }), 1, [], AT);
  const told = { ...run.scenario, services: herd({ replicas: 1 }, { resolve: 'told' }).services };
  run.apply({ verb: 'set', assignments: ['resolve'], scenario: told, held: true }, 'paddock set resolve');
  say(run, 'docker compose up -d --scale app=3');
  run.advance(AT + 300);
  expect(served(run)).toEqual(['shop-app-1', 'shop-app-2', 'shop-app-3']);
});

describe('a proxy that looks a name up once', () => {
  it('sends nothing to new replicas until it is reloaded, by exec, by HUP or by paddock (S-40)', () => {
    const run = play(herd({ replicas: 1 }), 1, [UP5], AT + 20_000);
    expect(served(run)).toEqual(['shop-app-1']);
    expect(
      entries(run)
        .filter((e) => e.kind === 'note')
        .map((e) => e.text),
    ).toContain('lb does not know shop-app-5: it looked the name app up before');
    for (const line of [
      'docker exec shop-lb-1 nginx -s reload',
      'docker kill -s HUP shop-lb-1',
      'paddock balancer reload',
    ]) {
      const after = play(herd({ replicas: 1 }), 1, [UP5, [AT + 5000, line]], AT + 20_000);
      expect(served(after)).toHaveLength(5);
      expect(failed(after, 0, AT + 20_000)).toBe(0);
    }
  });

  it('told of everybody, as where the platform knows it, it serves them at once', () => {
    expect(served(play(herd({ replicas: 1 }, { resolve: 'told' }), 1, [UP5], AT + 5000))).toHaveLength(5);
  });

  it('looks again when its addresses have got too old: so long at most is a new one without work (S-39, S-40)', () => {
    const s = herd({ replicas: 1 }, { resolve: 10_000 });
    expect(served(play(s, 1, [UP5], 9900))).toEqual(['shop-app-1']);
    expect(served(play(s, 1, [UP5], 10_100))).toHaveLength(5);
  });

  it('leaves alone what was put into maintenance by hand when it looks again (S-90)', () => {
    const run = play(herd({}, { resolve: 700 }), 1, [[AT, 'paddock balancer maint shop-app-2']], AT + 5000);
    expect(container(run, 'shop-app-2').server).toBe('maint');
  });

  it('goes on asking an address that is nobody any more: others answer for it, one a fail_timeout finds out (S-40, S-93)', () => {
    const down = [AT, 'docker compose up -d --scale app=1'] as const;
    const run = play(herd(), 1, [down], AT + 25_000);
    expect(failed(run, AT + 500, AT + 25_000)).toBe(0);
    expect(run.view().containers.filter((c) => c.service === 'app')).toHaveLength(1);
    const off = play(herd({}, { nextUpstream: ['off'] }), 1, [down], AT + 25_000);
    // At the first, and each time the ban is over.
    expect(failed(off, AT + 500, AT + 25_000)).toBeGreaterThanOrEqual(2);
    expect(failed(off, AT + 500, AT + 25_000)).toBeLessThanOrEqual(4);
    const reloaded = play(
      herd({}, { nextUpstream: ['off'] }),
      1,
      [down, [AT + 200, 'paddock balancer reload']],
      AT + 25_000,
    );
    expect(failed(reloaded, AT + 300, AT + 25_000)).toBe(0);
  });

  it('finds a recreated herd again, for its addresses are the same (S-40)', () => {
    const run = play(herd(), 1, [[AT, 'docker compose up -d --force-recreate']], AT + 20_000);
    expect(served(run)).toEqual(['shop-app-1', 'shop-app-2']);
    expect(failed(run, AT + 12_000, AT + 20_000)).toBe(0);
  });

  it('does not come up while nobody has the name, and a reload is refused (S-40)', () => {
    const all = [AT, 'docker kill shop-app-1 shop-app-2'] as const;
    const run = play(herd({}, { restart: 'no' }), 1, [all], AT + 1000);
    expect(say(run, 'docker exec shop-lb-1 nginx -s reload')).toEqual({
      ok: false,
      text: 'nginx: [emerg] host not found in upstream "app" in /etc/nginx/conf.d/default.conf:2',
    });
    expect(say(run, 'paddock balancer reload').ok).toBe(false);
    const restarted = play(herd(), 1, [all, [AT + 100, 'docker restart shop-lb-1']], AT + 9000);
    expect(proxy(restarted)).toContain('Restarting (1)');
    expect(entries(restarted).find((e) => e.kind === 'boot-failed')?.text).toContain('host not found');
  });

  it('knows everybody after a restart of its own (S-39)', () => {
    const run = play(herd({ replicas: 1 }), 1, [UP5, [AT + 5000, 'docker restart shop-lb-1']], AT + 9000);
    expect(served(run)).toHaveLength(5);
  });
});

describe('a reload', () => {
  it('forgets bans, drains and what is in maintenance, and breaks no request (S-93, R-2)', () => {
    const lb = { nextUpstream: ['error', 'timeout'], resolve: 'told' } as const;
    const banned = play(herd({ restart: 'always' }, lb), 1, [[AT, 'paddock crash shop-app-2']], AT + 1500);
    expect(say(banned, 'paddock balancer reload')).toEqual({ ok: true, text: 'lb reloaded' });
    const before = banned.metrics(0, AT + 1500)['requests.failed'];
    banned.advance(AT + 3000);
    expect(banned.metrics(0, AT + 3000)['requests.failed']).toBe(before);
    const drained = play(
      herd({}, { ...lb, kind: 'haproxy', image: 'haproxy:3.2' }),
      1,
      [
        [AT, 'paddock balancer maint shop-app-2'],
        [AT + 1000, 'docker kill -s HUP shop-lb-1'],
      ],
      AT + 2000,
    );
    expect(container(drained, 'shop-app-2').server).toBe('up');
  });

  it('by HUP does not disarm the restart policy, for the image has a STOPSIGNAL (S-5)', () => {
    const lines = [
      [AT, 'docker kill -s HUP shop-lb-1'],
      [AT + 1000, 'paddock crash shop-lb-1'],
    ] as const;
    expect(proxy(play(herd(), 1, lines, AT + 5000))).toContain('Up');
    expect(proxy(play(herd({}, { stopSignal: null }), 1, lines, AT + 5000))).toContain('Exited');
  });
});

it('a proxy that is told from now on gets those too that came while it did not look (S-40)', () => {
  const run = play(herd({ replicas: 1, bootMs: 200 }), 1, [UP5], AT + 5000);
  expect(served(run)).toEqual(['shop-app-1']);
  const told = { ...run.scenario, services: herd({ replicas: 1 }, { resolve: 'told' }).services };
  run.apply({ verb: 'set', assignments: ['resolve'], scenario: told }, 'paddock set resolve');
  run.advance(AT + 5100);
  expect(served(run)).toContain('shop-app-1');
  const known = run.view().containers.filter((c) => c.service === 'app' && c.server !== 'absent');
  expect(known.map((c) => c.phase).every((phase) => phase === 'running')).toBe(true);
});
