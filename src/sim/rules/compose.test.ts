import { describe, expect, it } from 'vitest';
import { app, balancer, scenario, store } from '../../../test/support/fixtures.ts';
import { container, entries, play } from '../../../test/support/many-seeds.ts';
import { createDriver } from '../../commands/driver.ts';
import { createRun } from '../create-run.ts';
import type { AppService, Scenario } from '../model/scenario.ts';
import type { Run } from '../run.ts';

const AT = 2000;
const shop = (a: Partial<AppService> = {}, rate = 0): Scenario =>
  scenario(
    [app({ sigterm: 'exit', ...a }), store(), balancer({ check: null })],
    { platform: 'compose' },
    { rate },
  );

const times = (run: Run, kind: string, subject: RegExp): number[] =>
  entries(run)
    .filter((e) => e.kind === kind && subject.test(e.subject) && e.t >= AT)
    .map((e) => e.t);

describe('docker compose up', () => {
  it('starts nothing before every old container is gone: one that is slow to stop holds all of them up (S-30, S-31)', () => {
    const s = shop({ sigterm: 'none', stopGraceMs: 4000 });
    const run = play(s, 1, [[AT, 'docker compose up -d --force-recreate']], 20_000);
    expect(times(run, 'container-removed', /app/)).toEqual([AT + 4000, AT + 4000, AT + 4000]);
    // The balancer and the store stopped at once, and waited too.
    expect(times(run, 'container-removed', /cache|lb/)).toEqual([AT, AT]);
    expect(new Set(times(run, 'container-started', /./))).toEqual(new Set([AT + 4000]));
    expect(run.view().containers.map((c) => c.name)).toEqual(
      expect.arrayContaining(['shop-app-1', 'shop-app-3']),
    );
    expect(
      run
        .view()
        .containers.filter((c) => c.phase === 'running')
        .map((c) => c.number),
    ).toEqual([1, 2, 3]);
  });

  it('while another is recreated, what is missing is made at once and started with the rest (S-30)', () => {
    const s = shop({ sigterm: 'none', stopGraceMs: 4000 });
    const run = play(s, 1, [[AT, 'docker compose up -d --force-recreate --scale app=4']], 20_000);
    expect(container(run, 'shop-app-4')).toMatchObject({ createdAt: AT, startedAt: AT + 4000 });
  });

  it('changes nothing that is as it should be (S-29, S-33)', () => {
    const run = createRun(shop());
    run.advance(AT);
    const answer = run.apply(
      { verb: 'compose-up', scale: {}, forceRecreate: false, renewAnonVolumes: false },
      'docker compose up -d',
    );
    expect(answer).toEqual({
      ok: true,
      text: ['shop-app-1', 'shop-app-2', 'shop-app-3', 'shop-cache-1', 'shop-lb-1']
        .map((name) => `Container ${name}  Running`)
        .join('\n'),
    });
    run.advance(AT + 1000);
    expect(times(run, 'container-started', /./)).toEqual([]);
  });

  it('a fixed port and more replicas: one runs, the second is refused, the rest was made and never started (S-36)', () => {
    const run = createRun(shop({ replicas: 1, hostPorts: [8080], restart: 'always' }));
    const driver = createDriver(run, [{ at: AT, do: 'docker compose up -d --scale app=4' }]);
    driver.advance(60_000);
    expect(driver.log[0]).toMatchObject({ ok: false });
    expect(driver.log[0].answer).toContain(
      'shop-app-2: Bind for 0.0.0.0:8080 failed: port is already allocated',
    );
    expect(run.view().containers.map((c) => c.phase)).toEqual(['running', 'created', 'created', 'created']);
    expect(times(run, 'deploy-failed', /./)).toEqual([AT]);
  });

  it.each([
    ['exit', 0, false],
    ['none', 3000, true],
  ] as const)(
    'a recreation that ends in a taken port leaves one replica and says so: SIGTERM %s, over after %i ms (S-36)',
    (sigterm, ms, ok) => {
      const run = createRun(shop({ replicas: 2, hostPorts: [8080], sigterm, stopGraceMs: 3000 }));
      const driver = createDriver(run, [{ at: AT, do: 'docker compose up -d --force-recreate' }]);
      driver.advance(20_000);
      // Where it takes a while, the command has been answered before it is known.
      expect(driver.log[0]).toMatchObject({ ok });
      const words = 'shop-app-2: Bind for 0.0.0.0:8080 failed: port is already allocated';
      expect(driver.log[0].answer.includes(words)).toBe(!ok);
      expect(
        run
          .view()
          .containers.filter((c) => c.phase !== 'removed')
          .map((c) => c.phase),
      ).toEqual(['running', 'created']);
      const failed = entries(run).filter((e) => e.kind === 'deploy-failed');
      expect(failed.map((e) => e.t)).toEqual([AT + ms]);
      expect(failed[0].text).toContain(words);
      expect(run.chain(failed[0].id).at(-1)?.text).toBe('docker compose up -d --force-recreate');
    },
  );

  it('the error of one up is not the answer of the next (S-36)', () => {
    const run = createRun(shop({ replicas: 2, hostPorts: [8080] }));
    const driver = createDriver(run, [
      { at: AT, do: 'docker compose up -d --force-recreate' },
      { at: AT + 1000, do: 'docker compose up -d --scale app=1' },
    ]);
    driver.advance(20_000);
    expect(driver.log.map(({ ok }) => ok)).toEqual([false, true]);
  });

  it('after a down numbers begin at 1 again, and an up waits for the down before it', () => {
    const s = shop({ sigterm: 'none', stopGraceMs: 3000 });
    const run = play(
      s,
      1,
      [
        [AT, 'docker compose down -v'],
        [AT + 500, 'docker compose up -d'],
      ],
      20_000,
    );
    expect(container(run, 'shop-app-1')).toMatchObject({ phase: 'running', startedAt: AT + 3000 });
    const started = entries(run).find((e) => e.kind === 'container-started' && e.t === AT + 3000);
    expect(run.chain(started?.id ?? -1).at(-1)?.text).toBe('docker compose up -d');
  });
});

