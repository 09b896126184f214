import { describe, expect, it } from 'vitest';
import { parseScenario } from '../scenario/parse.ts';
import { createRun } from '../sim/create-run.ts';
import { PLATFORMS } from '../sim/registries.ts';
import type { Run } from '../sim/run.ts';
import { dialectOf, SPOKEN } from './dialects.ts';
import { createDriver } from './driver.ts';
import { namedHerd, withTag, type NamedHerd } from './named-herd.ts';
import { parseCommand } from './parse-command.ts';

const VICTIM = 'shop-app-2';

function herdOn(platform: string, workload?: 'statefulset'): Run {
  const { scenario, problems } = parseScenario(
    `
name: shop
x-paddock: { platform: ${platform}, traffic: { users: 20, think: 2s } }
services:
  app:
    image: shop:1.0
    deploy: { replicas: 3 }
    restart: always
    x-paddock: { boot: 1s, state: { sessions: signed, uploads: none }${workload ? `, workload: ${workload}` : ''} }
  lb: { image: "haproxy:3.2", x-paddock: { check: {} } }
`,
    'compose.yaml',
  );
  if (!scenario) throw new Error(problems[0]?.message);
  const run = createRun(scenario);
  run.advance(3000);
  return run;
}

const named = (run: Run, workload: NamedHerd['workload'] = 'deployment'): NamedHerd =>
  namedHerd({ project: 'shop', service: 'app', workload, image: 'shop:1.0' }, run.view());

/** Types `lines` into a herd of its own, and follows it for half a minute. */
function typed(run: Run, lines: readonly string[]): Run {
  const driver = createDriver(run, []);
  driver.advance(3000);
  for (const line of lines) expect(driver.apply(line), line).toMatchObject({ ok: true });
  driver.advance(33_000);
  return run;
}
const running = (run: Run) => run.view().containers.filter(({ phase }) => phase === 'running');

describe('every platform has its dialect', () => {
  it('and none has one that is no platform', () => {
    expect([...SPOKEN].toSorted()).toEqual(Object.keys(PLATFORMS).toSorted());
  });

  it.each(SPOKEN)('%s: every line is one that the console reads', (platform) => {
    const herd = named(herdOn(platform));
    const say = dialectOf(platform);
    const lines = [
      say.list,
      say.kill(VICTIM),
      say.stop(VICTIM),
      `${say.exec(VICTIM)} ls /app`,
      say.restart(VICTIM),
      ...(say.start ? [say.start(VICTIM)] : []),
      ...say.replace(herd, VICTIM),
      ...say.scale(herd, 4),
      ...say.scale(herd, 2),
      say.deploy(herd, 'shop:1.1'),
      ...say.redeploy(herd),
      ...say.leave(herd, VICTIM),
    ];
    for (const line of lines) expect(parseCommand(line), line).toMatchObject({ ok: true });
  });

  it.each(SPOKEN)('%s: kill, stop, exec and restart mean this container', (platform) => {
    const say = dialectOf(platform);
    const phaseAfter = (line: string): string | undefined => {
      const run = herdOn(platform);
      const driver = createDriver(run, []);
      driver.advance(3000);
      expect(driver.apply(line), line).toMatchObject({ ok: true });
      driver.advance(3001);
      return run.view().containers.find(({ name }) => name === VICTIM)?.phase;
    };
    expect(phaseAfter(say.kill(VICTIM))).not.toBe('running');
    expect(phaseAfter(say.stop(VICTIM))).not.toBe('running');
    expect(phaseAfter(say.restart(VICTIM))).not.toBe('running');
    expect(phaseAfter(`${say.exec(VICTIM)} ls /app`)).toBe('running');
  });

  it.each(SPOKEN)('%s: what is replaced is back as another one, and only that one', (platform) => {
    const run = herdOn(platform);
    const before = running(run).map(({ id }) => id);
    const after = running(typed(run, dialectOf(platform).replace(named(run), VICTIM)));
    expect(after).toHaveLength(3);
    expect(after.filter(({ id }) => before.includes(id))).toHaveLength(2);
  });

  it.each(SPOKEN)('%s: one more, one fewer, and one that leaves as planned', (platform) => {
    const say = dialectOf(platform);
    const counted = (lines: (herd: NamedHerd) => readonly string[]): number => {
      const run = herdOn(platform);
      return running(typed(run, lines(named(run)))).length;
    };
    expect(counted((herd) => say.scale(herd, 4))).toBe(4);
    expect(counted((herd) => say.scale(herd, 2))).toBe(2);
    // A pod that is deleted is replaced; everywhere else the herd is smaller by the one that was asked to go.
    expect(counted((herd) => say.leave(herd, VICTIM))).toBe(platform === 'kubernetes' ? 3 : 2);
  });

  it.each(SPOKEN)('%s: deployed again all are new, with the image they had', (platform) => {
    const run = herdOn(platform);
    const before = running(run).map(({ id }) => id);
    const after = running(typed(run, dialectOf(platform).redeploy(named(run))));
    expect(after).toHaveLength(3);
    expect(after.filter(({ id }) => before.includes(id))).toEqual([]);
    expect(after.map(({ tag }) => tag)).toEqual(['1.0', '1.0', '1.0']);
  });

  it('a StatefulSet is called one', () => {
    const run = herdOn('kubernetes', 'statefulset');
    const herd = named(run, 'statefulset');
    expect(dialectOf('kubernetes').scale(herd, 4)).toEqual([
      'kubectl scale statefulset/shop-app --replicas=4',
    ]);
    expect(running(typed(run, dialectOf('kubernetes').scale(herd, 4)))).toHaveLength(4);
  });
});

it('another tag keeps the registry and its port', () => {
  expect(withTag('shop:1.0', '2.0')).toBe('shop:2.0');
  expect(withTag('host:5000/shop', '2.0')).toBe('host:5000/shop:2.0');
});
