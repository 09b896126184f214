import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDriver } from '../commands/driver.ts';
import { withHomes } from '../runtime/homes-in-source.ts';
import type { Homes } from '../runtime/protocol.ts';
import { parseScenario } from '../scenario/parse.ts';
import { createReconfigure } from '../scenario/reconfigure.ts';
import { createRun } from '../sim/create-run.ts';
import type { Run } from '../sim/run.ts';
import type { Done } from '../ui/sandbox/herd-choice.ts';
import { STILLS } from './herd-stills.ts';
import { herdNamed, HERDS } from './scenarios.ts';

type Lines = readonly [at: number, line: string][];

/** A shipped herd with these commands; gives what plays it to an instant. */
async function begin(name: string, lines: Lines, seed = 1, homes: Homes = {}): Promise<(ms: number) => Run> {
  const herd = herdNamed(name)!;
  const contents = await herd.contents();
  const source = withHomes(contents.source, herd.file, homes);
  const isAsWritten = Object.keys(homes).length === 0;
  const { scenario } = (isAsWritten && contents.ready) || parseScenario(source, herd.file);
  if (!scenario) throw new Error(`${name} does not parse`);
  const run = createRun(scenario, seed);
  const log = lines.map(([at, line]) => ({ at, do: line }));
  const driver = createDriver(run, log, createReconfigure(source, herd.file));
  return (ms) => {
    driver.advance(ms);
    return run;
  };
}

/** The same, at `ms`. */
async function play(name: string, lines: Lines, ms: number, seed = 1, homes: Homes = {}): Promise<Run> {
  return (await begin(name, lines, seed, homes))(ms);
}

const doneIn = (run: Run): Done => ({
  lines: run.commands().flatMap(({ ok, line }) => (ok ? [line] : [])),
  lost: run.view().totals.sessionsLost,
  home: (kind) => run.view().state[kind] ?? null,
});

