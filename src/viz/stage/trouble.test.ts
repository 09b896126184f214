import { describe, expect, it } from 'vitest';
import type { ContainerView } from '../../sim/view.ts';
import { stageDisplayList, type DisplayList } from './display-list.ts';
import { legsAt, nodeOf, type Situation } from './fixtures/build.ts';
import { beside, failover } from './fixtures/beside.ts';
import { herdOf } from './fixtures/crowds.ts';
import { killed, redis, restarting, rolling, serving } from './fixtures/daily.ts';
import { at } from './fixtures/moment.ts';
import { pods, scarred } from './fixtures/pods.ts';
import { hosts, parted, rescheduled, storesParted, usersParted } from './fixtures/reach.ts';
import { limits, storeLimits, storesDown } from './fixtures/trouble.ts';
import type { StageInput } from './input.ts';
import { layoutStage } from './layout.ts';
import { LATE } from './late.ts';

const WIDE = { width: 992, height: 512 };
const COMPACT = { width: 358, height: 382 };

function draw(situation: Situation, size = WIDE, changes: Partial<StageInput> = {}): DisplayList {
  const { view, legs, stretchMs } = situation;
  const layout = layoutStage(view, size);
  return stageDisplayList({
    view,
    legs,
    stretchMs,
    t: view.t,
    layout,
    late: LATE,
    reducedMotion: false,
    highlight: null,
    hover: null,
    ...changes,
  });
}

const words = (list: DisplayList): string[] => list.flatMap((op) => (op.op === 'text' ? [op.text] : []));
const bars = (list: DisplayList): number =>
  list.reduce(
    (sum, op) =>
      op.op === 'lines' && op.stroke === 'ink' && op.cap === 'butt' && (op.width === 3 || op.width === 2.5)
        ? sum + op.xy.length / 4
        : sum,
    0,
  );
/** Turn and place of what a stall is drawn in. */
const pushes = (list: DisplayList) => list.flatMap((op) => (op.op === 'push' ? [op] : []));

describe('what cannot be reached', () => {
  it('two bars break the rail, and a line says so', () => {
    expect(bars(draw(parted)) - bars(draw(serving))).toBeGreaterThanOrEqual(2);
    expect(words(draw(parted))).toContain('network cut');
    expect(words(draw(parted, COMPACT))).toContain('network cut');
  });

  it('a request goes no further than the gap', () => {
    const alone = { ...parted, legs: legsAt(at, [{ from: 1, to: nodeOf(2), ago: 440 }]) };
    const layout = layoutStage(alone.view, WIDE);
    const gate = layout.stalls.find(({ id }) => id === 2)!.gate;
    const dots = draw(alone).flatMap((op) =>
      op.op === 'circles' && op.fill === 'ink' && op.r > 4 && op.r < 5 && op.xy.length === 2 ? [op.xy] : [],
    );
    expect(dots).toHaveLength(1);
    expect(gate.x - dots[0]![0]!).toBeGreaterThan(28);
  });

  it('users and door are parted from the balancer', () => {
    expect(words(draw(usersParted))).toContain('cut off');
    expect(bars(draw(usersParted))).toBeGreaterThanOrEqual(4);
  });

  it('a store that one cannot reach is not cut off, one that nobody reaches is', () => {
    const said = words(draw(storesParted));
    expect(said).toContain('no way to cache');
    expect(said.filter((word) => word === 'no way to db')).toHaveLength(3);
    expect(said.filter((word) => word === 'cut off')).toHaveLength(1);
  });

  it('a host that is lost is dashed, and what stood on it is a shadow', () => {
    const list = draw(hosts);
    expect(words(list)).toEqual(expect.arrayContaining(['lost', 'gone with host']));
    expect(list.filter((op) => op.op === 'path' && op.stroke === 'rail' && op.dash?.[0] === 3)).toHaveLength(
      2,
    );
    expect(words(draw(rescheduled))).toContain('stopping');
  });
});

describe('what runs out', () => {
  it('memory, disk and what came of it', () => {
    const said = words(draw(limits));
    expect(said).toEqual(expect.arrayContaining(['memory 93 %', 'disk full', 'out of memory']));
    expect(said).toContain('memory 42 %');
  });

  it('stores say their trouble beside their name', () => {
    expect(words(draw(storeLimits))).toEqual(
      expect.arrayContaining(['11 evicted', 'slow', 'no connection left']),
    );
    expect(words(draw(storesDown))).toEqual(expect.arrayContaining(['down', 'paused', 'full']));
    expect(words(draw(storesDown, COMPACT))).toEqual(expect.arrayContaining(['down', 'paused', 'full']));
  });
});

