/** A fault in a lesson, with what to write instead. `line` and `column` count from 1. */
export interface Problem {
  /** Path from the repository's root. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** `lessons/en/01-x/lesson.md:12:3  message`, as compilers print it. */
export function formatProblem({ file, line, column, message }: Problem): string {
  return `${file}:${line}:${column}  ${message}`;
}
