import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { app, balancer, scenario } from '../../../test/support/fixtures.ts';
import { anyPlay } from '../../../test/support/random-commands.ts';
import { createRun } from '../../sim/create-run.ts';
import type { Run } from '../../sim/run.ts';
import type { Hit, RunView } from '../protocol.ts';
import { learn, noWords } from './plain.ts';
import { packFrame, packTick, readFrame, readTick, runNumberIn } from './tray.ts';

function viewOf(run: Run): RunView {
  const { users, ...rest } = run.view();
  return { ...rest, userCount: users.length };
}

/** Two ends that pass one tray to and fro, as a host and a page do. */
function line(number: number) {
  const host = noWords();
  const page = noWords();
  let tray: ArrayBuffer | null = null;
  let words = 0;
  return {
    get tray() {
      return tray;
    },
    get words() {
      return words;
    },
    send(frame: Parameters<typeof packFrame>[1]) {
      const known = host.list.length;
      tray = packFrame(number, frame, host, tray && structuredClone(tray, { transfer: [tray] }));
      words = host.list.length - known;
      learn(page, host.list.slice(known));
      return readFrame(tray, page);
    },
  };
}

const hits: Hit[] = [
  { kind: 'users', id: 0, x: 0, y: 36.5, w: 156, h: 300 },
  { kind: 'container', id: 7, x: -0.5, y: 1e9, w: 0.1, h: 0 },
];

describe('a tray', () => {
  it('brings every picture of every herd as it is', () => {
    fc.assert(
      fc.property(anyPlay, ({ scenario, commands }) => {
        const run = createRun(scenario);
        const { send } = line(3);
        for (let t = 0; t <= 6000; t += 750) {
          run.advance(t);
          for (const { at, command } of commands)
            if (at > t - 750 && at <= t) run.apply(command, 'a command');
          const frame = {
            t: run.now,
            settled: t === 6000,
            journalLength: run.journalLength(),
            view: viewOf(run),
          };
          expect(send(frame)).toEqual(frame);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('sends what has changed, and passes on the rest as the very same records', () => {
    const run = createRun(scenario([app({ replicas: 40 }), balancer()]));
    const end = line(1);
    const frame = { t: 0, settled: false, journalLength: 0 };
    const first = end.send({ ...frame, view: viewOf(run) }).view!;
    const again = viewOf(run);
    const [one, ...others] = again.containers;
    const changed = { ...again, containers: [{ ...one!, edits: 3 }, ...others] };
    const second = end.send({ ...frame, view: changed }).view!;
    expect(second).toEqual(changed);
    expect(second.containers[0]).not.toBe(first.containers[0]);
    second.containers.slice(1).forEach((container, i) => expect(container).toBe(first.containers[i + 1]));
    // Another one in its place is another one.
    const fewer = end.send({ ...frame, view: { ...changed, containers: others } }).view!;
    expect(fewer.containers).toEqual(others);
  });

  it('brings places, or a time alone', () => {
    const { send } = line(0);
    const bare = { t: 0.25, settled: false, journalLength: 12 };
    expect(send({ ...bare, hits })).toEqual({ ...bare, hits });
    expect(send(bare)).toEqual(bare);
    expect(send({ ...bare, hits: [] })).toEqual({ ...bare, hits: [] });
  });

  it('is one buffer that grows and stays, and no word is sent twice', () => {
    const end = line(9);
    const many = Array.from({ length: 500 }, (_, id): Hit => ({
      kind: 'store',
      id,
      x: id,
      y: 0,
      w: 1,
      h: 1,
    }));
    const frame = { t: 1, settled: false, journalLength: 0 };
    end.send(frame);
    const small = end.tray?.byteLength ?? 0;
    end.send({ ...frame, hits: many });
    const large = end.tray?.byteLength ?? 0;
    expect(large).toBeGreaterThan(small);
    // Its kind, and the names of its fields.
    expect(end.words).toBe(2);
    end.send({ ...frame, hits: many });
    expect(end.words).toBe(0);
    end.send(frame);
    expect(end.tray?.byteLength).toBe(large);
    expect(runNumberIn(end.tray ?? new ArrayBuffer(0))).toBe(9);
  });

  it('takes what the page asks', () => {
    const tick = { number: 4, toMs: 123_456, speed: 0.1, settle: true };
    const tray = packTick(tick, null);
    expect(readTick(tray)).toEqual(tick);
    expect(packTick({ ...tick, settle: false }, tray)).toBe(tray);
    expect(readTick(tray).settle).toBe(false);
  });
});
