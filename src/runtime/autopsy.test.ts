import { describe, expect, test } from 'vitest';
import { createDriver } from '../commands/driver.ts';
import { createReconfigure } from '../scenario/reconfigure.ts';
import { parseScenario } from '../scenario/parse.ts';
import { createRun } from '../sim/create-run.ts';
import type { Checkpoint, Run } from '../sim/run.ts';
import { autopsy, type Replay } from './autopsy.ts';
import { createPast, type Past } from './past.ts';

const source = `
name: shop
x-paddock: { platform: swarm, traffic: { users: 80, think: 500ms } }
services:
  app:
    image: shop:1.0
    deploy: { replicas: 3 }
    x-paddock: { boot: 1s, service-time: { exponential: 80ms }, state: { sessions: memory, uploads: none } }
  lb: { image: "haproxy:3.2", x-paddock: { sticky: cookie, check: {}, redispatch: true } }
`;
const LOG = [
  { at: 6000, do: 'docker kill shop-app-2' },
  { at: 12_000, do: 'docker service scale shop_app=2' },
  { at: 12_000, do: 'docker service scale shop_app=4' },
  { at: 20_000, do: 'paddock set services.app.x-paddock.service-time=150ms' },
  { at: 26_000, do: 'docker kill shop-app-1' },
  { at: 30_000, do: 'docker kill shop-app-3' },
];
const reconfigure = createReconfigure(source, 'compose.yaml');

/** A run of half a minute that was looked at ten times a second, and stands at the ms of its last command. */
function lived(everyEvents: number) {
  const { scenario } = parseScenario(source, 'compose.yaml');
  if (!scenario) throw new Error('the scenario does not read');
  const run = createRun(scenario);
  const driver = createDriver(run, LOG, reconfigure);
  const past = createPast(everyEvents);
  for (let t = 0; t <= 30_000; t += 100) {
    driver.advance(t);
    past.note(run);
  }
  driver.catchUp();
  const played: { run: Run; before: number }[] = [];
  const replay = (from: Checkpoint | null): Promise<Replay> => {
    const again = from === null ? createRun(scenario) : run.fork();
    if (from !== null) again.restore(from);
    played.push({ run: again, before: again.events });
    return Promise.resolve({ run: again, driver: createDriver(again, LOG, reconfigure) });
  };
  return { run, past, replay, played };
}

/** The first request that each kind of end befell, and some others. */
const someOf = (run: Run): number[] => [
  1,
  ...run
    .journal(0, run.journalLength())
    .filter(({ kind }) => kind === 'request-failed')
    .map(({ request }) => request)
    .filter((_, i) => i % 9 === 0)
    .slice(0, 5),
  500,
  2500,
];

describe('an autopsy', () => {
  test('from the nearest mark is the one from the beginning, word for word, and the replay is the run', async () => {
    const { run, past, replay } = lived(2000);
    const none = createPast(Infinity);
    expect(past.between(0, Infinity).length).toBeGreaterThan(5);
    for (const request of someOf(run)) {
      const near = await autopsy(run, past, replay, request);
      const far = await autopsy(run, none, replay, request);
      expect(near?.same).toBe(true);
      expect(far?.same).toBe(true);
      expect(near, String(request)).toEqual(far);
    }
  });

  test('plays no more than from the mark before to the mark behind', async () => {
    const { run, past, replay, played } = lived(2000);
    const requests = someOf(run);
    for (const request of requests) await autopsy(run, past, replay, request);
    for (const { run: again, before } of played.slice(1))
      expect(again.events - before).toBeLessThan(3 * 2600);
  });

  test('says so when the replay is not the run', async () => {
    const { run, past, replay } = lived(2000);
    const astray: Past = {
      ...past,
      between: (t0, t1) => past.between(t0, t1).map((mark) => ({ ...mark, hash: 'f'.repeat(16) })),
    };
    expect((await autopsy(run, astray, replay, 1500))?.same).toBe(false);
  });

  test('of a request that was not sent there is none', async () => {
    const { run, past, replay } = lived(2000);
    expect(await autopsy(run, past, replay, 10_000_000)).toBeNull();
  });
});

test('marks keep within their budget, and the latest stays', () => {
  const { scenario } = parseScenario(source, 'compose.yaml');
  const run = createRun(scenario!);
  const past = createPast(500, 400_000);
  for (let t = 0; t <= 30_000; t += 100) {
    run.advance(t);
    past.note(run);
  }
  const marks = past.between(0, Infinity);
  expect(marks.length).toBeGreaterThan(1);
  expect(marks.length).toBeLessThan(run.events / 1000);
  expect(run.now - marks.at(-1)!.now).toBeLessThan(2000);
});
