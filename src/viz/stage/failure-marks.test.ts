import { describe, expect, it } from 'vitest';
import { FAILURE_CAUSES } from '../../sim/model/failure.ts';
import { failureMarks } from './failure-marks.ts';
import { type HandLeg, herd, container, legsAt, nodeOf, STRETCH_MS } from './fixtures/build.ts';
import { layoutStage } from './layout.ts';
import { LATE } from './late.ts';

const FAILED = 2;
const BACK = 1;
const REFUSED = 0;
const RESET = 1;
const RETRIED = 5;
const NO_SERVER = 2;
const OWN_ERROR = FAILURE_CAUSES.indexOf('app-error');

function marksOf(legs: readonly HandLeg[]) {
  const view = herd([container(1), container(2), container(3)]);
  return failureMarks({
    view,
    legs: legsAt(view.t, legs),
    t: view.t,
    stretchMs: STRETCH_MS,
    layout: layoutStage(view, { width: 992, height: 512 }),
    late: LATE,
    reducedMotion: false,
    highlight: null,
    hover: null,
  });
}

describe('failureMarks', () => {
  it('tells a failure once, at the server, although its news travels two hops back', () => {
    const marks = marksOf([
      { from: 0, to: 1, ago: 900, user: 7 },
      { from: 1, to: nodeOf(2), ago: 890, user: 7 },
      { from: nodeOf(2), to: 1, ago: 300, user: 7, outcome: FAILED, cause: RESET, flags: BACK },
      { from: 1, to: 0, ago: 299, user: 7, outcome: FAILED, cause: RESET, flags: BACK },
    ]);
    expect(marks).toMatchObject([{ node: nodeOf(2), count: 1, cause: RESET, retried: false }]);
  });

  it('waits until the request has visibly arrived', () => {
    const legs = (ago: number): HandLeg[] => [
      { from: 0, to: 1, ago: ago + 1, user: 7 },
      { from: 1, to: nodeOf(2), ago, user: 7 },
      { from: 1, to: 0, ago: ago - 1, user: 7, outcome: FAILED, cause: REFUSED, flags: BACK },
    ];
    expect(marksOf(legs(STRETCH_MS - 50))).toEqual([]);
    expect(marksOf(legs(STRETCH_MS + 50))).toMatchObject([{ node: nodeOf(2), cause: REFUSED }]);
  });

  it('puts what no server was there for at the balancer', () => {
    const marks = marksOf([
      { from: 0, to: 1, ago: 900, user: 7 },
      { from: 1, to: 0, ago: 500, user: 7, outcome: FAILED, cause: NO_SERVER, flags: BACK },
    ]);
    expect(marks).toMatchObject([{ node: 1, cause: NO_SERVER }]);
  });

  it('does not take two requests of one user, under way together, for a second try', () => {
    const marks = marksOf([
      { from: 0, to: 1, ago: 1600, user: 7 },
      { from: 1, to: nodeOf(2), ago: 1590, user: 7 },
      { from: 1, to: nodeOf(3), ago: 590, user: 7 },
      { from: nodeOf(3), to: 1, ago: 500, user: 7, flags: BACK },
      { from: 1, to: 0, ago: 499, user: 7, flags: BACK },
    ]);
    expect(marks).toEqual([]);
  });

  it('puts a server’s own error at that server, though its user has another request at the next one', () => {
    const marks = marksOf([
      { from: 0, to: 1, ago: 1600, user: 7 },
      { from: 1, to: nodeOf(2), ago: 1590, user: 7 },
      { from: 1, to: nodeOf(3), ago: 590, user: 7 },
      { from: nodeOf(2), to: 1, ago: 500, user: 7, outcome: FAILED, cause: OWN_ERROR, flags: BACK },
      { from: 1, to: 0, ago: 499, user: 7, outcome: FAILED, cause: OWN_ERROR, flags: BACK },
    ]);
    expect(marks).toMatchObject([{ node: nodeOf(2), count: 1, cause: OWN_ERROR, retried: false }]);
  });

  it('marks a try that came back as the sign of a second one, once, also at the same server', () => {
    const back = { from: nodeOf(2), to: 1, ago: 1589, user: 7, outcome: RETRIED, flags: BACK };
    for (const next of [nodeOf(3), nodeOf(2)]) {
      const marks = marksOf([
        { from: 0, to: 1, ago: 1600, user: 7 },
        { from: 1, to: nodeOf(2), ago: 1590, user: 7 },
        back,
        { from: 1, to: next, ago: 1589, user: 7 },
        { from: next, to: 1, ago: 500, user: 7, flags: BACK },
      ]);
      expect(marks).toMatchObject([{ node: nodeOf(2), retried: true, count: 1 }]);
    }
  });

  it('does not mistake the next request of a user for a second try', () => {
    const marks = marksOf([
      { from: 0, to: 1, ago: 1600, user: 7 },
      { from: 1, to: nodeOf(2), ago: 1590, user: 7 },
      { from: nodeOf(2), to: 1, ago: 1500, user: 7, flags: BACK },
      { from: 0, to: 1, ago: 600, user: 7 },
      { from: 1, to: nodeOf(3), ago: 590, user: 7 },
    ]);
    expect(marks).toEqual([]);
  });

  it('gathers failures of one place and forgets them after a while', () => {
    const refused = (user: number, ago: number): HandLeg[] => [
      { from: 1, to: nodeOf(2), ago, user },
      { from: 1, to: 0, ago: ago - 1, user, outcome: FAILED, cause: REFUSED, flags: BACK },
    ];
    expect(marksOf([...refused(1, 700), ...refused(2, 900), ...refused(3, 5000)])).toMatchObject([
      { count: 2 },
    ]);
  });
});
