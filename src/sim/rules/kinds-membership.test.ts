import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { expectMean, play, sample } from '../../../test/support/many-seeds.ts';
import { createRun } from '../create-run.ts';
import type { JournalEntry } from '../engine/journal-entry.ts';
import type { MembershipSettings } from '../kinds/settings.ts';
import type { AppService, Scenario } from '../model/scenario.ts';
import type { Metrics } from '../metrics/names.ts';
import type { Run } from '../run.ts';

const AT = 5000;
const UNTIL = 30_000;
const HEARTBEAT = 1000;
const SUSPECT = 5000;
type Lines = readonly (readonly [number, string])[];

const herd = (
  home: string,
  over: Partial<MembershipSettings> = {},
  a: Partial<AppService> = {},
  s: Partial<Scenario> = {},
): Scenario =>
  scenario(
    [
      app({
        state: homes({ sessions: 'signed', membership: home }),
        restart: 'always',
        onExit: { do: 'none', delayMs: 0, layer: 'keep' },
        kinds: {
          ...app().kinds,
          membership: {
            heartbeatMs: HEARTBEAT,
            suspectAfterMs: SUSPECT,
            fanout: 3,
            seeds: 1,
            seedBy: 'address',
            rejoinMs: Infinity,
            owners: false,
            callTimeoutMs: 1000,
            ...over,
          },
        },
        ...a,
      }),
      store(),
      balancer(),
    ],
    s,
    { users: 60, rate: 30 },
  );
const run = (s: Scenario, lines: Lines, until = UNTIL, seed = 1): Run => play(s, seed, lines, until);
const of = (s: Scenario, lines: Lines, until = UNTIL): Metrics => run(s, lines, until).metrics(0, until);
const entries = (r: Run, kind: JournalEntry['kind']): JournalEntry[] =>
  r.journal(0, r.journalLength()).filter((e) => e.kind === kind);
const believes = (r: Run): readonly (string | null)[] =>
  r
    .view()
    .containers.filter((c) => c.phase === 'running')
    .map(({ peers }) => peers && `${peers.known} known, ${peers.dead} dead, ${peers.unknown} unknown`);

const KILL: Lines = [[AT, 'paddock crash shop-app-2']];
const BACK: Lines = [...KILL, [20_000, 'docker start shop-app-2']];
const DEPLOY: Lines = [[AT, 'docker compose up -d --force-recreate']];
const compose = { platform: 'compose' };

