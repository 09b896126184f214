import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../commands/parse-command.ts';
import type { ContainerView } from '../../sim/view.ts';
import type { RunFacts, RunView } from '../../store/herd-state.ts';
import { containerVerbs, herdVerbs, nextImage, startVerb, storeVerbs } from './verb-lines.ts';

const container = (over: Partial<ContainerView> = {}): ContainerView =>
  ({
    name: 'shop-app-2',
    service: 'app',
    phase: 'running',
    tag: '1.0',
    version: 0,
    ...over,
  }) as ContainerView;
const facts = (over: Partial<RunFacts> = {}): RunFacts =>
  ({
    name: 'shop',
    platform: 'swarm',
    backend: 'app',
    image: 'shop:1.0',
    workload: 'deployment',
    tags: [],
    ...over,
  }) as RunFacts;
const view = (...containers: ContainerView[]): RunView => ({ wanted: 3, containers }) as unknown as RunView;

describe('verbs', () => {
  it.each(['swarm', 'bare', 'compose', 'docker', 'kubernetes'])(
    'are lines that the console of %s understands',
    (platform) => {
      const verbs = [
        ...containerVerbs(container(), platform),
        ...herdVerbs(facts({ platform }), view(container())),
        ...storeVerbs({ name: 'cache', state: 'up' } as Parameters<typeof storeVerbs>[0]),
        ...storeVerbs({ name: 'cache', state: 'down' } as Parameters<typeof storeVerbs>[0]),
      ];
      for (const { line } of verbs)
        expect(parseCommand(line ?? ''), line ?? 'no line').toMatchObject({ ok: true });
    },
  );

  it('are not offered for what has ended, which can be started instead', () => {
    const ended = container({ phase: 'exited' });
    expect(containerVerbs(ended, 'compose').map(({ line }) => line)).toEqual([null, null, null, null]);
    expect(startVerb(ended, 'swarm')?.line).toBe('docker start shop-app-2');
    expect(startVerb(container(), 'swarm')).toBeNull();
    // A pod starts its container by itself.
    expect(startVerb(ended, 'kubernetes')).toBeNull();
  });

  it('scale by one from what is wanted, and not below nothing', () => {
    const [up, down] = herdVerbs(facts(), view());
    expect([up?.line, down?.line]).toEqual([
      'docker service scale shop_app=4',
      'docker service scale shop_app=2',
    ]);
    const [, none] = herdVerbs(facts(), { ...view(), wanted: 0 });
    expect(none).toMatchObject({ line: null, why: 'nothing is left to take away' });
  });

  it('make and remove containers one by one with docker alone', () => {
    const lines = herdVerbs(facts({ platform: 'docker' }), { ...view(container()), wanted: 1 });
    expect(lines.map(({ line }) => line)).toEqual([
      'docker run -d shop:1.0',
      'docker rm -f shop-app-2',
      'docker run -d shop:1.1',
    ]);
    const [, none] = herdVerbs(facts({ platform: 'docker' }), { ...view(), wanted: 0 });
    expect(none).toMatchObject({ line: null, why: 'nothing is left to take away' });
  });

  it('deploy the next tag: one that the file knows, else one minor version on', () => {
    expect(nextImage(facts(), view(container()))).toBe('shop:1.1');
    expect(nextImage(facts({ tags: ['1.0', '2.0'] }), view(container()))).toBe('shop:2.0');
    expect(nextImage(facts(), view(container(), container({ tag: '1.1', version: 1 })))).toBe('shop:1.2');
    expect(nextImage(facts({ image: 'host:5000/shop' }), view(container({ tag: 'latest' })))).toBe(
      'host:5000/shop:latest-next',
    );
  });
});