it("a pod's status and what is left of its wait can be read", () => {
  expect(words(draw(pods))).toEqual(
    expect.arrayContaining([
      'CrashLoopBackOff',
      'ImagePullBackOff',
      'starts in 8.2 s',
      'leaving, preStop',
      'killed in 28.2 s',
    ]),
  );
});

it('a pet shows how long it is up and what it has been through', () => {
  expect(words(draw(scarred))).toEqual(expect.arrayContaining(['bessie', 'restarted 4×', 'up 9 s']));
  const stitches = draw(scarred).find((op) => op.op === 'lines' && op.xy.length === 16 && op.cap === 'round');
  expect(stitches).toBeDefined();
});

describe('three ways to come', () => {
  const arriving = (changes: object): Situation => ({
    ...rescheduled,
    view: {
      ...rescheduled.view,
      containers: rescheduled.view.containers.map((c) => (c.id === 3 ? { ...c, ...changes } : c)),
    },
  });

  it('a successor slides in from the side', () => {
    const slid = draw(arriving({ replaces: 1, createdAt: at - 100 }));
    const { body } = layoutStage(rescheduled.view, WIDE).stalls.find(({ id }) => id === 3)!;
    const push = pushes(slid).find((op) => op.alpha > 0 && op.alpha < 1 && op.angle === 0)!;
    expect(push.x).toBeGreaterThan(body.x + body.w / 2);
    expect(push.y).toBeCloseTo(body.y + body.h / 2, 1);
    expect(words(slid)).toContain('replaces app-1');
  });

  it('one that is rescheduled comes from the stall on the other host', () => {
    const { stalls } = layoutStage(rescheduled.view, WIDE);
    const heightOf = (id: number): number => {
      const { body } = stalls.find((stall) => stall.id === id)!;
      return body.y + body.h / 2;
    };
    const moving = pushes(draw(rescheduled)).find(
      (op) => op.angle === 0 && op.alpha === 1 && op.y > heightOf(3) + 5,
    )!;
    expect(moving.y).toBeLessThan(heightOf(2));
    expect(words(draw(rescheduled))).toContain('moved from host-2');
    expect(pushes(draw(rescheduled, WIDE, { t: at + 2000 })).filter((op) => op.angle === 0)).toHaveLength(1);
  });

  it('one that is restarted in place stands up again', () => {
    const fell = restarting.view.containers[1]!.endedAt!;
    const turns = [1190, 1280, 1500].map((ms) =>
      pushes(draw(restarting, WIDE, { t: fell + ms })).map((op) => op.angle),
    );
    expect(turns[0]).toContain(11);
    expect(turns[1]!.some((angle) => angle > 0 && angle < 11)).toBe(true);
    expect(turns[2]!.every((angle) => angle === 0)).toBe(true);
  });

  it('with reduced motion each is where it will be', () => {
    const still = pushes(draw(rescheduled, WIDE, { reducedMotion: true }));
    expect(still.filter((op) => op.angle === 0)).toHaveLength(1);
  });
});

describe('why sessions are lost, or are not', () => {
  it('stands beside the container that ended', () => {
    const roomy = { width: 1240, height: 640 };
    expect(words(draw(killed))).toContain('13 sessions lost');
    // Why they are gone comes before who has not noticed.
    expect(words(draw(killed, roomy))).toContain('kept only in memory');
    expect(words(draw(killed, roomy))).not.toContain('HAProxy still tries it');
    expect(words(draw(redis, roomy))).toEqual(expect.arrayContaining(['no sessions lost', 'kept in Redis']));
    const unnoticed = redis.view.containers.map((c) => ({ ...c, server: 'up' as const }));
    const said = words(draw({ ...redis, view: { ...redis.view, containers: unnoticed } }, roomy));
    expect(said).toContain('HAProxy still tries it');
    expect(words(draw(killed, COMPACT))).toEqual(expect.arrayContaining(['13 lost', 'killed']));
  });

  it('those who signed in again are counted at the door', () => {
    const later = { ...serving, view: { ...serving.view, usersReturned: 13 } };
    expect(words(draw(later))).toContain('13 signed in again');
    expect(words(draw(later, COMPACT))).toContain('13 signed in again');
    expect(words(draw(serving))).not.toContain('0 signed in again');
  });
});

