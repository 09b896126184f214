import { expect, it } from 'vitest';
import { app, balancer, scenario, store } from '../../test/support/fixtures.ts';
import { createRun } from '../sim/create-run.ts';
import type { RunView } from '../runtime/protocol.ts';
import { castOf } from './cast.ts';

it('is the same view until somebody comes, goes, changes phase or version, or more are wanted', () => {
  const run = createRun(scenario([app({ replicas: 3 }), store(), balancer()]));
  run.advance(1000);
  const { users, ...rest } = run.view();
  const view: RunView = { ...rest, userCount: users.length };
  const [first, ...others] = view.containers;
  const [redis] = view.stores;
  expect(castOf(null, view)).toBe(view);
  const busier = { ...view, containers: view.containers.map((each) => ({ ...each, inFlight: 99 })) };
  expect(castOf(view, busier)).toBe(view);
  for (const other of [
    { ...view, wanted: 4 },
    { ...view, containers: others },
    { ...view, containers: [...others, first!] },
    { ...view, containers: [{ ...first!, phase: 'exited' as const }, ...others] },
    { ...view, containers: [{ ...first!, version: 1, tag: '2.0' }, ...others] },
    { ...view, stores: [{ ...redis!, state: 'down' as const }] },
  ])
    expect(castOf(view, other)).toBe(other);
});
