import { expect, test, vi } from 'vitest';
import { parseScenario } from '../scenario/parse.ts';
import { BALANCERS, PLATFORMS } from '../sim/registries.ts';
import { BALANCER_CHUNKS, PLATFORM_CHUNKS } from './load-rules.ts';

test.each(Object.keys(PLATFORMS))('platform %s has a chunk that holds it', async (name) => {
  expect(await PLATFORM_CHUNKS[name]!()).toBe(PLATFORMS[name]);
});

test.each(Object.keys(BALANCERS))('balancer %s has a chunk that holds it', async (name) => {
  expect(await BALANCER_CHUNKS[name]!()).toBe(BALANCERS[name]);
});

test('there is no chunk for what no scenario can name', () => {
  expect(Object.keys(PLATFORM_CHUNKS).toSorted()).toEqual(Object.keys(PLATFORMS).toSorted());
  expect(Object.keys(BALANCER_CHUNKS).toSorted()).toEqual(Object.keys(BALANCERS).toSorted());
});

test('kinds of state come in their order, the late ones when a herd needs them', async () => {
  // As in a page that has just been opened: nothing was fetched for another test.
  vi.resetModules();
  const { loadActions, loadRules } = await import('./load-rules.ts');
  const { beginRun } = await import('../sim/herd-run.ts');
  const { KINDS } = await import('../sim/kinds/registry.ts');
  const read = (x: string) =>
    parseScenario(`services: { app: { image: "shop:1.0", x-paddock: { ${x} } } }`, 'f.yaml').scenario!;
  const plain = await loadRules(read('boot: 1s'));
  expect(plain.kinds.map(({ kind }) => kind)).toEqual(KINDS.map(({ kind }) => kind));
  // A run that has begun without them goes on by them, once a file that needs them was read.
  const run = beginRun(read('boot: 1s'), 1, plain);
  const { kinds } = await loadRules(read('state: { membership: memory }'));
  for (const [k, kind] of KINDS.entries()) expect(kinds[k], kind.kind).toEqual(kind);
  const next = read('state: { membership: memory }');
  const set = () => run.apply({ verb: 'set', assignments: [], scenario: next }, 'set');
  expect(set()).toEqual({ ok: false, text: 'paddock: set: the console is not there yet; try again' });
  const name = run.view().containers[0]!.name;
  expect(run.inspect(name)).toBeNull();
  await loadActions();
  expect(run.inspect(name)?.name).toBe(name);
  expect(set().ok).toBe(true);
  run.advance(20_000);
  expect(run.metrics(0, 20_000)['members.islands']).toBe(1);
});