describe('a list of peers that each process holds', () => {
  it.each(['memory', 'redis', 'dns'])('is whole at the start, and stays so: %s', (home) => {
    const r = run(herd(home), [], 10_000);
    expect(believes(r)).toEqual(Array(3).fill('2 known, 0 dead, 0 unknown'));
    const m = r.metrics(0, 10_000);
    expect([m['members.islands'], m['members.suspected'], m['members.joins']]).toEqual([1, 0, 0]);
    expect(run(herd('none'), [], 1000).metrics(0, 1000)['members.islands']).toBe(0);
  });

  /** Last sign of life within a heartbeat before the death, and the last of two peers to look: their latest look is 2/3 of one after. */
  it.each(['memory', 'redis'])(
    'keeps a dead member until it was silent for suspect-after: %s (S-133)',
    (home) => {
      const s = herd(home);
      const times = sample(24, (seed) => {
        const r = run(s, KILL, 11_500, seed);
        const m = r.metrics(0, 11_500);
        expect([m['members.leaves'], m['members.suspected'], m['members.wronged']]).toEqual([1, 1, 0]);
        return m['members.leave-time'] ?? NaN;
      });
      for (const t of times.values) expect(Math.abs(t - SUSPECT)).toBeLessThanOrEqual(HEARTBEAT + 1);
      expectMean(times, SUSPECT - HEARTBEAT / 2 + (2 / 3) * HEARTBEAT, 2);
    },
  );

  it('is told by one that stops, and forgets it at once, or at the next look (S-133)', () => {
    const stop: Lines = [[AT, 'docker stop shop-app-2']];
    const told = of(herd('memory'), stop, 9000);
    expect([told['members.leaves'], told['members.leave-time'], told['members.suspected']]).toEqual([
      1, 0, 0,
    ]);
    for (const home of ['redis', 'dns']) {
      const m = of(herd(home), stop, 9000);
      expect(m['members.leave-time']).toBeGreaterThan(0);
      expect(m['members.leave-time']).toBeLessThanOrEqual(HEARTBEAT);
      expect(m['members.suspected']).toBe(0);
    }
  });

  it('from the name service follows what the platform knows, not what peers hear (S-39)', () => {
    const times = sample(
      24,
      (seed) => run(herd('dns'), KILL, 9000, seed).metrics(0, 9000)['members.leave-time'] ?? NaN,
    );
    expectMean(times, (2 / 3) * HEARTBEAT, 2);
    // A container that is coming up is not listed before it is ready (S-60).
    const probe = { kind: 'probe', intervalMs: 250, timeoutMs: 250, rise: 1, fall: 1 } as const;
    const slow = herd('dns', {}, { bootMs: 4000, readiness: probe }, { platform: 'kubernetes' });
    expect(run(slow, KILL, 8000).metrics(0, 8000)['members.ghosts']).toBe(0);
    // A lost node is given up after 15 s (S-54): until then its task is listed.
    const two = herd('dns', {}, { replicas: 2 }, { platform: 'swarm', hosts: 2 });
    const lost = run(two, [[AT, 'paddock lose-host host-2']]);
    expect(lost.metrics(0, 19_900)['members.ghosts']).toBe(1);
    const left = lost.metrics(0, UNTIL)['members.leave-time'] ?? NaN;
    expect(left).toBeGreaterThanOrEqual(15_000);
    expect(left).toBeLessThanOrEqual(15_000 + HEARTBEAT);
    // Whoever had crashed before its host was lost was off the list already.
    const before = run(herd('dns', {}, { replicas: 2 }, { platform: 'bare', hosts: 2 }), [
      ...KILL,
      [12_000, 'paddock lose-host host-2'],
    ]);
    expect(before.metrics(12_000, UNTIL)).toMatchObject({ 'members.ghosts': 0, 'members.islands': 1 });
  });

  it('is not told by one that nobody hears any more (S-133)', () => {
    const cut: Lines = [
      [AT, 'paddock partition shop-app-1 shop-app-2'],
      [AT + 500, 'docker stop shop-app-2'],
    ];
    expect(believes(run(herd('memory'), cut, AT + 1000))).toEqual([
      // Who has not heard the goodbye tells the other one again.
      '2 known, 1 dead, 0 unknown',
      '2 known, 1 dead, 0 unknown',
    ]);
    const away: Lines = [
      [AT, 'paddock store cache pause --for 3s'],
      [AT + 500, 'docker stop shop-app-2'],
    ];
    const r = run(herd('redis'), away, 15_000);
    expect(entries(r, 'member-left')).toEqual([]);
    expect(r.metrics(0, 15_000)['members.suspected']).toBe(1);
  });

  it('of a process that comes up is learnt through a seed, and spreads with the next heartbeats (S-133)', () => {
    for (const home of ['memory', 'redis', 'dns']) {
      const r = run(herd(home), BACK);
      const m = r.metrics(0, UNTIL);
      expect(m['members.joins'], home).toBe(1);
      expect(m['members.join-time'], home).toBeLessThanOrEqual(HEARTBEAT + 1);
      expect(believes(r), home).toEqual(Array(3).fill('2 known, 0 dead, 0 unknown'));
      expect(r.chain(entries(r, 'member-known')[0]?.id ?? -1).map((e) => e.kind)).toEqual([
        'member-known',
        'member-joined',
        'container-started',
        'command',
      ]);
    }
    // Restarted before anybody missed it, at the same address: nobody ever noticed.
    const quick = of(herd('memory', {}, { onExit: { do: 'restart', delayMs: 500, layer: 'keep' } }), KILL);
    expect([quick['members.joins'], quick['members.leaves'], quick['members.suspected']]).toEqual([1, 0, 0]);
  });

  it('is taken for dead each time anew', () => {
    const twice: Lines = [...KILL, [14_000, 'docker start shop-app-2'], [18_000, 'paddock crash shop-app-2']];
    const m = of(herd('memory'), twice);
    expect([m['members.suspected'], m['members.leaves'], m['members.joins']]).toEqual([2, 2, 1]);
  });

  it('is known to the seed that it asks at once, and to the others when that tells them (S-133)', () => {
    const back = (over: Partial<MembershipSettings>, replicas: number): Metrics =>
      of(herd('memory', over, { replicas }), BACK);
    const { hopMs } = herd('memory').traffic;
    expect(back({}, 2)['members.join-time']).toBeCloseTo(hopMs);
    expect(back({}, 3)['members.join-time']).toBeGreaterThan(2 * hopMs);
    expect(back({ seeds: 3 }, 3)['members.join-time']).toBeCloseTo(hopMs);
  });

  it('of the last one is empty, and says nothing: nobody is there to be found', () => {
    const last = run(herd('memory', {}, { replicas: 2 }), KILL);
    expect(last.metrics(0, UNTIL)['members.leaves']).toBe(1);
    expect(entries(last, 'member-alone')).toEqual([]);
  });

  it('takes longer to spread the fewer peers are told at a time', () => {
    const time = (fanout: number): number =>
      of(herd('memory', { fanout }, { replicas: 12 }), BACK)['members.join-time'] ?? NaN;
    expect(time(11)).toBeLessThanOrEqual(HEARTBEAT + 1);
    expect(time(1)).toBeGreaterThan(2 * HEARTBEAT);
  });
});

