/**
 * A lesson as the player and the replay read it: plain JSON, made by `compile.ts` from `lesson.md`.
 * Times are ms of virtual time.
 */
import type { TimedLine } from '../sim/model/scenario.ts';
import type { Condition } from './condition/condition.ts';
import type { Measure } from './condition/condition.ts';

/** What the course list needs to know of a lesson. */
export interface LessonSummary {
  /** The folder's name without its number. */
  readonly id: string;
  /** Station on the course line, from the folder's name. */
  readonly number: number;
  readonly lang: string;
  readonly title: string;
  readonly part: string;
  /** The idea in one sentence. */
  readonly idea: string;
  readonly minutes: number;
  /** Rules and corrections that the text stands on: `S-44`, `C-3`. */
  readonly sources: readonly string[];
}

/** A line of the course list: what `virtual:lessons/<lang>` holds. The text is loaded when it is wanted. */
export interface LessonEntry extends LessonSummary {
  readonly load: () => Promise<Lesson>;
}

export interface Lesson extends LessonSummary {
  /** Buttons beyond those in the text, by accessible name. Everything else is absent. */
  readonly controls: readonly string[];
  /** In the order of the front matter; the first is on the stage at the start. */
  readonly scenes: readonly Scene[];
  readonly steps: readonly Step[];
  readonly goal: Goal;
  /** Reaches the goal. */
  readonly solution: Plan;
  /** The solution without what the lesson teaches: does not reach it. */
  readonly ablation: Plan;
}

/** A herd that the lesson can put on the stage. */
export interface Scene {
  readonly name: string;
  /** Path of the compose file, from the repository's root. */
  readonly file: string;
  readonly text: string;
}

/** From one `##` heading to the next. What stands before the first heading is the step with the lesson's title. */
export interface Step {
  readonly title: string;
  /** On the stage while this step is read. */
  readonly scene: string;
  readonly nodes: readonly LessonNode[];
}

/** A command list in the lesson's folder. */
export interface Plan {
  readonly file: string;
  readonly scene: string;
  /** `path=value` overrides of the scene's compose file. */
  readonly set: readonly string[];
  readonly do: readonly TimedLine[];
  /** How long it is played. */
  readonly untilMs: number;
}

/**
 * One run that shows something: the `do` buttons of one scene up to and including the last one named,
 * each pressed `waitMs` after the one before (the first: after the start).
 */
export interface Experiment {
  readonly scene: string;
  /** Ids of `do` buttons in the order pressed; empty = the untouched run. */
  readonly dos: readonly string[];
}

export type LessonNode =
  string | Element | Do | Predict | Claim | Goal | Value | Show | CodeBlock | Only | Why;

/** Ordinary prose; `name` is the HTML element. */
export interface Element {
  readonly kind: 'element';
  readonly name: ElementName;
  /** Links only. */
  readonly href?: string;
  /** Ordered lists that do not start at 1. */
  readonly start?: number;
  readonly children: readonly LessonNode[];
}

export type ElementName =
  | 'p'
  | 'h3'
  | 'h4'
  | 'ul'
  | 'ol'
  | 'li'
  | 'strong'
  | 'em'
  | 'code'
  | 'a'
  | 'blockquote'
  | 'hr'
  | 'br'
  | 'table'
  | 'thead'
  | 'tbody'
  | 'tr'
  | 'th'
  | 'td';

/** A button that gives commands to the scene on the stage. */
export interface Do {
  readonly kind: 'do';
  readonly id: string;
  readonly scene: string;
  readonly lines: readonly string[];
  readonly waitMs: number;
  readonly children: readonly LessonNode[];
}

/** A question before the act. With `gate`, the `do` buttons that follow in the lesson wait for an answer. */
export interface Predict {
  readonly kind: 'predict';
  readonly id: string;
  readonly scene: string;
  readonly gate: boolean;
  readonly answer: PredictAnswer;
  readonly experiment: Experiment;
  /** The question, without the choices. */
  readonly children: readonly LessonNode[];
}

export type PredictAnswer =
  | {
      readonly kind: 'choice';
      readonly choices: readonly { readonly key: string; readonly children: readonly LessonNode[] }[];
      readonly key: string;
      /** What the run must show for the answer to be right. */
      readonly when: Condition;
    }
  | {
      readonly kind: 'number';
      readonly measure: Measure;
      /** A guess is right within this distance of what was measured. */
      readonly tolerance: number;
      readonly min: number;
      readonly max: number;
    };

/** How often a claim holds: on every seed, on four of five at least, or on some and not on others. */
export type Often = 'always' | 'usually' | 'sometimes';

export interface Claim {
  readonly kind: 'claim';
  readonly id: string;
  readonly scene: string;
  readonly when: Condition;
  readonly often: Often;
  /** Sources of the lesson that this sentence foretells: what goes wrong by one of them leads back to it. */
  readonly rules: readonly string[];
  readonly experiment: Experiment;
  readonly children: readonly LessonNode[];
}

/** What the learner has to bring about. One a lesson. */
export interface Goal {
  readonly kind: 'goal';
  readonly scene: string;
  readonly when: Condition;
  readonly children: readonly LessonNode[];
}

/** A measured number inside the text. */
export interface Value {
  readonly kind: 'value';
  readonly scene: string;
  readonly measure: Measure;
  readonly experiment: Experiment;
}

export const SHOW_KINDS = ['container', 'service', 'store', 'balancer', 'users', 'output', 'drawer'] as const;

/** Words that light up one thing on the stage (`container`, `service`, `store`, `balancer`, `users`), one output, or open one drawer. */
export interface Show {
  readonly kind: 'show';
  readonly scene: string;
  readonly what: (typeof SHOW_KINDS)[number];
  /** Container, service, store, output or drawer; '' for `balancer` and `users`. */
  readonly name: string;
  readonly children: readonly LessonNode[];
}

export interface CodeBlock {
  readonly kind: 'code';
  readonly language: string;
  readonly title: string;
  /** Is this how to do it? '' = neither. */
  readonly verdict: 'wrong' | 'right' | '';
  readonly lines: readonly { readonly text: string; readonly marked: boolean }[];
}

/** Shown on one platform only. */
export interface Only {
  readonly kind: 'only';
  readonly platform: string;
  readonly children: readonly LessonNode[];
}

/** Shown after the attempt that it explains. */
export interface Why {
  readonly kind: 'why';
  /** Id of a `predict`, `claim` or `do`, or `goal`. */
  readonly of: string;
  readonly children: readonly LessonNode[];
}