describe('the herds of the sandbox', () => {
  it('are all that ship, each with a picture that has no words', () => {
    const files = readdirSync(new URL('../../lessons/scenarios/', import.meta.url));
    expect(HERDS.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
    for (const { name } of HERDS) {
      expect(STILLS[name]!.length, name).toBeGreaterThan(15);
      expect(STILLS[name]!.filter((op) => op.op === 'text')).toEqual([]);
    }
  });

  it.each(HERDS.map((herd) => [herd.name, herd] as const))(
    '%s: its task is open at first, and done by what it asks for',
    async (name, { task }) => {
      expect(task.isDone(doneIn(await play(name, [], 2000)))).toBe(false);
      const typed: [number, string][] = task.line ? [[1000, task.line.types]] : [];
      const after = doneIn(await play(name, typed, 2000));
      // What asks for neither is done by another home.
      const byHome = task.line === undefined && task.verb === undefined;
      const done: Done = byHome ? { ...after, home: (kind) => (kind === 'jobs' ? 'queue' : 's3') } : after;
      expect(task.isDone(done)).toBe(task.verb === undefined);
    },
  );

  it('Redis reads its file again: a wait, and no loss', async () => {
    const lines: [number, string][] = [
      [2000, 'paddock store cache down'],
      [7000, 'paddock store cache up'],
    ];
    const { totals } = (await play('herd-redis', lines, 15_000)).view();
    expect([totals.sessionsLost, totals.failed]).toEqual([0, 0]);
  });

  it('Docker starts what crashed, and not what was killed by hand', async () => {
    const crashed = (await play('pet-docker', [[2000, 'paddock crash bessie']], 10_000)).view();
    expect(crashed.containers.map((c) => [c.phase, c.restarts])).toEqual([['running', 1]]);
    expect(crashed.containers[0]!.uploads).toBeGreaterThan(0);
    expect(crashed.totals.sessionsLost).toBe(24);
    const killed = (await play('pet-docker', [[2000, 'docker kill bessie']], 40_000)).view();
    expect(killed.containers.map((c) => c.phase)).toEqual(['exited']);
  });

  it('probes take a hanging pod out of traffic and start it again after its grace period', async () => {
    const hang: [number, string][] = [[2000, 'paddock hang shop-app-1']];
    const [out] = (await play('kubernetes', hang, 9000)).view().containers;
    expect(out!.server).not.toBe('up');
    const [again] = (await play('kubernetes', hang, 55_000)).view().containers;
    expect([again!.phase, again!.restarts, again!.frozen]).toEqual(['running', 1, false]);
  });

  it('most photos are not found while each container keeps its own', async () => {
    const { totals } = (await play('layer-files', [], 10_000)).view();
    expect(totals.notFound).toBeGreaterThan(20);
    expect(totals.sessionsLost).toBe(0);
  });

  it('nginx sends on whoever was refused', async () => {
    const { totals } = (await play('nginx', [[2000, 'paddock crash shop-app-2']], 30_000)).view();
    expect(totals.failed).toBe(0);
  });

  it('streams are all there again after a deploy, elsewhere', async () => {
    const update: [number, string][] = [[2000, 'docker service update --image ticker:1.1 ticker_app']];
    const { containers } = (await play('streams', update, 30_000)).view();
    const streams = containers.map((c) => c.streams);
    expect(streams.reduce((sum, n) => sum + n, 0)).toBe(60);
    expect(containers.filter((c) => c.streams > 0).every((c) => c.tag === '1.1')).toBe(true);
  });

  it('what a small picture shows is carried out, every line of it', async () => {
    for (const { name, preview } of HERDS) {
      const run = await play(
        name,
        preview.map(({ at, do: line }) => [at, line]),
        12_000,
      );
      expect(
        run.commands().map(({ ok }) => ok),
        name,
      ).toEqual(preview.map(() => true));
    }
  });

  const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

  it.each(SEEDS)('seed %i: three clocks send each newsletter three times, a queue once', async (seed) => {
    const three = (await play('cron', [], 35_000, seed)).metrics(0, 35_000);
    expect([three['jobs.run'], three['jobs.duplicated']]).toEqual([9, 6]);
    for (const home of ['queue', 'redis', 'postgres']) {
      const once = (await play('cron', [], 35_000, seed, { jobs: home })).metrics(0, 35_000);
      expect([once['jobs.run'], once['jobs.duplicated'], once['jobs.missed']], home).toEqual([3, 0, 0]);
    }
  });

  it.each(SEEDS)('seed %i: the autoscaler sees the crowd come and go', async (seed) => {
    const lines: [number, string][] = [
      [5000, 'paddock set x-paddock.traffic.rate=100/s'],
      [60_000, 'paddock set x-paddock.traffic.rate=20/s'],
    ];
    const to = await begin('autoscaler', lines, seed);
    expect(to(14_000).view().wanted).toBe(2);
    const crowded = to(60_000).view();
    expect(crowded.wanted).toBeGreaterThanOrEqual(4);
    expect(crowded.totals.failed).toBe(0);
    expect(to(140_000).view().wanted).toBe(2);
  });

  it.each(SEEDS)(
    'seed %i: the canary of a bad version is taken back, that of a sound one is not',
    async (seed) => {
      const lines: [number, string][] = [
        [2000, 'docker service update --image shop:1.1 shop_app'],
        [30_000, 'docker service update --image shop:1.2 shop_app'],
      ];
      const to = await begin('canary', lines, seed);
      const back = to(29_000).view();
      expect(back.containers.filter((c) => c.phase === 'running').map((c) => c.tag)).toEqual(
        Array(5).fill('1.0'),
      );
      expect(back.totals.failed).toBeGreaterThan(0);
      const through = to(75_000).view();
      expect(through.containers.filter((c) => c.phase === 'running').map((c) => c.tag)).toEqual(
        Array(5).fill('1.2'),
      );
      expect(through.totals.failed).toBe(back.totals.failed);
    },
  );

  it.each(SEEDS)(
    'seed %i: at the change from blue to green no request fails, and whoever was known in memory is not',
    async (seed) => {
      const deploy: [number, string][] = [[3000, 'docker service update --image shop:1.1 shop_app']];
      const inMemory = (await play('blue-green', deploy, 30_000, seed)).metrics(0, 30_000);
      expect([inMemory['requests.failed'], inMemory['sessions.missed']]).toEqual([0, 40]);
      const inRedis = (await play('blue-green', deploy, 30_000, seed, { sessions: 'redis' })).metrics(
        0,
        30_000,
      );
      expect([inRedis['requests.failed'], inRedis['sessions.missed'], inRedis.logins]).toEqual([0, 0, 0]);
    },
  );
});
