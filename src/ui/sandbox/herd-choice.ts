import type { MetricName } from '../../sim/metrics/names.ts';
import type { ChosenKind } from '../../store/herd-state.ts';

/** A herd to choose, and the one thing to try with it. */
export interface HerdChoice {
  readonly name: string;
  readonly title: string;
  readonly idea: string;
  readonly task: Task;
}

/** What the next words follow from. */
export interface Done {
  /** Commands that were carried out, as typed. */
  readonly lines: readonly string[];
  /** Sessions lost so far. */
  readonly lost: number;
  /** Where this kind of state lives now. */
  home(kind: ChosenKind): string | null;
}

/** What a button beside the words types. */
export interface TaskLine {
  readonly does: string;
  readonly types: string;
}

export interface Task {
  /** Accessible name of the verb to draw the eye to. */
  readonly verb?: string;
  readonly line?: TaskLine;
  /** `name` = the container that the verbs are about. */
  words(name: string): string;
  isDone(done: Done): boolean;
  after(done: Done): string;
  /** What can be tried after that, until it has been. */
  readonly next?: TaskLine;
  /** Counts since the start that nothing else on the page shows. */
  readonly measures?: readonly { readonly label: string; readonly metric: MetricName }[];
}
