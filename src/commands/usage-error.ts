/** A line that is not a command. Thrown inside this folder only: `parseCommand` turns it into a value. */
export class UsageError extends Error {
  /** From 1. */
  readonly column: number;

  constructor(message: string, column: number) {
    super(message);
    this.name = 'UsageError';
    this.column = column;
  }
}