describe('what is about to go wrong, or does quietly', () => {
  const of = (changes: Partial<ContainerView>) => ({
    ...serving,
    view: {
      ...serving.view,
      containers: serving.view.containers.map((c, i) => (i === 0 ? { ...c, ...changes } : c)),
    },
  });

  it('a container with no room left says so', () => {
    const full = of({ slots: 2, inFlight: 2 });
    expect(words(draw(full))).toContain('2 of 2 busy');
    expect(words(draw(full, COMPACT))).toContain('2 of 2 busy');
    expect(words(draw(of({ slots: 2, inFlight: 1 })))).not.toContain('1 of 2 busy');
  });

  it('one that leaves says what it finishes, what goes with it, and whether it hears', () => {
    const leaving = of({ phase: 'stopping', inFlight: 3, listening: false, server: 'down' });
    expect(words(draw(leaving, { width: 1240, height: 640 }))).toEqual(
      expect.arrayContaining(['finishing 3 requests', '14 go with it', 'takes no new ones']),
    );
    expect(words(draw(leaving, COMPACT))).toContain('14 go with it');
    const deaf = of({ phase: 'stopping', sessions: 0, listening: true });
    expect(words(draw(deaf))).toContain('still takes new ones');
  });

  it('an error that a container answers with stands in it', () => {
    const code = 8;
    const legs = legsAt(at, [
      { from: 1, to: nodeOf(1), ago: 700, user: 5 },
      { from: nodeOf(1), to: 1, ago: 500, user: 5, outcome: 2, cause: code },
      { from: 1, to: 0, ago: 490, user: 5, outcome: 2, cause: code },
    ]);
    const list = draw({ ...of({ checkedAt: 0, checkOk: true }), legs });
    expect(words(list).some((word) => word.startsWith('error 500'))).toBe(true);
  });
});

describe('what stands beside serving', () => {
  it('a store says that a replica stands by, takes over soon, or is used up', () => {
    const said = words(draw(failover, { width: 992, height: 640 }));
    expect(said).toEqual(expect.arrayContaining(['+ replica', 'replica in 3.2 s', 'no replica']));
    expect(words(draw(failover, COMPACT))).toContain('in 3.2 s');
  });

  it('jobs and caches are told, and an answer of an edited container has a shape of its own', () => {
    const said = words(draw(beside));
    expect(said.filter((one) => one === 'runs a job')).toHaveLength(2);
    expect(said).toEqual(expect.arrayContaining(['cache 72 % full', 'its own answers', '38 %']));
    const view = { ...beside.view, containers: beside.view.containers.map((c) => ({ ...c, variant: 0 })) };
    const diamonds = (list: DisplayList): number =>
      list.filter((op) => op.op === 'path' && op.fill === 'paper' && op.stroke === 'ink' && op.width === 2)
        .length;
    // One that travels, and its key beside the container.
    expect(diamonds(draw(beside)) - diamonds(draw({ ...beside, view }))).toBe(2);
  });

  it('versions side by side have a key with their numbers; one alone has none', () => {
    expect(words(draw(rolling))).toEqual(expect.arrayContaining(['v1.0 ×2', 'v2.0 ×2']));
    expect(words(draw(serving)).some((one) => one.includes('×'))).toBe(false);
  });

  it.each([100, 1000])('among %i containers what is cut off and what does badly is marked', (count) => {
    const view = herdOf(count);
    const calm = view.containers.map((c) => ({ ...c, cutOff: false, frozen: false }));
    const legs = legsAt(at, []);
    const marks = (list: DisplayList) => ({
      lines: list.reduce(
        (sum, op) => (op.op === 'lines' && op.stroke === 'ink' ? sum + op.xy.length : sum),
        0,
      ),
      flags: list.filter((op) => op.op === 'path' && op.fill === 'red').length,
    });
    const troubled = marks(draw({ ...serving, legs, view }));
    const well = marks(draw({ ...serving, legs, view: { ...view, containers: calm } }));
    expect(troubled.flags - well.flags).toBe(1);
    expect(troubled.lines - well.lines).toBe(8 * view.containers.filter((c) => c.cutOff).length);
  });
});
