import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { container, entries, play } from '../../../test/support/many-seeds.ts';
import type { AppService, Mount, Scenario, StoreService } from '../model/scenario.ts';
import type { Run } from '../run.ts';

const AT = 2000;
const USERS = 20;
const NAMED: Mount = { type: 'volume', source: 'carts', target: '/app/sessions' };
const BIND: Mount = { type: 'bind', source: './carts', target: '/app/sessions' };
const NETWORK: Mount = { type: 'network', source: 'carts', target: '/app/sessions' };

/** One container that keeps its sessions on a volume. */
const shop = (
  mounts: readonly Mount[],
  platform = 'compose',
  a: Partial<AppService> = {},
  cache: Partial<StoreService> = {},
): Scenario =>
  scenario(
    [
      app({ replicas: 1, mounts, sigterm: 'exit', state: homes({ sessions: 'volume' }), ...a }),
      store(cache),
      balancer({ check: null }),
    ],
    { platform },
    { users: USERS, rate: null, thinkMs: 500, relogin: 'next' },
  );

/** What became of the sessions that were there before the lines: kept, lost, or held where nobody reaches them. */
function fate(run: Run, untilMs: number): 'kept' | 'lost' | 'orphaned' {
  const m = run.metrics(0, untilMs);
  if (m['sessions.lost'] === USERS) return 'lost';
  expect(m['sessions.lost']).toBe(0);
  if (m['sessions.refused'] === USERS) return 'orphaned';
  expect(m['sessions.refused']).toBe(0);
  return 'kept';
}

const after = (s: Scenario, ...lines: string[]): ReturnType<typeof fate> =>
  fate(
    play(
      s,
      1,
      lines.map((line, k) => [AT + 3000 * k, line] as const),
      30_000,
    ),
    30_000,
  );

const RECREATE = ['docker compose up -d --force-recreate'];
const DOWN_UP = ['docker compose down', 'docker compose up -d'];
const DOWN_V_UP = ['docker compose down -v', 'docker compose up -d'];

describe('sessions on a volume of a Compose service (A2, S-38)', () => {
  it.each([
    ['an anonymous volume', [], ['kept', 'kept', 'orphaned', 'orphaned', 'lost']],
    ['a named volume', [NAMED], ['kept', 'kept', 'kept', 'kept', 'lost']],
    ['a bound directory', [BIND], ['kept', 'kept', 'kept', 'kept', 'kept']],
    ['a network volume', [NETWORK], ['kept', 'kept', 'kept', 'kept', 'lost']],
  ] as const)('%s', (_name, mounts, fates) => {
    const s = shop(mounts);
    expect([
      after(s, 'docker restart shop-app-1'),
      after(s, ...RECREATE),
      after(s, 'docker compose up -d -V --force-recreate'),
      after(s, ...DOWN_UP),
      after(s, ...DOWN_V_UP),
    ]).toEqual(fates);
  });

  it('docker rm leaves an anonymous volume behind, docker rm -v takes it with it (S-23)', () => {
    expect(after(shop([]), 'docker rm -f shop-app-1', 'docker compose up -d')).toBe('orphaned');
    expect(after(shop([]), 'docker rm -f -v shop-app-1', 'docker compose up -d')).toBe('lost');
    expect(after(shop([NAMED]), 'docker rm -f -v shop-app-1', 'docker compose up -d')).toBe('kept');
  });

  it('what is orphaned is held and never found: its users are missed, and the journal names the command (S-23)', () => {
    const run = play(
      shop([]),
      1,
      [
        [AT, 'docker rm -f shop-app-1'],
        [AT + 1000, 'docker compose up -d'],
      ],
      8000,
    );
    expect(run.metrics(0, 8000)['sessions.missed']).toBeGreaterThan(0);
    const left = entries(run).find((e) => e.kind === 'volume-orphaned');
    expect(run.chain(left?.id ?? -1).at(-1)?.text).toBe('docker rm -f shop-app-1');
  });

  it('what is lost with -v names the command that removed it (S-38)', () => {
    const run = play(shop([NAMED]), 1, [[AT, 'docker compose down -v']], 4000);
    const lost = entries(run).filter((e) => e.kind === 'session-lost');
    expect(lost).toHaveLength(USERS);
    expect(run.chain(lost[0].id).map((e) => e.kind)).toEqual(['session-lost', 'volume-removed', 'command']);
  });
});

describe('sessions on a volume of a Swarm service (A2)', () => {
  it.each([
    ['an anonymous volume', [], 'lost'],
    ['a named volume', [NAMED], 'kept'],
    ['a bound directory', [BIND], 'kept'],
    ['a network volume', [NETWORK], 'kept'],
  ] as const)('%s, task replaced on its node: %s (S-44, S-56)', (_name, mounts, expected) => {
    expect(after(shop(mounts, 'swarm'), 'docker kill shop-app-1')).toBe(expected);
    expect(after(shop(mounts, 'swarm'), 'docker service update --force shop_app')).toBe(expected);
  });
});

