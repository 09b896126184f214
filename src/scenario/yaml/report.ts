/** What reading a compose file turns up: problems with a position, and notes on what was inferred. */
import { isNode, visit, type LineCounter, type Node } from 'yaml';

/** Something that stops the scenario from being run. `line` and `column` count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong and what to write instead. */
  readonly message: string;
}

/** Where a node's offsets count from: the file, or an override typed beside it. */
export interface Origin {
  readonly file: string;
  readonly lines: LineCounter;
  /** Columns in front of the text that was parsed. */
  readonly columnOffset: number;
}

export class Report {
  readonly problems: Problem[] = [];
  private readonly noted = new Set<string>();
  private readonly main: Origin;
  private readonly origins = new WeakMap<Node, Origin>();

  constructor(main: Origin) {
    this.main = main;
  }

  /** In the order in which they were said, each once. */
  get notes(): string[] {
    return [...this.noted];
  }

  note(text: string): void {
    this.noted.add(text);
  }

  /** Everything under `node` came from `origin`. */
  claim(node: Node, origin: Origin): void {
    visit(node, {
      Node: (_, child) => {
        this.origins.set(child, origin);
      },
    });
  }

  /** Whether `node` was put in by an override. */
  isOverride(node: Node | null): boolean {
    return node !== null && this.origins.has(node);
  }

  /** A problem at the first of `nodes` that has a position, else at the start of the file. */
  problem(message: string, ...nodes: readonly unknown[]): void {
    const node = nodes.find(
      (candidate): candidate is Node =>
        isNode(candidate) && (this.origins.has(candidate) || Array.isArray(candidate.range)),
    );
    const origin = (node && this.origins.get(node)) ?? this.main;
    this.add(message, node?.range?.[0] ?? 0, origin);
  }

  /** A problem at an offset in `origin`, by default the file itself. One place is complained of once. */
  add(message: string, offset: number, origin: Origin = this.main): void {
    const { line, col } = origin.lines.linePos(offset);
    const problem = {
      file: origin.file,
      line: Math.max(1, line),
      column: Math.max(1, col) + (line <= 1 ? origin.columnOffset : 0),
      message,
    };
    const known = this.problems.some(
      (other) =>
        other.file === problem.file &&
        other.line === problem.line &&
        other.column === problem.column &&
        other.message === message,
    );
    if (!known) this.problems.push(problem);
  }
}
