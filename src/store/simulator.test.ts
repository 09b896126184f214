import { describe, expect, it } from 'vitest';
import { createLocalEndpoint } from '../runtime/endpoint.ts';
import { BROKEN, HERD } from '../runtime/testing/herds.ts';
import * as reader from '../runtime/read-scenario.ts';
import { createHost } from '../runtime/worker-host.ts';
import type { HerdState } from './herd-state.ts';
import { createSimulator, type SimulatorNeeds } from './simulator.ts';
import { handClock, settle } from './testing/hand-clock.ts';
import { createDriver } from '../commands/driver.ts';
import { rulesAtHand } from '../runtime/testing/rules.ts';

const noPainter = () => {
  throw new Error('nothing to draw on');
};

async function opened(over: Partial<SimulatorNeeds> = {}) {
  const clock = handClock();
  const endpoint = createLocalEndpoint((post) =>
    createHost({ post, createPainter: noPainter, reader, rules: rulesAtHand, drive: createDriver }),
  );
  const simulator = createSimulator({
    endpoint,
    clock,
    run: 'a',
    source: HERD,
    file: 'herd.yaml',
    seed: null,
    autoplay: true,
    look: { theme: 'day', reducedMotion: false },
    ...over,
  });
  await settle();
  const state = (): HerdState => simulator.store.getState();
  return { simulator, clock, state };
}

describe('a simulator', () => {
  it('plays, pauses, and settles on an exact instant with a hash', async () => {
    const { simulator, clock, state } = await opened();
    await clock.play(1000);
    expect(state()).toMatchObject({ phase: 'ready', playing: true, settled: false });
    simulator.pause();
    await settle();
    expect(state()).toMatchObject({ playing: false, settled: true, t: 1000 });
    expect(state().hash).toMatch(/^[0-9a-f]{16}$/);
  });

  it('makes one set a frame, and none when nothing shown has changed', async () => {
    const { simulator, clock } = await opened();
    await clock.play(300);
    let sets = 0;
    simulator.store.subscribe(() => sets++);
    // Shorter than the clock's tenth of a second, and quieter than the axis.
    await clock.frame(1);
    expect(sets).toBeLessThanOrEqual(1);
  });

  it('sets five times a second at any speed while nothing happens, and shows at once what is asked for', async () => {
    const { simulator, clock, state } = await opened();
    for (const speed of [1, 10]) {
      simulator.setSpeed(speed);
      await clock.play(speed * 500);
      let sets = 0;
      const unsubscribe = simulator.store.subscribe(() => sets++);
      const counted = state().axis;
      for (let i = 0; i < 60; i++) await clock.frame(1000 / 60);
      unsubscribe();
      expect(sets).toBeGreaterThan(3);
      expect(sets).toBeLessThan(8);
      expect(state().axis).not.toBe(counted);
    }
    simulator.zoom({ fromMs: 1000, toMs: 2000 });
    await settle();
    expect(state()).toMatchObject({ playing: true, axis: { fromMs: 1000, toMs: 2000 } });
  });

  it('loses sessions with a killed container, says why, and loses none with Redis at the same second', async () => {
    const { simulator, clock, state } = await opened();
    await clock.play(3000);
    simulator.run('docker kill shop-app-2');
    await clock.play(3000);
    expect(state().view?.totals.sessionsLost).toBeGreaterThan(0);
    simulator.explain('lost');
    await settle();
    expect(state().explanation?.[0]?.at(-1)?.text).toContain('docker kill shop-app-2');
    expect(state().axis?.lost.reduce((a, b) => a + b, 0)).toBe(state().view?.totals.sessionsLost);

    simulator.chooseHome('sessions', 'redis');
    await settle();
    expect(state()).toMatchObject({ commands: [], homes: { sessions: 'redis' } });
    await clock.play(3000);
    simulator.run('docker kill shop-app-2');
    await clock.play(3000);
    expect(state().view?.totals.sessionsLost).toBe(0);
    expect(state().commands).toMatchObject([{ line: 'docker kill shop-app-2', ok: true }]);
  });

  it('keeps what went wrong by itself, and explains a part of it', async () => {
    const { simulator, clock, state } = await opened();
    await clock.play(1000);
    simulator.run('paddock hang shop-app-2');
    await clock.play(8000);
    const [fault, ...others] = state().faults;
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ kind: 'check', because: expect.stringContaining('hangs') });
    simulator.explain('faults', { fromMs: fault!.t, toMs: fault!.t + 1 });
    await settle();
    expect(state().explanation?.map((chain) => chain.at(-1)?.text)).toEqual(['paddock hang shop-app-2']);
    simulator.explain('faults', { fromMs: 0, toMs: fault!.t });
    await settle();
    expect(state().explanation).toEqual([]);
    simulator.reset();
    await settle();
    expect(state().faults).toEqual([]);
  });

  it('resets to the same run: same seed, same choices, no commands', async () => {
    const { simulator, clock, state } = await opened();
    simulator.chooseHome('sessions', 'redis');
    await clock.play(2000);
    simulator.pause();
    await settle();
    const { hash, t } = state();
    simulator.play();
    simulator.run('docker kill shop-app-1');
    await clock.play(500);
    simulator.reset();
    await settle();
    await clock.play(t);
    simulator.pause();
    await settle();
    expect(state()).toMatchObject({ t, hash, homes: { sessions: 'redis' }, commands: [] });
  });

  it('settles again after a command while time stands still', async () => {
    const { simulator, state } = await opened({ autoplay: false });
    const before = state().hash;
    simulator.run('docker kill shop-app-3');
    expect(state().settled).toBe(false);
    await settle();
    expect(state().settled).toBe(true);
    expect(state().hash).not.toBe(before);
    expect(state().answers).toMatchObject([{ line: 'docker kill shop-app-3', ok: true }]);
  });

  it('announces a kill in a few sentences, not one a session', async () => {
    const { simulator, clock, state } = await opened();
    await clock.play(2000);
    simulator.run('docker kill shop-app-2');
    await clock.play(2000);
    const said = state().announced.map(({ text }) => text);
    expect(said.some((text) => /\d+ sessions lost/.test(text))).toBe(true);
    expect(said.length).toBeLessThanOrEqual(12);
  });

  it('shows what is wrong with a file that cannot be read', async () => {
    const { state } = await opened({ source: BROKEN, file: 'broken.yaml' });
    expect(state()).toMatchObject({ phase: 'problem', problems: [{ file: 'broken.yaml', line: 5 }] });
  });

  it('keeps two runs at one endpoint apart', async () => {
    const clock = handClock();
    const endpoint = createLocalEndpoint((post) =>
      createHost({ post, createPainter: noPainter, reader, rules: rulesAtHand, drive: createDriver }),
    );
    const needs = {
      endpoint,
      clock,
      source: HERD,
      file: 'herd.yaml',
      autoplay: true,
      look: { theme: 'day', reducedMotion: false },
    } as const;
    const one = createSimulator({ ...needs, run: 'one', seed: 1 });
    const two = createSimulator({ ...needs, run: 'two', seed: 2 });
    await clock.play(1000);
    one.pause();
    two.pause();
    await settle();
    expect(one.store.getState().settled && two.store.getState().settled).toBe(true);
    expect(one.store.getState().hash).not.toBe(two.store.getState().hash);
  });
});