describe('docker compose up, typed again while it runs', () => {
  it('waits its turn: nothing is made twice and nothing is forgotten (S-30)', () => {
    const s = shop({ sigterm: 'none', stopGraceMs: 3000 });
    const run = play(
      s,
      1,
      [
        [AT, 'docker compose up -d --force-recreate'],
        [AT + 500, 'docker compose up -d --scale app=5'],
        [AT + 600, 'docker compose up -d --scale app=4'],
      ],
      30_000,
    );
    const live = run.view().containers.filter((c) => c.phase === 'running');
    expect(live.map((c) => c.number)).toEqual([1, 2, 3, 4]);
    expect(run.view().wanted).toBe(4);
  });
});

describe('--filter name= in a project that is called like its service', () => {
  it('kills the store and the balancer too (S-28)', () => {
    const s = { ...shop(), name: 'myapp' };
    const run = play(s, 1, [[AT, 'docker kill $(docker ps -q --filter name=app)']], AT + 1000);
    expect(times(run, 'container-exited', /./)).toHaveLength(5);
    expect(run.view().stores[0].state).toBe('down');
    expect(run.view().balancer?.up).toBe(false);
  });
});

describe('a list that docker ps makes', () => {
  const lines = (start: string): [number, string][] => [
    [AT, 'docker kill shop-app-1'],
    [AT + 1000, `docker start ${start}`],
  ];

  it('has what ended in it with -a only: nothing to start is refused (S-28)', () => {
    const listed = createRun(shop());
    const log = lines('$(docker ps -q --filter name=app-1)').map(([at, line]) => ({ at, do: line }));
    createDriver(listed, log).advance(AT + 10_000);
    expect(listed.commands().map(({ ok }) => ok)).toEqual([true, false]);
    expect(phasesOf(listed)['shop-app-1']).toBe('exited');
    const all = play(shop(), 1, lines('$(docker ps -aq --filter name=app-1)'), AT + 10_000);
    expect(all.commands().map(({ ok }) => ok)).toEqual([true, true]);
    expect(phasesOf(all)['shop-app-1']).toBe('running');
  });
});

const phasesOf = (run: Run): Record<string, string> =>
  Object.fromEntries(run.view().containers.map((c) => [c.name, c.phase]));

