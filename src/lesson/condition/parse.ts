/**
 * Reads a condition or a measure. Grammar (docs/writing-a-lesson.md has examples):
 *
 *     condition  = all { "or" all }            all = one { "and" one }
 *     one        = "(" condition ")" | metric comparator bound [window]
 *     bound      = number | share | duration | [share "of"] metric
 *     window     = "during" duration ".." duration ["after" anchor]
 *                | "within" duration ["after" anchor]  |  "after" anchor
 *     anchor     = ["first" | "last"] ( "command" | 'beginning of a command line' )
 *     measure    = metric [window]             (without "within")
 */
import { nearest } from '../../commands/suggest.ts';
import { COUNTERS, GAUGES, METRICS, type MetricName } from '../../sim/metrics/names.ts';
import type { Anchor, Bound, Comparator, Condition, Expression, Measure, Window } from './condition.ts';
import { Misread, tokenize, type ConditionProblem, type Token } from './tokens.ts';

const COMPARATORS: ReadonlySet<string> = new Set<Comparator>(['==', '!=', '<', '<=', '>', '>=']);
const METRIC_NAMES: ReadonlySet<string> = new Set(METRICS);
/** What has a value at an instant, or adds up: only this can be watched for a moment. */
const INSTANT: ReadonlySet<string> = new Set<string>([...COUNTERS, ...GAUGES]);
const WINDOW_WORDS: readonly string[] = ['during', 'within', 'after'];

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ConditionProblem };

/** A condition, or where and why it cannot be read. */
export function parseCondition(source: string): Parsed<Condition> {
  return attempt(source, (reader) => ({ source, expression: reader.alternatives() }));
}

/** A measure such as `sessions.lost during 0s..10s after first command`, or where and why it cannot be read. */
export function parseMeasure(source: string): Parsed<Measure> {
  return attempt(source, (reader) => {
    const metric = reader.metric();
    const at = reader.next.start;
    const window = reader.window();
    if (window.kind === 'within')
      throw new Misread(at, `'within' decides a comparison; to measure, write 'during 0s..8s after …'`);
    return { source, metric, window };
  });
}

function attempt<T>(source: string, read: (reader: Reader) => T): Parsed<T> {
  try {
    const reader = new Reader(source);
    const value = read(reader);
    reader.finish();
    return { ok: true, value };
  } catch (error) {
    if (!(error instanceof Misread)) throw error;
    const before = source.slice(0, error.offset).split('\n');
    const column = (before.at(-1) ?? '').length + 1;
    return {
      ok: false,
      problem: { offset: error.offset, line: before.length, column, message: error.message },
    };
  }
}

class Reader {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(source: string) {
    this.tokens = tokenize(source);
  }

  get next(): Token {
    const token = this.tokens[this.at] ?? this.tokens.at(-1);
    if (token === undefined) throw new Misread(0, 'nothing to read');
    return token;
  }

  private take(): Token {
    const token = this.next;
    this.at += 1;
    return token;
  }

  private accept(text: string): boolean {
    if (this.next.kind === 'string' || this.next.text !== text) return false;
    this.at += 1;
    return true;
  }

  finish(): void {
    const { kind, text, start } = this.next;
    if (kind === 'end') return;
    const meant = kind === 'word' ? nearest(text, [...WINDOW_WORDS, 'and', 'or']) : null;
    throw new Misread(
      start,
      `did not expect '${text}' here; ${meant === null ? "write 'and', 'or', 'during', 'within', 'after' or nothing" : `did you mean '${meant}'?`}`,
    );
  }

  alternatives(): Expression {
    return this.joined('or', () => this.joined('and', () => this.one()));
  }

  private joined(kind: 'and' | 'or', part: () => Expression): Expression {
    const first = part();
    if (this.next.text !== kind) return first;
    const parts = [first];
    while (this.accept(kind)) parts.push(part());
    return { kind, parts };
  }

  private one(): Expression {
    const open = this.next;
    if (this.accept('(')) {
      const inner = this.alternatives();
      if (!this.accept(')'))
        throw new Misread(
          this.next.start,
          `the bracket at column ${open.start + 1} is not closed; write ')'`,
        );
      return inner;
    }
    const metric = this.metric();
    const sign = this.take();
    if (!COMPARATORS.has(sign.text)) {
      throw new Misread(sign.start, `${found(sign)} does not compare; write ==, !=, <, <=, > or >=`);
    }
    const bound = this.bound();
    const at = this.next.start;
    const window = this.window();
    if (window.kind === 'within' && !INSTANT.has(metric)) {
      throw new Misread(
        at,
        `'${metric}' has no value at an instant; write 'during 0s..8s after …' instead of 'within'`,
      );
    }
    if (window.kind === 'within' && bound.kind === 'metric') {
      throw new Misread(at, `'within' compares with a number only; write 'during 0s..8s after …'`);
    }
    const end = this.tokens[this.at - 1]?.end ?? open.end;
    return {
      kind: 'compare',
      metric,
      comparator: sign.text as Comparator,
      bound,
      window,
      span: [open.start, end],
    };
  }

  metric(): MetricName {
    const token = this.take();
    if (token.kind !== 'word')
      throw new Misread(token.start, `${found(token)} is no metric; write one such as sessions.lost`);
    if (isMetric(token.text)) return token.text;
    const meant = nearest(token.text, METRICS);
    throw new Misread(
      token.start,
      `unknown metric '${token.text}'; ${meant === null ? "'sim help metrics' lists them" : `did you mean '${meant}'?`}`,
    );
  }

  private bound(): Bound {
    const { kind, value } = this.next;
    if (kind === 'number' || kind === 'duration') {
      this.at += 1;
      return { kind: 'number', value };
    }
    if (kind === 'percent') {
      this.at += 1;
      return this.accept('of')
        ? { kind: 'metric', metric: this.metric(), share: value }
        : { kind: 'number', value };
    }
    if (kind === 'word') return { kind: 'metric', metric: this.metric(), share: 1 };
    throw new Misread(
      this.next.start,
      `${found(this.next)} is nothing to compare with; write a number, 99%, 8s or a metric`,
    );
  }

  window(): Window {
    if (this.accept('during')) {
      const from = this.duration();
      if (!this.accept('..'))
        throw new Misread(this.next.start, `a window has two ends; write 'during 10s..20s'`);
      const start = this.next.start;
      const to = this.duration();
      if (to <= from)
        throw new Misread(start, 'the window ends before it begins; write the earlier time first');
      return { kind: 'during', fromMs: from, toMs: to, anchor: this.after() };
    }
    if (this.accept('within')) return { kind: 'within', forMs: this.duration(), anchor: this.after() };
    return { kind: 'since', anchor: this.after() };
  }

  private after(): Anchor | null {
    if (!this.accept('after')) return null;
    const which = this.accept('last') ? 'last' : 'first';
    if (which === 'first') this.accept('first');
    if (this.accept('command')) return { which, prefix: '' };
    const token = this.take();
    if (token.kind === 'string' && token.text !== '') return { which, prefix: token.text };
    throw new Misread(
      token.start,
      `${found(token)} is no command; write after 'docker kill', after first command or after last command`,
    );
  }

  private duration(): number {
    const token = this.take();
    if (token.kind === 'duration') return token.value;
    throw new Misread(token.start, `${found(token)} is no duration; write 250ms, 8s or 1m30s`);
  }
}

const found = (token: Token): string => (token.kind === 'end' ? 'the end' : `'${token.text}'`);

const isMetric = (text: string): text is MetricName => METRIC_NAMES.has(text);
