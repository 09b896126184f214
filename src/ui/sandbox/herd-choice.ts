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
  /** Home of sessions or uploads now. */
  home(kind: 'sessions' | 'uploads'): string | null;
}

export interface Task {
  /** Accessible name of the verb to draw the eye to. */
  readonly verb?: string;
  /** What a button beside the words types. */
  readonly line?: { readonly does: string; readonly types: string };
  /** `name` = the container that the verbs are about. */
  words(name: string): string;
  isDone(done: Done): boolean;
  after(done: Done): string;
}