describe('commands on several containers', () => {
  it('survive that the platform takes the second away because of the first', () => {
    const s: Scenario = {
      ...shop({
        replicas: 2,
        bootMs: 0,
        restartDelayMs: 0,
        update: {
          parallelism: 0,
          delayMs: 0,
          order: 'stop-first',
          failureAction: 'rollback',
          monitorMs: 1000,
          maxFailureRatio: 0,
        },
      }),
      platform: 'swarm',
    };
    const run = play(
      s,
      1,
      [
        [AT, 'docker service update --force shop_app'],
        [AT + 2200, 'docker kill shop-app-3 shop-app-4'],
      ],
      AT + 20_000,
    );
    expect(run.view().containers.filter((c) => c.phase === 'running')).toHaveLength(2);
  });
});

describe('docker compose stop and start', () => {
  it('stop the containers of a service with grace, whatever their restart policy says, and start the same again (S-4, S-6, S-12)', () => {
    const s = shop({ restart: 'always', sigterm: 'none', stopGraceMs: 3000 });
    const run = play(s, 1, [[AT, 'docker compose stop app']], AT + 30_000);
    expect(times(run, 'container-exited', /app/)).toEqual([AT + 3000, AT + 3000, AT + 3000]);
    expect(times(run, 'container-exited', /cache|lb/)).toEqual([]);
    const quick = play(s, 1, [[AT, 'docker compose stop -t 1 app']], AT + 5000);
    expect(times(quick, 'container-exited', /app/)).toEqual([AT + 1000, AT + 1000, AT + 1000]);
    const again = play(
      s,
      1,
      [
        [AT, 'docker compose stop app'],
        [AT + 5000, 'docker compose start app'],
        [AT + 9000, 'paddock crash shop-app-1'],
      ],
      AT + 15_000,
    );
    const app1 = container(again, 'shop-app-1');
    expect([app1.phase, app1.restarts]).toEqual(['running', 1]);
  });

  it('a start in a port that was taken meanwhile is refused, and not tried again (S-10, S-36)', () => {
    for (const line of ['docker compose start app', 'docker start shop-app-1', 'docker restart shop-app-1']) {
      const run = createRun(shop({ replicas: 2, hostPorts: [8080], restart: 'unless-stopped' }));
      const driver = createDriver(run, [
        { at: AT, do: 'docker rm -f shop-app-1 shop-app-2' },
        { at: AT, do: 'docker compose up -d' },
        { at: AT + 1000, do: 'docker stop shop-app-1' },
        { at: AT + 2000, do: 'docker start shop-app-2' },
        { at: AT + 3000, do: line },
      ]);
      driver.advance(AT + 60_000);
      expect(driver.log.map(({ ok }) => ok)).toEqual([true, false, true, true, false]);
      expect(driver.log[4].answer).toBe(
        'Error response from daemon: failed to set up container networking: driver failed programming external connectivity on endpoint shop-app-1: Bind for 0.0.0.0:8080 failed: port is already allocated',
      );
      expect([container(run, 'shop-app-1').phase, container(run, 'shop-app-2').phase]).toEqual([
        'exited',
        'running',
      ]);
    }
  });

  it('a start of a service without containers says so, and one of a service that is none too', () => {
    const run = createRun(shop());
    const driver = createDriver(run, [
      { at: AT, do: 'docker rm -f shop-app-1 shop-app-2 shop-app-3' },
      { at: AT + 100, do: 'docker compose start app' },
      { at: AT + 200, do: 'docker compose start nobody' },
    ]);
    driver.advance(AT + 1000);
    expect(driver.log.slice(1).map(({ ok, answer }) => [ok, answer])).toEqual([
      [false, 'service "app" has no container to start'],
      [false, 'no such service: nobody'],
    ]);
  });
});