describe('a static list of seeds (S-133)', () => {
  it('by address is of no use when its containers were replaced: everybody is alone', () => {
    const r = run(herd('memory', {}, {}, compose), DEPLOY);
    const m = r.metrics(0, UNTIL);
    expect([m['members.islands'], m['members.unknown'], m['members.joins']]).toEqual([3, 6, 0]);
    const alone = entries(r, 'member-alone');
    expect(alone.map((e) => e.subject).toSorted()).toEqual(['shop-app-1', 'shop-app-2', 'shop-app-3']);
    for (const e of [...alone, ...entries(r, 'members-split')])
      expect(r.chain(e.id).at(-1)?.kind, e.text).toBe('command');
  });

  it('by name finds who bears the name now, as a recreation or a StatefulSet lets it (S-76)', () => {
    const m = of(herd('memory', { seedBy: 'name' }, {}, compose), DEPLOY);
    expect([m['members.islands'], m['members.joins']]).toEqual([1, 2]);
    const set = { platform: 'kubernetes' };
    const ordered = (workload: AppService['workload']): Metrics =>
      of(
        herd('memory', { seedBy: 'name' }, { workload }, set),
        [[AT, 'kubectl rollout restart deployment/app']],
        20_000,
      );
    expect(ordered('deployment')['members.islands']).toBe(3);
    const sts = herd('memory', { seedBy: 'name' }, { workload: 'statefulset' }, set);
    expect(of(sts, [[AT, 'kubectl rollout restart statefulset/shop-app']])['members.islands']).toBe(1);
  });

  it('survives the death of all in place, and a registry or the name service any replacement', () => {
    const restart = { onExit: { do: 'restart', delayMs: 500, layer: 'keep' } } as const;
    const all = of(herd('memory', {}, restart), [[AT, 'paddock crash shop-app-1 shop-app-2 shop-app-3']]);
    expect([all['members.islands'], all['members.joins'], all['members.unknown']]).toEqual([1, 2, 0]);
    for (const home of ['redis', 'dns']) {
      const m = of(herd(home, {}, {}, compose), DEPLOY);
      expect([m['members.islands'], m['members.joins'], m['members.ghosts']], home).toEqual([1, 2, 0]);
    }
  });

  it('that is empty leaves a process alone until others ask for it', () => {
    expect(of(herd('memory', { seeds: 0 }), BACK)['members.islands']).toBe(2);
    expect(of(herd('memory', { seeds: 2 }), BACK)['members.islands']).toBe(1);
  });
});

describe('a member that hangs', () => {
  it('is taken for dead though it runs, and takes the others for dead when it goes on (S-133)', () => {
    const r = run(
      herd('memory'),
      [
        [AT, 'paddock hang shop-app-1'],
        [15_000, 'paddock resume shop-app-1'],
      ],
      18_000,
    );
    const m = r.metrics(0, 18_000);
    expect([m['members.suspected'], m['members.wronged'], m['members.islands']]).toEqual([3, 3, 2]);
    const chains = entries(r, 'member-suspected').map((e) =>
      r
        .chain(e.id)
        .map((x) => x.kind)
        .join(),
    );
    expect(chains).toEqual([
      'member-suspected,container-frozen,command',
      'member-suspected,member-suspected,container-frozen,command',
      'member-suspected,member-suspected,container-frozen,command',
    ]);
  });

  it('lets nobody in, if it is the only seed', () => {
    const lines: Lines = [
      [AT, 'docker stop shop-app-2'],
      [6000, 'paddock hang shop-app-1'],
      [7000, 'docker start shop-app-2'],
    ];
    const r = run(herd('memory'), lines, 9000);
    const [alone] = entries(r, 'member-alone');
    expect(r.chain(alone?.id ?? -1).map((e) => e.kind)).toEqual([
      'member-alone',
      'container-frozen',
      'command',
    ]);
  });
});

