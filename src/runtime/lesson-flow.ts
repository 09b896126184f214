/**
 * A lesson as a statechart: read → predict → act → observe → explain → passed, for the step that is open. What has been
 * answered, done and seen is kept for all steps, so that going back never loses work.
 */
import { assign, setup } from 'xstate';
import type { Evaluation } from '../lesson/condition/evaluate.ts';

/** What a step asks of its reader. Keys of claims and predictions are those of `OBSERVED`. */
export interface StepFacts {
  readonly predictions: readonly string[];
  /** Those of them that the first act waits for. */
  readonly gates: readonly string[];
  readonly dos: readonly string[];
  readonly observations: readonly string[];
  readonly hasGoal: boolean;
}

export interface FlowContext {
  readonly steps: readonly StepFacts[];
  readonly step: number;
  /** What was predicted: a choice's key, or a number as text. */
  readonly answers: Readonly<Record<string, string>>;
  /** Buttons that have ever been pressed. */
  readonly done: readonly string[];
  /** What the runs have shown: the latest decided truth of each condition. */
  readonly observed: Readonly<Record<string, Evaluation>>;
  readonly measured: Readonly<Record<string, number>>;
  /** The goal was reached once; that is never taken back. */
  readonly passed: boolean;
}

export type FlowEvent =
  | { readonly type: 'NEXT' | 'BACK' }
  | { readonly type: 'ANSWER'; readonly id: string; readonly answer: string }
  | { readonly type: 'DONE'; readonly id: string }
  | {
      readonly type: 'OBSERVED';
      readonly conditions: Readonly<Record<string, Evaluation>>;
      readonly measures: Readonly<Record<string, number | null>>;
    };

/** What is worth remembering from one visit to the next. */
export type FlowMemory = Pick<FlowContext, 'step' | 'answers' | 'passed'>;

export const FLOW_PHASES = ['read', 'predict', 'act', 'observe', 'explain', 'passed'] as const;
export type FlowPhase = (typeof FLOW_PHASES)[number];

/** Key of the goal among the observations. */
export const GOAL_KEY = 'goal';

const here = ({ steps, step }: FlowContext): StepFacts | undefined => steps[step];
const lacks = (wanted: readonly string[], had: object): boolean =>
  wanted.some((key) => !Object.hasOwn(had, key));

export const lessonFlow = setup({
  types: {
    context: {} as FlowContext,
    events: {} as FlowEvent,
    input: {} as { steps: readonly StepFacts[]; memory: FlowMemory | null },
  },
  guards: {
    'is passed': ({ context }) => context.passed && here(context)?.hasGoal === true,
    'must predict': ({ context }) => lacks(here(context)?.predictions ?? [], context.answers),
    'must act': ({ context }) =>
      (here(context)?.dos ?? []).some((id) => !context.done.includes(id)) ||
      (here(context)?.hasGoal === true && !context.passed),
    'must observe': ({ context }) => lacks(here(context)?.observations ?? [], context.observed),
    'has shown': ({ context }) => {
      const step = here(context);
      return step !== undefined && step.dos.length + step.predictions.length + step.observations.length > 0;
    },
  },
  actions: {
    'turn the page': assign(({ context, event }) => {
      const by = event.type === 'NEXT' ? 1 : event.type === 'BACK' ? -1 : 0;
      return { step: Math.min(Math.max(0, context.step + by), context.steps.length - 1) };
    }),
    'keep the answer': assign(({ context, event }) =>
      event.type === 'ANSWER' ? { answers: { ...context.answers, [event.id]: event.answer } } : {},
    ),
    'keep what was done': assign(({ context, event }) =>
      event.type === 'DONE' && !context.done.includes(event.id) ? { done: [...context.done, event.id] } : {},
    ),
    'keep what was seen': assign(({ context, event }) => {
      if (event.type !== 'OBSERVED') return {};
      const decided = Object.entries(event.conditions).filter(([, found]) => found.state !== 'pending');
      const numbers = Object.entries(event.measures).filter(
        (pair): pair is [string, number] => pair[1] !== null,
      );
      return {
        observed: { ...context.observed, ...Object.fromEntries(decided) },
        measured: { ...context.measured, ...Object.fromEntries(numbers) },
        passed: context.passed || event.conditions[GOAL_KEY]?.state === 'true',
      };
    }),
  },
}).createMachine({
  id: 'lesson',
  context: ({ input: { steps, memory } }) => ({
    steps,
    step: Math.min(Math.max(0, memory?.step ?? 0), steps.length - 1),
    answers: memory?.answers ?? {},
    done: [],
    observed: {},
    measured: {},
    passed: memory?.passed ?? false,
  }),
  initial: 'deciding',
  on: {
    NEXT: { target: '.deciding', actions: 'turn the page' },
    BACK: { target: '.deciding', actions: 'turn the page' },
    ANSWER: { target: '.deciding', actions: 'keep the answer' },
    DONE: { target: '.deciding', actions: 'keep what was done' },
    OBSERVED: { target: '.deciding', actions: 'keep what was seen' },
  },
  states: {
    deciding: {
      always: [
        { guard: 'is passed', target: 'passed' },
        { guard: 'must predict', target: 'predict' },
        { guard: 'must act', target: 'act' },
        { guard: 'must observe', target: 'observe' },
        { guard: 'has shown', target: 'explain' },
        { target: 'read' },
      ],
    },
    read: {},
    predict: {},
    act: {},
    observe: {},
    explain: {},
    passed: {},
  },
});
