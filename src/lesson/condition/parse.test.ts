import { describe, expect, test } from 'vitest';
import { parseCondition, parseMeasure } from './parse.ts';

function expressionOf(source: string): unknown {
  const parsed = parseCondition(source);
  if (!parsed.ok) throw new Error(`${parsed.problem.column}: ${parsed.problem.message}`);
  return parsed.value.expression;
}

describe('conditions', () => {
  test('a bare comparison measures the whole run', () => {
    expect(expressionOf('sessions.lost == 0')).toEqual({
      kind: 'compare',
      metric: 'sessions.lost',
      comparator: '==',
      bound: { kind: 'number', value: 0 },
      window: { kind: 'since', anchor: null },
      span: [0, 18],
    });
  });

  test.each([
    ['requests.failed <= 5 after last command', { kind: 'since', anchor: { which: 'last', prefix: '' } }],
    ['requests.failed <= 5 after command', { kind: 'since', anchor: { which: 'first', prefix: '' } }],
    [
      `sessions.lost > 0 after 'docker  kill shop-app-2'`,
      { kind: 'since', anchor: { which: 'first', prefix: 'docker kill shop-app-2' } },
    ],
    [
      'sessions.lost > 0 after last "docker kill"',
      { kind: 'since', anchor: { which: 'last', prefix: 'docker kill' } },
    ],
    [
      'requests.failed == 0 during 10s..1m30s',
      { kind: 'during', fromMs: 10_000, toMs: 90_000, anchor: null },
    ],
    [
      'requests.failed == 0 during 0s..2.5s after first command',
      { kind: 'during', fromMs: 0, toMs: 2500, anchor: { which: 'first', prefix: '' } },
    ],
    [
      'containers.running >= 3 within 8s after first command',
      { kind: 'within', forMs: 8000, anchor: { which: 'first', prefix: '' } },
    ],
    ['containers.running >= 3 within 250ms', { kind: 'within', forMs: 250, anchor: null }],
  ])('%s', (source, window) => expect(expressionOf(source)).toMatchObject({ window }));

  test.each([
    ['availability >= 99%', { kind: 'number', value: 0.99 }],
    ['latency.p95 < 1.5s', { kind: 'number', value: 1500 }],
    ['sessions.lost <= 40% of sessions.created', { kind: 'metric', metric: 'sessions.created', share: 0.4 }],
    ['requests.ok == requests.total', { kind: 'metric', metric: 'requests.total', share: 1 }],
  ])('%s', (source, bound) => expect(expressionOf(source)).toMatchObject({ bound }));

  test('and binds closer than or; brackets bind closest', () => {
    const shape = (source: string): string => {
      const walk = (part: { kind: string; parts?: never[]; metric?: string }): string =>
        part.kind === 'compare'
          ? (part.metric ?? '')
          : `(${(part.parts ?? []).map(walk).join(` ${part.kind} `)})`;
      return walk(expressionOf(source) as never);
    };
    expect(shape('logins > 0 or jobs.run > 0 and logs.lost > 0')).toBe(
      '(logins or (jobs.run and logs.lost))',
    );
    expect(shape('(logins > 0 or jobs.run > 0) and logs.lost > 0')).toBe(
      '((logins or jobs.run) and logs.lost)',
    );
  });

  test.each([
    ['sesions.lost == 0', 1, "unknown metric 'sesions.lost'; did you mean 'sessions.lost'?"],
    ['sessions.lost = 0', 15, "'=' compares nothing; write '=='"],
    ['sessions.lost == 0 && logins > 0', 20, "write 'and' instead of '&&'"],
    ['sessions.lost is 0', 15, "'is' does not compare; write ==, !=, <, <=, > or >="],
    ['sessions.lost ==', 17, 'the end is nothing to compare with; write a number, 99%, 8s or a metric'],
    [
      'sessions.lost + 1 == 0',
      15,
      "'+' has no meaning in a condition; calculate nothing, compare a metric with a number",
    ],
    ['sessions.lost == 0 durin 1s..2s', 20, "did not expect 'durin' here; did you mean 'during'?"],
    ['sessions.lost == 0 during 10s', 30, "a window has two ends; write 'during 10s..20s'"],
    [
      'sessions.lost == 0 during 20s..10s',
      32,
      'the window ends before it begins; write the earlier time first',
    ],
    ['sessions.lost == 0 during 10..20s', 27, "'10' is no duration; write 250ms, 8s or 1m30s"],
    [
      'sessions.lost == 0 within 5sec',
      27,
      "'5sec' is no number and no duration; write 5, 40%, 250ms, 8s or 1m30s",
    ],
    [
      'latency.p95 < 100 within 8s',
      19,
      "'latency.p95' has no value at an instant; write 'during 0s..8s after …' instead of 'within'",
    ],
    [
      'sessions.lost == logins within 8s',
      25,
      "'within' compares with a number only; write 'during 0s..8s after …'",
    ],
    [
      'sessions.lost == 0 after docker kill',
      26,
      "'docker' is no command; write after 'docker kill', after first command or after last command",
    ],
    [`sessions.lost == 0 after 'docker kill`, 26, "this quote is not closed; write after 'docker kill'"],
    ['(sessions.lost == 0', 20, "the bracket at column 1 is not closed; write ')'"],
    ['', 1, 'the end is no metric; write one such as sessions.lost'],
  ])('%s is misread at column %i', (source, column, message) => {
    expect(parseCondition(source)).toEqual({
      ok: false,
      problem: { offset: column - 1, line: 1, column, message },
    });
  });

  test('a condition over several lines is misread at its line', () => {
    expect(parseCondition('sessions.lost == 0\n  and sesions.held > 0')).toMatchObject({
      ok: false,
      problem: { line: 2, column: 7 },
    });
  });
});

describe('measures', () => {
  test('a metric, with a window or without', () => {
    expect(parseMeasure('sessions.lost')).toMatchObject({
      ok: true,
      value: { metric: 'sessions.lost', window: { kind: 'since', anchor: null } },
    });
    expect(parseMeasure('sessions.lost during 0s..10s after command')).toMatchObject({
      ok: true,
      value: { window: { kind: 'during', toMs: 10_000 } },
    });
  });

  test('compare nothing and watch for nothing', () => {
    expect(parseMeasure('sessions.lost == 0')).toMatchObject({ ok: false, problem: { column: 15 } });
    expect(parseMeasure('sessions.lost within 8s')).toMatchObject({
      ok: false,
      problem: { column: 15, message: expect.stringContaining('during 0s..8s') },
    });
  });
});