describe('a cut between members', () => {
  const hosts = { platform: 'swarm', hosts: 2 };
  const four = { replicas: 4 };
  const cut = (forMs: number): Lines => [[AT, `paddock partition host-1 host-2 --for ${forMs}ms`]];

  it('makes two groups, each of which takes the other for dead, and a seed brings them together again (S-133)', () => {
    const r = run(herd('memory', {}, four, hosts), cut(10_000), 40_000);
    const during = r.metrics(0, 14_900);
    expect([during['members.islands'], during['members.unknown'], during['members.ghosts']]).toEqual([
      2, 8, 0,
    ]);
    expect(during['members.wronged']).toBe(4);
    for (const e of entries(r, 'members-split'))
      expect(r.chain(e.id).map((x) => x.kind)).toEqual([
        'members-split',
        'member-suspected',
        'partition-began',
        'command',
      ]);
    // Nobody knows of the others any more, so nothing heals by itself.
    expect(r.metrics(0, 40_000)['members.islands']).toBe(2);
    const asks = run(herd('memory', { rejoinMs: 8000 }, four, hosts), cut(10_000), 40_000);
    expect(asks.metrics(0, 40_000)['members.islands']).toBe(1);
    expect(entries(asks, 'members-whole')).toHaveLength(1);
  });

  it('shorter than suspect-after changes nothing', () => {
    const m = of(herd('memory', {}, four, hosts), cut(3000));
    expect([m['members.suspected'], m['members.islands']]).toEqual([0, 1]);
  });

  it('between two that a third one hears is not seen by their lists, only by their calls', () => {
    const lines: Lines = [[AT, 'paddock partition shop-app-1 shop-app-2']];
    const r = run(herd('memory', { owners: true }), lines, 15_000);
    const m = r.metrics(0, 15_000);
    expect([m['members.suspected'], m['members.islands']]).toEqual([0, 1]);
    expect(m['members.forward-failed']).toBeGreaterThan(10);
    expect(m['members.forward-failed']).toBe(m['requests.failed']);
    const failed = entries(r, 'request-failed').at(-1);
    expect(r.chain(failed?.id ?? -1).map((e) => e.kind)).toEqual([
      'request-failed',
      'partition-began',
      'command',
    ]);
  });

  it('is refused where containers do not talk to each other', () => {
    const r = createRun(herd('none'));
    const answer = r.apply({ verb: 'partition', a: 'shop-app-1', b: 'shop-app-2', forMs: null }, 'cut');
    expect(answer.ok).toBe(false);
    expect(answer.text).toContain('do not talk to each other');
  });
});

describe('a registry', () => {
  it('that is away leaves the lists as they are, and a newcomer alone', () => {
    const lines: Lines = [
      ...KILL,
      [6000, 'paddock store cache pause --for 9s'],
      [8000, 'docker start shop-app-2'],
    ];
    const r = run(herd('redis'), lines);
    expect(r.metrics(0, 14_900)['members.islands']).toBe(1);
    const [alone] = entries(r, 'member-alone');
    expect(alone?.subject).toBe('shop-app-2');
    expect(r.chain(alone?.id ?? -1).map((e) => e.kind)).toEqual(['member-alone', 'store-paused', 'command']);
    expect(believes(r)).toEqual(Array(3).fill('2 known, 0 dead, 0 unknown'));
  });

  it('without persistence forgets everybody, and is told again by the next heartbeats', () => {
    const r = run(herd('redis'), [[AT, 'paddock store cache restart --signal KILL']]);
    const [lost] = entries(r, 'registry-lost');
    expect(lost?.text).toBe('the registry forgot 3 members');
    expect(believes(r)).toEqual(Array(3).fill('2 known, 0 dead, 0 unknown'));
    // Whoever looks first after it takes the others for dead, for a moment.
    for (const e of entries(r, 'member-suspected'))
      expect(r.chain(e.id).map((x) => x.kind)).toContain('registry-lost');
    // A snapshot has the keys of those that were there when it was taken, for what was left of their time.
    const s = herd('redis', {}, { state: homes({ sessions: 'redis', membership: 'redis' }) });
    const saves = { persistence: 'rdb', savePoints: [{ afterMs: 500, changes: 1 }] } as const;
    const rdb = s.services.map((x) => (x.role === 'store' ? { ...x, ...saves } : x));
    const back = run({ ...s, services: rdb }, [[2000, 'paddock store cache restart --signal KILL']], 9000);
    expect(entries(back, 'registry-lost')).toEqual([]);
    const kept = { ...herd('redis') };
    const aof = kept.services.map((s) => (s.role === 'store' ? { ...s, persistence: 'aof' as const } : s));
    expect(
      entries(
        run({ ...kept, services: aof }, [[AT, 'paddock store cache restart --signal KILL']]),
        'registry-lost',
      ),
    ).toEqual([]);
  });
});

