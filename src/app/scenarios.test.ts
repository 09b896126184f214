import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDriver } from '../commands/driver.ts';
import { createRun } from '../sim/create-run.ts';
import type { Run } from '../sim/run.ts';
import type { Done } from '../ui/sandbox/herd-choice.ts';
import { STILLS } from './herd-stills.ts';
import { herdNamed, HERDS } from './scenarios.ts';

/** A shipped herd with these commands, at `ms`. */
async function play(name: string, lines: readonly [at: number, line: string][], ms: number): Promise<Run> {
  const { scenario } = (await herdNamed(name)!.contents()).ready;
  const run = createRun(scenario, scenario.seed);
  createDriver(
    run,
    lines.map(([at, line]) => ({ at, do: line })),
  ).advance(ms);
  return run;
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
      const byHome = task.line === undefined && task.verb === undefined;
      const done: Done = byHome ? { ...after, home: () => 's3' } : after;
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
});