describe('hosts', () => {
  const spread = (mount: Mount): Scenario => ({
    ...scenario(
      [
        app({ replicas: 4, mounts: [mount], state: homes({ sessions: 'volume' }) }),
        balancer({ check: null, sticky: 'none' }),
      ],
      { platform: 'swarm', hosts: 2 },
      { users: 50, rate: null, thinkMs: 300 },
    ),
  });

  it('a volume of one name is another on each host; on the network it is one (S-56, S-116)', () => {
    expect(play(spread(NAMED), 1, [], 10_000).metrics(0, 10_000)['sessions.missed']).toBeGreaterThan(100);
    expect(play(spread(BIND), 1, [], 10_000).metrics(0, 10_000)['sessions.missed']).toBeGreaterThan(100);
    expect(play(spread(NETWORK), 1, [], 10_000).metrics(0, 10_000)['requests.unauthorized']).toBe(0);
  });

  it('replicas on one host share a named volume: nobody is missed (S-116)', () => {
    const s = { ...spread(NAMED), hosts: 1 };
    expect(play(s, 1, [], 10_000).metrics(0, 10_000)['requests.unauthorized']).toBe(0);
  });
});

describe('writing by hand', () => {
  it('to a volume is no drift, and removing its directory loses what is in it for all who mount it (S-24)', () => {
    const s = scenario(
      [
        app({ replicas: 2, mounts: [NAMED], state: homes({ sessions: 'volume' }) }),
        balancer({ check: null }),
      ],
      { platform: 'compose' },
      { users: USERS, rate: null },
    );
    const edit = "docker exec shop-app-1 sh -c 'echo x > /app/sessions/x'";
    const edited = play(s, 1, [[AT, edit]], 4000);
    expect(edited.metrics(0, 4000)['drift.changes']).toBe(0);
    expect(container(edited, 'shop-app-1').edits).toBe(0);
    const removed = play(s, 1, [[AT, 'docker exec shop-app-1 rm -rf /app/sessions']], 4000);
    expect(removed.metrics(0, 4000)['sessions.lost']).toBe(USERS);
    expect(removed.metrics(0, 4000)['drift.changes']).toBe(0);
  });
});

describe('what a store keeps is in the volume that its image declares (S-107)', () => {
  const redis = (platform: string, mounts: readonly Mount[] = []): Scenario =>
    shop([], platform, { state: homes({ sessions: 'redis' }) }, { persistence: 'aof', mounts });
  const DATA: Mount = { type: 'volume', source: 'redis', target: '/data' };

  it.each([
    ['restart', ['docker restart shop-cache-1'], 'kept', 'kept'],
    ['rm', ['docker rm -f shop-cache-1', 'docker compose up -d'], 'orphaned', 'kept'],
    ['rm -v', ['docker rm -f -v shop-cache-1', 'docker compose up -d'], 'lost', 'kept'],
    ['down and up', DOWN_UP, 'orphaned', 'kept'],
    ['down -v and up', DOWN_V_UP, 'lost', 'lost'],
  ] as const)('%s: anonymous and named (A2, S-107)', (_name, lines, anonymous, named) => {
    expect([after(redis('compose'), ...lines), after(redis('compose', [DATA]), ...lines)]).toEqual([
      anonymous,
      named,
    ]);
  });

  it('a Swarm replacement begins with an empty one, unless it is named (S-107)', () => {
    expect(after(redis('swarm'), 'docker kill shop-cache-1')).toBe('lost');
    expect(after(redis('swarm', [DATA]), 'docker kill shop-cache-1')).toBe('kept');
  });
});

describe('the view has volumes as places', () => {
  const seen = (s: Scenario, ...lines: (readonly [number, string])[]) => {
    const view = play(s, 1, lines, AT + 4000).view();
    return { volumes: view.volumes, inContainers: view.containers.map(({ sessions }) => sessions) };
  };

  it('with what is in them, and who mounts them', () => {
    for (const [mount, kind, host] of [
      [NAMED, 'named', 0],
      [BIND, 'bind', 0],
      [NETWORK, 'network', -1],
    ] as const) {
      const { volumes, inContainers } = seen(shop([mount], 'compose', { replicas: 2 }));
      expect(volumes).toEqual([expect.objectContaining({ kind, host, sessions: USERS, orphaned: false })]);
      expect(volumes[0]?.mountedBy).toHaveLength(2);
      expect(volumes[0]?.name).toBe(mount.source);
      expect(inContainers).toEqual([0, 0]);
    }
  });

  it('an anonymous one a container, and it stays behind without it (S-23)', () => {
    const { volumes } = seen(shop([], 'compose', { replicas: 2 }));
    expect(volumes.map(({ mountedBy }) => mountedBy.length)).toEqual([1, 1]);
    expect(volumes.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(USERS);
    const after = seen(
      shop([]),
      [AT, 'docker rm -f shop-app-1'],
      [AT + 1000, 'docker compose up -d'],
    ).volumes;
    expect(after.find(({ orphaned }) => orphaned)).toMatchObject({
      kind: 'anonymous',
      mountedBy: [],
      host: 0,
      sessions: expect.any(Number),
    });
    expect(after.filter(({ orphaned }) => !orphaned)).toHaveLength(1);
  });

  it('they outlive their containers, and go with their host, but for those on the network (S-56)', () => {
    for (const mount of [NAMED, NETWORK]) {
      const s = { ...shop([mount], 'swarm', { replicas: 2 }), hosts: 2 };
      const before = seen(s).volumes;
      expect(before).toHaveLength(mount === NAMED ? 2 : 1);
      expect(seen(s, [AT, 'docker kill shop-app-1']).volumes.map(({ id }) => id)).toEqual(
        before.map(({ id }) => id),
      );
      const left = seen(s, [AT, 'paddock lose-host host-1']).volumes.filter(({ id }) =>
        before.some((b) => b.id === id),
      );
      expect(left).toHaveLength(1);
      expect(left[0]?.host).not.toBe(0);
    }
  });
});
