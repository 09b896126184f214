/** A lesson being read: its flow, and a simulator for each scene that has been on the stage. */
import { createActor } from 'xstate';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Lesson, LessonNode } from '../lesson/lesson.ts';
import type { Memory } from '../runtime/host/storage.ts';
import { indexLesson, type Watched } from '../runtime/lesson-index.ts';
import {
  FLOW_PHASES,
  lessonFlow,
  type FlowContext,
  type FlowMemory,
  type FlowPhase,
} from '../runtime/lesson-flow.ts';
import type { Watch } from '../runtime/protocol.ts';
import type { LoggedCommand } from '../sim/run.ts';
import { lessonMemoryKey, readFlowMemory } from './flow-memory.ts';
import type { Simulator } from './simulator.ts';

export type { FlowPhase };
export { GOAL_KEY } from '../runtime/lesson-flow.ts';

export interface LessonState extends Omit<FlowContext, 'steps'> {
  readonly phase: FlowPhase;
  readonly simulator: Simulator;
  /** Buttons pressed in the run on the stage, with the ms when. */
  readonly pressed: Readonly<Record<string, number>>;
}

export interface LessonSession {
  readonly lesson: Lesson;
  readonly store: StoreApi<LessonState>;
  next(): void;
  back(): void;
  answer(id: string, answer: string): void;
  press(id: string): void;
  keyOf(node: LessonNode): string;
  gatesBefore(id: string): readonly string[];
  close(): void;
}

export interface LessonNeeds {
  readonly lesson: Lesson;
  readonly memory: Memory;
  /** Opens a simulator on a compose file. */
  openScene(scene: Lesson['scenes'][number]): Simulator;
}

export function createLessonSession({ lesson, memory, openScene }: LessonNeeds): LessonSession {
  const index = indexLesson(lesson);
  const memoryKey = lessonMemoryKey(lesson);
  const actor = createActor(lessonFlow, {
    input: { steps: index.steps, memory: readFlowMemory(memory.read(memoryKey)) },
  });
  const simulators = new Map<string, Simulator>();
  const unlisten: (() => void)[] = [];
  let remembered = '';

  function simulatorOf(name: string): Simulator {
    const known = simulators.get(name);
    if (known) return known;
    const scene = lesson.scenes.find((candidate) => candidate.name === name) ?? lesson.scenes[0];
    if (!scene) throw new Error(`lesson ${lesson.id} has no scenes`);
    const simulator = openScene(scene);
    simulators.set(name, simulator);
    let asked = '';
    const listen = (): void => {
      const { commands, watched } = simulator.store.getState();
      const pressed = pressedIn(name, commands);
      const ripe = index.watched.filter((item) => item.scene === name && isRipe(item, pressed));
      const key = ripe.map((item) => item.key).join();
      if (key !== asked) {
        asked = key;
        simulator.watch(watchOf(ripe));
      }
      for (const id of Object.keys(pressed))
        if (!actor.getSnapshot().context.done.includes(id)) actor.send({ type: 'DONE', id });
      actor.send({ type: 'OBSERVED', conditions: watched.conditions, measures: watched.measures });
      publish();
    };
    unlisten.push(
      simulator.store.subscribe((now, before) => {
        if (now.commands !== before.commands || now.watched !== before.watched) listen();
      }),
    );
    simulator.watch(watchOf(index.watched.filter((item) => item.scene === name && isRipe(item, {}))));
    return simulator;
  }

  /** Buttons of a scene whose last line is in the log, with its time. */
  function pressedIn(scene: string, commands: readonly LoggedCommand[]): Record<string, number> {
    const found: Record<string, number> = {};
    for (const { id, lines, scene: own } of index.dos) {
      const last =
        own === scene
          ? commands.findLast((command) => command.ok && command.line === lines.at(-1))
          : undefined;
      if (last) found[id] = last.at;
    }
    return found;
  }

  function stateNow(): LessonState {
    const snapshot = actor.getSnapshot();
    const { steps: _, ...context } = snapshot.context;
    const scene = lesson.steps[context.step]?.scene ?? '';
    const simulator = simulatorOf(scene);
    const phase = FLOW_PHASES.find((name) => snapshot.matches(name)) ?? 'read';
    return { ...context, phase, simulator, pressed: pressedIn(scene, simulator.store.getState().commands) };
  }

  actor.start();
  const store = createStore<LessonState>(stateNow);
  store.getState().simulator.setLocked(isLocked(store.getState()));

  function publish(): void {
    const next = stateNow();
    const before = store.getState();
    if (before.simulator !== next.simulator) {
      before.simulator.pause();
      next.simulator.play();
    }
    store.setState(next, true);
    next.simulator.setLocked(isLocked(next));
    const { step, answers, passed } = next;
    const kept = JSON.stringify({ step, answers, passed } satisfies FlowMemory);
    if (kept !== remembered) memory.write(memoryKey, kept);
    remembered = kept;
  }

  /** The act waits for the prediction. */
  function isLocked({ step, answers }: LessonState): boolean {
    return (index.steps[step]?.gates ?? []).some((id) => !Object.hasOwn(answers, id));
  }

  function turn(type: 'NEXT' | 'BACK'): void {
    actor.send({ type });
    publish();
  }

  return {
    lesson,
    store,
    next: () => turn('NEXT'),
    back: () => turn('BACK'),
    answer(id, answer) {
      actor.send({ type: 'ANSWER', id, answer });
      publish();
    },
    press(id) {
      const { simulator } = store.getState();
      for (const line of index.dos.find((candidate) => candidate.id === id)?.lines ?? []) simulator.run(line);
      simulator.play();
    },
    keyOf: index.keyOf,
    gatesBefore: index.gatesBefore,
    close() {
      for (const stop of unlisten) stop();
      for (const simulator of simulators.values()) simulator.close();
      actor.stop();
    },
  };
}

/** True when what a claim speaks of has been done in this run: the last button of its experiment was pressed. */
function isRipe({ experiment }: Watched, pressed: Readonly<Record<string, number>>): boolean {
  const last = experiment?.dos.at(-1);
  return last === undefined || Object.hasOwn(pressed, last);
}

function watchOf(items: readonly Watched[]): Watch {
  const conditions = items.flatMap(({ key, condition }) => (condition ? [[key, condition] as const] : []));
  const measures = items.flatMap(({ key, measure }) => (measure ? [[key, measure] as const] : []));
  return { conditions: Object.fromEntries(conditions), measures: Object.fromEntries(measures) };
}