describe('docker compose up and its options', () => {
  const names = (run: Run): string[] =>
    run
      .view()
      .containers.filter((c) => c.service === 'app' && c.phase === 'running')
      .map((c) => `${c.name} ${c.tag}`);

  it('has as many as the file says where no --scale says otherwise, whatever was asked for before (S-35)', () => {
    const lines = [
      [AT, 'docker compose up -d --scale app=5'],
      [AT + 5000, 'docker compose up -d'],
    ] as const;
    expect(names(play(shop(), 1, lines, AT + 4000))).toHaveLength(5);
    expect(names(play(shop(), 1, lines, AT + 10_000))).toEqual([
      'shop-app-1 1.0',
      'shop-app-2 1.0',
      'shop-app-3 1.0',
    ]);
  });

  it('--no-recreate leaves alone what is out of date, and starts what is missing (S-33)', () => {
    const run = createRun(shop());
    const { scenario } = run;
    const image = {
      ...scenario,
      services: scenario.services.map((x) => (x.role === 'app' ? { ...x, image: 'shop:2.0' } : x)),
    };
    run.advance(AT);
    run.apply(
      { verb: 'set', assignments: ['image'], scenario: image, held: true },
      'paddock set --no-deploy',
    );
    const lines = [
      { at: AT, do: 'docker rm -f shop-app-3' },
      { at: AT, do: 'docker compose up -d --no-recreate' },
    ];
    createDriver(run, lines).advance(AT + 5000);
    expect(names(run)).toEqual(['shop-app-1 1.0', 'shop-app-2 1.0', 'shop-app-3 2.0']);
  });

  it('without -d says that it stays with its containers, and what Ctrl-C would do (S-42)', () => {
    const run = createRun(shop());
    const driver = createDriver(run, [
      { at: AT, do: 'docker compose up' },
      { at: AT, do: 'docker compose up -d' },
    ]);
    driver.advance(AT + 1);
    expect(driver.log.map(({ answer }) => answer.includes('Ctrl-C would stop all of them'))).toEqual([
      true,
      false,
    ]);
  });
});

describe('docker compose up that fails half way', () => {
  const broken = shop({ versions: { '2.0': { create: 'fails' } } }, 20);
  const upgrade = {
    ...broken,
    services: broken.services.map((x) => (x.role === 'app' ? { ...x, image: 'shop:2.0' } : x)),
  };
  const play2 = (toMs: number, mend: boolean): Run => {
    const run = createRun(broken, 1);
    run.advance(AT);
    run.apply(
      { verb: 'set', assignments: ['image'], scenario: upgrade, held: true },
      'paddock set --no-deploy',
    );
    const up = { verb: 'compose-up', scale: {}, forceRecreate: true, renewAnonVolumes: false } as const;
    const answer = run.apply(up, 'docker compose up -d --force-recreate');
    expect([answer.ok, answer.text.split('\n').at(-1)]).toEqual([
      false,
      'Error response from daemon: no command specified',
    ]);
    run.advance(AT + 5000);
    if (mend) {
      run.apply(
        { verb: 'set', assignments: ['image'], scenario: broken, held: true },
        'paddock set --no-deploy',
      );
      expect(run.apply({ ...up, forceRecreate: false }, 'docker compose up -d').ok).toBe(true);
    }
    run.advance(toMs);
    return run;
  };

  it('has removed what it had come to and starts nothing: the balancer is gone, those that cannot be made anew stay (S-32)', () => {
    const run = play2(AT + 20_000, false);
    expect(times(run, 'container-removed', /cache|lb/)).toHaveLength(2);
    expect(times(run, 'container-removed', /app/)).toEqual([]);
    expect(times(run, 'container-started', /./)).toEqual([]);
    expect(entries(run).find((e) => e.kind === 'deploy-failed')?.text).toContain('no command specified');
    const m = run.metrics(AT + 1000, AT + 20_000);
    expect(m['requests.ok']).toBe(0);
    expect(m['requests.failed.connect-refused']).toBe(m['requests.failed']);
  });

  it('is mended by the next one, which starts what was made (S-32, S-37)', () => {
    const run = play2(AT + 20_000, true);
    expect(times(run, 'container-started', /cache|lb/)).toEqual([AT + 5000, AT + 5000]);
    expect(run.metrics(AT + 8000, AT + 20_000)['requests.failed']).toBe(0);
  });
});

describe('docker compose start where no Compose runs the herd', () => {
  const bare = { ...shop({ onExit: { do: 'none', delayMs: 0, layer: 'keep' } }), platform: 'bare' };
  const answer = (run: Run, line: string): string => createDriver(run, []).apply(line).text;

  it('starts what is stopped, by the names of its services', () => {
    const run = play(bare, 1, [[AT, 'docker stop shop-app-2']], AT + 1000);
    expect(answer(run, 'docker compose start app')).toContain('Container shop-app-2  Started');
    expect(answer(run, 'docker compose start shop-app-2')).toBe('no such service: shop-app-2');
    run.advance(AT + 5000);
    expect(container(run, 'shop-app-2').phase).toBe('running');
  });
});
