import fc from 'fast-check';
import { createRun } from '../../src/sim/create-run.ts';
import type { Gauge } from '../../src/sim/metrics/names.ts';
import type { Run } from '../../src/sim/run.ts';
import type { ContainerView, HerdView, Phase } from '../../src/sim/view.ts';
import { anyCommandsOn } from './random-commands.ts';
import { anyScenario } from './random-scenarios.ts';

const UNTIL = 6000;
/** Random runs of each of the two files that call `checkRandomRuns`: two, so that two cores share them. */
const RUNS = Number(process.env['PADDOCK_RUNS'] ?? 5000) / 2;

/** A law is checked some hundred thousand times: a plain comparison, whose failure names the law. */
function law(what: string, holds: boolean, ...values: unknown[]): void {
  if (!holds) throw new Error(`${what}: ${values.map(String).join(', ')}`);
}
const equal = (what: string, a: number, b: number): void => law(what, a === b, a, b);

/** What the journal said up to the last look: entries by kind. */
interface Told {
  readonly counts: Map<string, number>;
  length: number;
}

function read(run: Run, told: Told): (kind: string) => number {
  for (const e of run.journal(told.length, run.journalLength())) {
    law('an entry has an earlier cause', e.cause < e.id, e.id, e.cause);
    told.counts.set(e.kind, (told.counts.get(e.kind) ?? 0) + 1);
  }
  told.length = run.journalLength();
  return (kind) => told.counts.get(kind) ?? 0;
}

/** Laws that hold at every instant (design §3): throws the name of one that does not. */
export function checkLaws(run: Run, told: Told): void {
  const m = run.metrics(0, UNTIL + 1000);
  const n = (name: keyof typeof m): number => m[name] ?? 0;
  const view = run.view();
  const t = view.totals;

  law('who waits long has a request under way', t.waiting <= t.inFlight, t.waiting, t.inFlight);
  equal('every request is somewhere', t.requests, t.ok + t.failed + t.unauthorized + t.notFound + t.inFlight);
  equal(
    'every session is somewhere',
    n('sessions.created'),
    t.sessionsHeld + n('sessions.expired') + n('sessions.replaced') + n('sessions.lost'),
  );

  let causes = 0;
  let statuses = 0;
  for (const [name, value] of Object.entries(m)) {
    if (!name.startsWith('requests.failed.')) continue;
    if (name.startsWith('requests.failed.status.')) statuses += value ?? 0;
    else causes += value ?? 0;
  }
  equal('every failure has one cause', causes, t.failed);
  equal('every failure has one status', statuses, t.failed);

  const entries = read(run, told);
  equal('every failure has one entry', entries('request-failed'), t.failed);
  equal('every lost session has one entry', entries('session-lost'), n('sessions.lost'));
  equal('every expired session has one entry', entries('session-expired'), n('sessions.expired'));
  equal('every lost upload has one entry', entries('upload-lost'), n('uploads.lost'));
  equal('every upload that two wrote at once has one entry', entries('upload-raced'), n('uploads.raced'));
  law('what was raced for was written over', n('uploads.raced') <= n('uploads.overwritten'));
  law('what was written over had been stored', n('uploads.overwritten') <= n('uploads.stored'));
  equal('every suspicion has one entry', entries('member-suspected'), n('members.suspected'));
  law('who is wronged is suspected', n('members.wronged') <= n('members.suspected'));
  law('a call that fails was made', n('members.forward-failed') <= n('members.forwarded'));
  for (const { peers } of view.containers)
    law('the dead that it believes in are among its peers', peers === null || peers.dead <= peers.known);
  equal('every missed job has one entry', entries('job-missed'), n('jobs.missed'));
  equal('every job that runs again has one entry', entries('job-duplicated'), n('jobs.duplicated'));
  law('lost lines are told', entries('logs-lost') > 0 === n('logs.lost') > 0, n('logs.lost'));
  law('lost counts are told', entries('count-lost') > 0 === n('counters.lost') > 0, n('counters.lost'));
  law('what is stale was a hit', n('cache.stale') <= n('cache.hits'), n('cache.stale'));
  law('what is over the limit was let through', n('counters.over') <= n('counters.allowed'));

  const names = live(view).map((c) => c.name);
  law('a name belongs to one live container', new Set(names).size === names.length, ...names);

  checkCounts(run, live(view));

  for (const c of view.containers)
    law('nothing is negative', c.inFlight >= 0 && c.queued >= 0 && c.sessions >= 0, c.name);
  law('who is signed in is a user', view.usersSignedIn <= view.users.length, view.usersSignedIn);
  law('who comes back had lost a session', view.usersReturned <= t.sessionsLost, view.usersReturned);
  law('who is signed in has a session', t.sessionsHeld >= (view.usersSignedIn === 0 ? 0 : 1), t.sessionsHeld);
}

const live = (view: HerdView): readonly ContainerView[] =>
  view.containers.filter((c) => c.phase !== 'removed');

/** Counts that are kept as single containers change, against all containers counted anew. */
function checkCounts(run: Run, containers: readonly ContainerView[]): void {
  const herd = containers.filter((c) => c.service === run.scenario.backend);
  const { totals } = run.view();
  // The bin that ends after now: what a gauge says at this instant.
  const gauge = (name: Gauge): number => run.series(name, 0, run.now + 100, 1)[0] ?? NaN;
  const has = (...phases: Phase[]): ContainerView[] => herd.filter((c) => phases.includes(c.phase));
  const alive = has('booting', 'running', 'prestop', 'stopping').length;
  const edits = herd.reduce((sum, c) => sum + c.edits, 0);
  equal('who has a process is counted', totals.containersRunning, alive);
  equal('who has a process is measured', gauge('containers.running'), alive);
  const serving = has('running').filter((c) => c.listening && !c.frozen).length;
  equal('who serves is measured', gauge('capacity'), serving);
  equal('every edited path is counted', totals.drift, edits);
  equal('every edited path is measured', gauge('drift.changes'), edits);
  equal('who was edited is measured', gauge('drift.containers'), herd.filter((c) => c.edits > 0).length);
}

const anyUsualPlay = anyScenario.chain((s) => fc.tuple(fc.constant(s), anyCommandsOn(s)));

/** The laws at random instants of random scenarios under random commands, other ones for every `half`. Returns how many runs. */
export function checkRandomRuns(half: 0 | 1): number {
  let runs = 0;
  // Most herds are short-lived: what a command breaks shows at once or not at all, and there is time for more of them.
  const horizon = fc.constantFrom(800, 800, 800, 2000, UNTIL);
  fc.assert(
    fc.property(anyUsualPlay, horizon, ([s, commands], until) => {
      const run = createRun(s);
      const told: Told = { counts: new Map(), length: 0 };
      for (const { at, command } of commands) {
        run.advance(Math.floor((at * until) / UNTIL));
        run.apply(command, command.verb);
        checkLaws(run, told);
      }
      run.advance(until);
      checkLaws(run, told);
      runs++;
    }),
    { numRuns: Math.ceil(RUNS), seed: (fc.readConfigureGlobal().seed ?? 0) + half },
  );
  return runs;
}
