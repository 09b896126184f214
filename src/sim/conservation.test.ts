import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCommands, anyScenario } from '../../test/support/random-scenarios.ts';
import { createRun } from './create-run.ts';
import type { Run } from './run.ts';

const UNTIL = 6000;

/** Laws that hold at every instant (design §3). */
function checkLaws(run: Run): void {
  const m = run.metrics(0, UNTIL + 1000);
  const n = (name: keyof typeof m): number => m[name] ?? 0;
  const view = run.view();
  const t = view.totals;

  // every request is somewhere
  expect(t.requests).toBe(t.ok + t.failed + t.unauthorized + t.notFound + t.inFlight);

  // every session is somewhere
  expect(n('sessions.created')).toBe(
    t.sessionsHeld +
      n('sessions.expired') +
      n('sessions.signed-out') +
      n('sessions.replaced') +
      n('sessions.lost'),
  );

  // every failure has exactly one cause and one status
  const causes = Object.entries(m).filter(
    ([k]) => k.startsWith('requests.failed.') && !k.includes('.status.'),
  );
  const statuses = Object.entries(m).filter(([k]) => k.startsWith('requests.failed.status.'));
  expect(causes.reduce((a, [, v]) => a + (v ?? 0), 0)).toBe(t.failed);
  expect(statuses.reduce((a, [, v]) => a + (v ?? 0), 0)).toBe(t.failed);

  // and one entry in the journal; so has every loss
  const entries = run.journal(0, run.journalLength());
  const count = (kind: string): number => entries.filter((e) => e.kind === kind).length;
  expect(count('request-failed')).toBe(t.failed);
  expect(count('session-lost')).toBe(n('sessions.lost'));
  expect(count('upload-lost')).toBe(n('uploads.lost'));
  for (const e of entries) expect(e.cause).toBeLessThan(e.id);

  // a container name never refers to two live containers
  const live = view.containers.filter((c) => c.phase !== 'removed');
  expect(new Set(live.map((c) => c.name)).size).toBe(live.length);

  // nothing is negative
  for (const c of view.containers) {
    expect(c.inFlight).toBeGreaterThanOrEqual(0);
    expect(c.queued).toBeGreaterThanOrEqual(0);
    expect(c.sessions).toBeGreaterThanOrEqual(0);
  }
  expect(view.usersSignedIn).toBeLessThanOrEqual(view.users.length);
  expect(t.sessionsHeld).toBeGreaterThanOrEqual(view.usersSignedIn === 0 ? 0 : 1);
}

describe('conservation laws', () => {
  it('hold at random instants of random scenarios under random commands', () => {
    fc.assert(
      fc.property(anyScenario, anyCommands, (s, commands) => {
        const run = createRun(s);
        for (const { at, command } of commands) {
          run.advance(at);
          run.apply(command, command.verb);
          checkLaws(run);
        }
        run.advance(UNTIL);
        checkLaws(run);
      }),
      { numRuns: Number(process.env['PADDOCK_RUNS'] ?? 1000) },
    );
  }, 240_000);
});
