import { describe, expect, it } from 'vitest';
import { app, balancer, homes, scenario } from '../../../test/support/fixtures.ts';
import { play } from '../../../test/support/many-seeds.ts';
import type { AppService, Scenario } from '../model/scenario.ts';

const AT = 3000;
const UNTIL = 20_000;
type Lines = readonly (readonly [number, string])[];

const herd = (home: string, releaseMs: number, a: Partial<AppService> = {}): Scenario =>
  scenario(
    [
      app({
        state: homes({ sessions: 'signed', identity: home }),
        kinds: { ...app().kinds, identity: { seats: 3, releaseMs } },
        onExit: { do: 'restart', delayMs: 300, layer: 'keep' },
        ...a,
      }),
      balancer(),
    ],
    {},
    { rate: 60 },
  );
const refused = (s: Scenario, lines: Lines, from = 0): number =>
  play(s, 1, lines, UNTIL).metrics(from, UNTIL)['identity.refused'] ?? 0;

const CRASH: Lines = [[AT, 'paddock crash shop-app-1']];

describe('a licence bound to an identity', () => {
  it('that is new at every start is refused after a restart, one in the layer is not (S-11)', () => {
    expect(refused(herd('memory', 600_000), CRASH)).toBeGreaterThan(250);
    expect(refused(herd('layer', 600_000), CRASH)).toBe(0);
  });

  it('is refused after a replacement, until the old seat is released (S-11)', () => {
    const replace = { onExit: { do: 'replace', delayMs: 300, layer: 'wipe' } } as const;
    expect(refused(herd('layer', 600_000, replace), CRASH)).toBeGreaterThan(250);
    expect(refused(herd('layer', 5000, replace), CRASH)).toBeGreaterThan(20);
    expect(refused(herd('layer', 5000, replace), CRASH, AT + 6500)).toBe(0);
    expect(refused(herd('layer', 0, replace), CRASH)).toBe(0);
  });

  it('that two containers share on one volume is taken for a copy', () => {
    const mounts = [{ type: 'volume', source: 'data', target: '/app' }] as const;
    const s = { ...herd('volume', 0, { mounts }), platform: 'compose' };
    const run = play(s, 1, [], UNTIL);
    const share =
      (run.metrics(0, UNTIL)['identity.refused'] ?? 0) / (run.metrics(0, UNTIL)['requests.total'] ?? 1);
    expect(Math.abs(share - 2 / 3)).toBeLessThan(0.01);
    expect(
      refused({ ...herd('volume', 600_000, { mounts, replicas: 1 }), platform: 'compose' }, [
        [AT, 'docker compose up -d --force-recreate'],
      ]),
    ).toBe(0);
  });

  it('is refused anew at every start, and each refusal names its own death', () => {
    const twice: Lines = [...CRASH, [8000, 'paddock crash shop-app-1']];
    const run = play(herd('memory', 600_000), 1, twice, UNTIL);
    const refusals = run.journal(0, run.journalLength()).filter((e) => e.kind === 'licence-refused');
    expect(refusals.map((e) => run.chain(e.id).at(-1)?.t)).toEqual([AT, 8000]);
  });

  it('fails requests as an error of the app, which lead to the death that cost the seat', () => {
    const run = play(herd('memory', 600_000), 1, CRASH, UNTIL);
    const m = run.metrics(0, UNTIL);
    expect(m['requests.failed.app-error']).toBe(m['identity.refused']);
    const failure = run.journal(0, run.journalLength()).findLast((e) => e.kind === 'request-failed');
    const chain = run.chain(failure?.id ?? -1).map((e) => e.kind);
    expect(chain.slice(0, 2)).toEqual(['request-failed', 'licence-refused']);
    expect(chain.at(-1)).toBe('command');
  });
});
