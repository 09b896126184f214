import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { play } from '../../../test/support/many-seeds.ts';
import type { Mount, Scenario } from '../model/scenario.ts';

/**
 * Table A2, every cell of it played: one container with everybody's session, the real command, and what its users find
 * afterwards. A new row is a home, a new column is a platform and its lines.
 */

const USERS = 10;
const AT = 1000;

/** K: found again. L: destroyed. E: the bytes exist, but what there is now is empty. */
type Fate = 'K' | 'L' | 'E';

interface Row {
  readonly sessions: string;
  readonly mounts: readonly Mount[];
}
const mount = (type: Mount['type'], source: string | null): Row => ({
  sessions: 'volume',
  mounts: [{ type, source, target: '/app/sessions' }],
});

const ROWS = {
  'process memory': { sessions: 'memory', mounts: [] },
  'writable layer': { sessions: 'layer', mounts: [] },
  tmpfs: { sessions: 'tmpfs', mounts: [] },
  'anonymous volume': mount('volume', null),
  'named volume': mount('volume', 'carts'),
  'bound directory': mount('bind', './carts'),
  'network volume': mount('network', 'carts'),
  'external store': { sessions: 'redis', mounts: [] },
  'signed cookie': { sessions: 'signed', mounts: [] },
} as const satisfies Record<string, Row>;

interface Column {
  readonly platform: string;
  readonly lines: readonly string[];
  /** 1 unless said. */
  readonly hosts?: number;
}
const UP = 'docker compose up -d';

const COLUMNS = {
  'docker restart': { platform: 'docker', lines: ['docker restart shop-app-1'] },
  'kill and start': { platform: 'docker', lines: ['docker kill shop-app-1', 'docker start shop-app-1'] },
  'docker rm and run': { platform: 'docker', lines: ['docker rm -f shop-app-1', 'docker run -d shop:1.0'] },
  'kill and up': { platform: 'compose', lines: ['docker kill shop-app-1', UP] },
  'Compose recreate': { platform: 'compose', lines: [`${UP} --force-recreate`] },
  'recreate -V': { platform: 'compose', lines: [`${UP} -V --force-recreate`] },
  'down and up': { platform: 'compose', lines: ['docker compose down', UP] },
  'down -v and up': { platform: 'compose', lines: ['docker compose down -v', UP] },
  'Swarm, same node': { platform: 'swarm', lines: ['docker kill shop-app-1'] },
  'Swarm, other node': { platform: 'swarm', lines: ['paddock evict shop-app-1 --to host-2'], hosts: 2 },
  'host lost': { platform: 'swarm', lines: ['paddock lose-host host-1'], hosts: 2 },
  'restart in a pod': { platform: 'kubernetes', lines: ['paddock crash shop-app-1'] },
  'pod deleted': { platform: 'kubernetes', lines: ['kubectl delete pod shop-app-1'] },
} as const satisfies Record<string, Column>;

/** In the order of COLUMNS. In a pod a mount without a name is an emptyDir, a named volume a claim (S-68, S-76). */
const TABLE: Readonly<Record<keyof typeof ROWS, readonly Fate[]>> = {
  'process memory': ['L', 'L', 'L', 'L', 'L', 'L', 'L', 'L', 'L', 'L', 'L', 'L', 'L'],
  'writable layer': ['K', 'K', 'L', 'K', 'L', 'L', 'L', 'L', 'L', 'L', 'L', 'L', 'L'],
  tmpfs: ['L', 'L', 'L', 'L', 'L', 'L', 'L', 'L', 'L', 'L', 'L', 'L', 'L'],
  'anonymous volume': ['K', 'K', 'E', 'K', 'K', 'E', 'E', 'L', 'L', 'L', 'L', 'K', 'L'],
  'named volume': ['K', 'K', 'K', 'K', 'K', 'K', 'K', 'L', 'K', 'E', 'L', 'K', 'K'],
  'bound directory': ['K', 'K', 'K', 'K', 'K', 'K', 'K', 'K', 'K', 'E', 'L', 'K', 'K'],
  'network volume': ['K', 'K', 'K', 'K', 'K', 'K', 'K', 'L', 'K', 'K', 'K', 'K', 'K'],
  // Its own container is recreated and taken down too, and its data is in a named volume.
  'external store': ['K', 'K', 'K', 'K', 'K', 'K', 'K', 'L', 'K', 'K', 'K', 'K', 'K'],
  'signed cookie': ['K', 'K', 'K', 'K', 'K', 'K', 'K', 'K', 'K', 'K', 'K', 'K', 'K'],
};

function played({ sessions, mounts }: Row, { platform, lines, hosts = 1 }: Column): Fate {
  const s: Scenario = scenario(
    [
      app({ replicas: 1, mounts, sigterm: 'exit', restart: 'always', state: homes({ sessions }) }),
      store({ persistence: 'aof', mounts: [{ type: 'volume', source: 'redis', target: '/data' }] }),
      balancer({ check: null }),
    ],
    { platform, hosts },
    { users: USERS, rate: null, thinkMs: 400, relogin: 'next' },
  );
  const until = 40_000;
  const at = lines.map((line, k) => [AT + 2000 * k, line] as const);
  const m = play(s, 1, at, until).metrics(0, until);
  if (m['sessions.lost'] === USERS) return 'L';
  if (m['sessions.refused'] === USERS) return 'E';
  expect([m['sessions.lost'], m['sessions.refused']]).toEqual([0, 0]);
  return 'K';
}

describe('what survives (A2)', () => {
  const columns = Object.entries(COLUMNS) as [string, Column][];
  it.each(Object.entries(ROWS) as [keyof typeof ROWS, Row][])(
    '%s (A2, S-11, S-23, S-38, S-44, S-56, S-107)',
    (name, row) => {
      const expected = columns.map(([column], k) => [column, TABLE[name][k]]);
      const found = columns.map(([column, how]) => [column, played(row, how)]);
      expect(found).toEqual(expected);
    },
  );
});
