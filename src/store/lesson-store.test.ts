import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileFile } from '../lesson/lesson-files.ts';
import type { Lesson } from '../lesson/lesson.ts';
import { createLocalEndpoint } from '../runtime/endpoint.ts';
import type { Memory } from '../runtime/host/storage.ts';
import * as reader from '../runtime/read-scenario.ts';
import { createHost } from '../runtime/worker-host.ts';
import { createLessonSession, type LessonSession } from './lesson-store.ts';
import { createSimulator } from './simulator.ts';
import { handClock, settle, type HandClock } from './testing/hand-clock.ts';
import { createDriver } from '../commands/driver.ts';
import { rulesAtHand } from '../runtime/testing/rules.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

function readLesson(): Lesson {
  const { lesson, problems } = compileFile(root, 'lessons/en/01-pets-and-cattle/lesson.md');
  if (!lesson) throw new Error(JSON.stringify(problems));
  return lesson;
}

function memoryIn(kept: Map<string, string>): Memory {
  return { read: (key) => kept.get(key) ?? null, write: (key, value) => void kept.set(key, value) };
}

function openLesson(kept = new Map<string, string>()): { session: LessonSession; clock: HandClock } {
  const clock = handClock();
  const endpoint = createLocalEndpoint((post) =>
    createHost({
      rules: rulesAtHand,
      drive: createDriver,
      reader,
      post,
      createPainter() {
        throw new Error('nothing to draw on');
      },
    }),
  );
  let runs = 0;
  const session = createLessonSession({
    lesson: readLesson(),
    memory: memoryIn(kept),
    openScene: ({ text, file }) =>
      createSimulator({
        endpoint,
        clock,
        run: `scene ${runs++}`,
        source: text,
        file,
        seed: null,
        autoplay: true,
        look: { theme: 'day', reducedMotion: false },
      }),
  });
  return { session, clock };
}

const phase = (session: LessonSession): string => session.store.getState().phase;

describe('a lesson being read', () => {
  it('goes from reading over a prediction and an act to an explanation', async () => {
    const { session, clock } = openLesson();
    await settle();
    expect(phase(session)).toBe('read');
    session.next();
    expect(phase(session)).toBe('predict');
    expect(session.gatesBefore('kill-bessie')).toEqual(['who-starts-her']);
    session.answer('who-starts-her', 'a');
    expect(phase(session)).toBe('act');
    await clock.play(1000);
    for (const id of ['edit-bessie', 'kill-bessie']) {
      session.press(id);
      await clock.play(6000);
    }
    expect(session.store.getState().pressed).toHaveProperty('kill-bessie');
    expect(session.store.getState().observed['who-starts-her']?.state).toBe('true');
    expect(session.store.getState().observed['all-signed-out']?.state).toBe('true');
    session.press('start-bessie');
    await clock.play(20_000);
    expect(phase(session)).toBe('explain');
  });

  it('keeps answers, results and herds when it goes back', async () => {
    const { session, clock } = openLesson();
    session.next();
    session.answer('who-starts-her', 'c');
    await clock.play(1000);
    session.press('kill-bessie');
    await clock.play(6000);
    const { simulator } = session.store.getState();
    session.next();
    expect(session.store.getState().simulator).not.toBe(simulator);
    session.back();
    const back = session.store.getState();
    expect(back.simulator).toBe(simulator);
    expect(back.answers['who-starts-her']).toBe('c');
    expect(back.observed['all-signed-out']?.state).toBe('true');
    expect(back.pressed).toHaveProperty('kill-bessie');
  });

  it('is not passed by the act alone, only with the sessions elsewhere', async () => {
    const { session, clock } = openLesson();
    session.next();
    session.next();
    session.next();
    await clock.play(5000);
    session.store.getState().simulator.run('docker kill shop-app-2');
    await clock.play(12_000);
    expect(session.store.getState().passed).toBe(false);
    expect(session.store.getState().observed['goal']?.state).toBe('false');
    session.store.getState().simulator.chooseHome('sessions', 'redis');
    await clock.play(5000);
    session.store.getState().simulator.run('docker kill shop-app-2');
    await clock.play(12_000);
    expect(session.store.getState().passed).toBe(true);
    expect(phase(session)).toBe('passed');
    session.store.getState().simulator.reset();
    await clock.play(100);
    expect(session.store.getState().passed).toBe(true);
  });

  it('remembers where the reader was, and forgives a spoiled memory', () => {
    const kept = new Map<string, string>();
    const first = openLesson(kept).session;
    first.next();
    first.answer('who-starts-her', 'b');
    first.close();
    const again = openLesson(kept).session.store.getState();
    expect(again).toMatchObject({ step: 1, answers: { 'who-starts-her': 'b' } });
    for (const key of kept.keys()) kept.set(key, '{"step":"many"}');
    expect(openLesson(kept).session.store.getState().step).toBe(0);
  });
});