describe('data that has an owner among the members', () => {
  const owners = { owners: true };

  it('costs two hops more for all but 1/N of the requests', () => {
    const m = of(herd('memory', owners), []);
    expect(m['members.forwarded']).toBeGreaterThan((m['requests.total'] ?? 0) * 0.55);
    expect(m['members.forwarded']).toBeLessThan((m['requests.total'] ?? 0) * 0.78);
    expect([m['requests.failed'], m['members.disputed']]).toEqual([0, 0]);
  });

  it('is out of reach from its owner’s death until every list has lost it (S-133)', () => {
    const r = run(herd('memory', owners), KILL);
    const failed = entries(r, 'request-failed').filter((e) => e.text.includes('500'));
    expect(failed.length).toBeGreaterThan(15);
    expect(failed.length).toBe(r.metrics(0, UNTIL)['members.forward-failed']);
    expect(r.metrics(AT + SUSPECT + HEARTBEAT + 200, UNTIL)['requests.failed']).toBe(0);
    // Who agrees on a dead owner does not quarrel about it.
    expect(r.metrics(0, UNTIL)['members.disputed']).toBe(0);
    expect(r.chain(failed[0]?.id ?? -1).map((e) => e.kind)).toEqual([
      'request-failed',
      'container-exited',
      'command',
    ]);
    expect(of(herd('dns', owners), KILL)['members.forward-failed']).toBeLessThan(failed.length / 3);
  });

  it('of one that hangs makes the others wait, and their places with them', () => {
    const hang: Lines = [[AT, 'paddock hang shop-app-2']];
    const r = run(herd('memory', { owners: true, callTimeoutMs: 2000 }), hang);
    const m = r.metrics(AT, AT + SUSPECT);
    expect(m['members.forward-failed']).toBeGreaterThan(10);
    const late = r.metrics(AT + SUSPECT + HEARTBEAT + 2500, UNTIL);
    expect(late['members.forward-failed']).toBe(0);
    // The wait is over as soon as somebody answers who was silent when it began.
    const short = [...hang, [AT + 1500, 'paddock resume shop-app-2']] as const;
    expect(of(herd('memory', { owners: true, callTimeoutMs: 2000 }), short)['members.forward-failed']).toBe(
      0,
    );
  });

  it('is owned twice while the members disagree', () => {
    const m = of(herd('memory', owners, {}, compose), DEPLOY);
    expect(m['members.disputed']).toBeGreaterThan(0.5 * 30 * 20);
    expect(
      of(herd('memory', { ...owners, seedBy: 'name' }, {}, compose), DEPLOY)['members.disputed'],
    ).toBeLessThan(30);
  });
});

it('comes to the same end after a seek', () => {
  const s = herd('memory', { owners: true, fanout: 1 }, { replicas: 5 });
  const lines: Lines = [...KILL, [6000, 'docker stop shop-app-3'], [9000, 'docker start shop-app-2']];
  const straight = run(s, lines, 20_000);
  const other = run(s, lines, 9500);
  const saved = other.checkpoint();
  other.advance(16_000);
  other.restore(saved);
  other.advance(20_000);
  expect(other.hash()).toBe(straight.hash());
  expect(other.metrics(0, 20_000)).toEqual(straight.metrics(0, 20_000));
});
