import { describe, expect, it } from 'vitest';
import { app, balancer, scenario } from '../../../test/support/fixtures.ts';
import { container, entries, play } from '../../../test/support/many-seeds.ts';
import { createDriver } from '../../commands/driver.ts';
import { createRun } from '../create-run.ts';
import type { AppService, Scenario } from '../model/scenario.ts';
import type { RestartPolicy } from '../model/upkeep.ts';
import type { Run } from '../run.ts';

const AT = 2000;
const on = (a: Partial<AppService>, platform = 'docker'): Scenario =>
  scenario([app({ replicas: 1, ...a }), balancer({ check: null })], { platform }, { rate: 0 });

/** What a line is answered, `at` ms after the start. */
function answer(s: Scenario, lines: readonly string[]): { ok: boolean; text: string; run: Run } {
  const run = createRun(s);
  const driver = createDriver(
    run,
    lines.map((line, k) => ({ at: AT + 100 * k, do: line })),
  );
  driver.advance(AT + 100 * lines.length);
  expect(driver.problems).toEqual([]);
  const last = driver.log.at(-1);
  return { ok: last?.ok ?? false, text: last?.answer ?? '', run };
}

const phase = (run: Run, name = 'shop-app-1'): string => container(run, name).phase;

describe('a version that crashes after a while', () => {
  it('crashes in the containers that ran it from the start too, again and again, later each time (S-2)', () => {
    const s = on({ restart: 'always', bootMs: 10, versions: { '1.0': { crash: 1000 } } });
    const ends = entries(play(s, 1, [], 5000)).filter((e) => e.kind === 'container-exited');
    expect(ends.map((e) => e.t)).toEqual([1000, 2110, 3320, 4730]);
  });
});

describe('docker ps', () => {
  it('says how long a container is up, and how long ago it ended, in whole seconds, minutes or hours', () => {
    const s = on({ bootMs: 0 });
    const run = createRun(s);
    const driver = createDriver(run, []);
    const status = (at: number, line = 'docker ps -a'): string => {
      driver.advance(at);
      return (
        driver
          .apply(line)
          .text.split('\n')
          .find((row) => row.includes('shop-app-1')) ?? ''
      );
    };
    expect(status(59_900)).toMatch(/Up 59 seconds$/);
    expect(status(179_000)).toMatch(/Up 2 minutes$/);
    expect(status(2 * 3_600_000 + 1)).toMatch(/Up 2 hours$/);
    driver.apply('docker kill shop-app-1');
    expect(status(2 * 3_600_000 + 300_002)).toMatch(/Exited \(137\) 5 minutes ago$/);
  });
});

it('a start is answered as its tool does: docker with the name, Compose with what became of it (S-37)', () => {
  const said = (line: string): string => answer(on({}, 'compose'), ['docker stop shop-app-1', line]).text;
  expect(said('docker start shop-app-1')).toBe('shop-app-1');
  expect(said('docker compose start app')).toBe('Container shop-app-1  Started');
});

describe('docker inspect', () => {
  const state = (a: Partial<AppService>, lines: readonly string[]): unknown =>
    (JSON.parse(answer(on(a), [...lines, 'docker inspect shop-app-1']).text) as { State: unknown }).State;

  it('says restarting, with the last exit code, while the engine waits to start it again (S-2, S-7)', () => {
    const again = ['paddock oom shop-app-1', 'docker ps', 'paddock oom shop-app-1'];
    expect(state({ restart: 'always', bootMs: 10 }, again)).toEqual({
      Status: 'restarting',
      Running: true,
      Restarting: true,
      ExitCode: 137,
      OOMKilled: true,
    });
  });

  it('says running of a frozen process, and what its health is (S-18, S-19)', () => {
    const healthcheck = {
      intervalMs: 50,
      timeoutMs: 50,
      retries: 1,
      startPeriodMs: 0,
      startIntervalMs: 5000,
      works: true,
    };
    expect(state({ healthcheck }, ['paddock hang shop-app-1', 'docker ps'])).toMatchObject({
      Status: 'running',
      Health: { Status: 'unhealthy' },
    });
  });
});

describe('the restart decision (S-1)', () => {
  /** What makes the process end with a status, without anybody's hand. */
  const ENDS: Readonly<Record<number, readonly [string, Partial<AppService>]>> = {
    0: ['docker exec shop-app-1 kill 1', { sigterm: 'exit' }],
    1: ['paddock crash shop-app-1', {}],
    137: ['paddock oom shop-app-1', {}],
    143: ['docker exec shop-app-1 kill 1', { sigterm: 'none', pid1: 'init' }],
  };
  const cases: readonly (readonly [RestartPolicy, readonly number[]])[] = [
    ['no', []],
    ['always', [0, 1, 137, 143]],
    ['unless-stopped', [0, 1, 137, 143]],
    ['on-failure', [1, 137, 143]],
  ];
  it.each(cases)('%s restarts after %j, and after nothing else (S-1, S-7, S-14)', (restart, after) => {
    const restarted = Object.entries(ENDS).filter(([code, [line, a]]) => {
      const run = play(on({ ...a, restart }), 1, [[AT, line]], AT + 5000);
      const exit = entries(run).find((e) => e.kind === 'container-exited');
      expect(exit?.text).toContain(`exit ${code}`);
      return phase(run) === 'running';
    });
    expect(restarted.map(([code]) => Number(code))).toEqual(after);
  });
});

describe('a stop', () => {
  it.each([
    ['exec', 'drain', 0, 0],
    ['exec', 'exit', 0, 0],
    ['exec', 'none', 10_000, 137],
    ['shell', 'drain', 10_000, 137],
    ['shell', 'none', 10_000, 137],
    ['init', 'exit', 0, 0],
    ['init', 'none', 0, 143],
  ] as const)(
    'of %s form with SIGTERM handler %s takes %i ms and exits %i (A4, S-12, S-14, S-15, S-16)',
    (pid1, sigterm, ms, code) => {
      const run = play(
        on({ pid1, sigterm, restart: 'always' }),
        1,
        [[AT, 'docker stop shop-app-1']],
        AT + 20_000,
      );
      const c = container(run, 'shop-app-1');
      expect([c.phase, (c.endedAt ?? 0) - AT, c.exitCode]).toEqual(['exited', ms, code]);
    },
  );

  it('by docker kill takes no time and exits 137 (S-13, S-14)', () => {
    const c = container(play(on({}), 1, [[AT, 'docker kill shop-app-1']], AT + 100), 'shop-app-1');
    expect([c.endedAt, c.exitCode]).toEqual([AT, 137]);
  });
});

describe('who disarms the restart policy, and who arms it', () => {
  it('a signal that ends nothing disarms it all the same: SIGHUP, then a crash (S-5)', () => {
    for (const restart of ['always', 'unless-stopped', 'on-failure'] as const) {
      const run = play(
        on({ restart }),
        1,
        [
          [AT, 'docker kill -s HUP shop-app-1'],
          [AT + 1000, 'paddock crash shop-app-1'],
        ],
        AT + 60_000,
      );
      expect(phase(run)).toBe('exited');
    }
  });

  it.each([
    ['HUP', 'always', 'running'],
    ['HUP', 'on-failure', 'running'],
    // It counts as stopped by hand all the same.
    ['HUP', 'unless-stopped', 'exited'],
    ['TERM', 'always', 'running'],
    ['TERM', 'unless-stopped', 'exited'],
    ['QUIT', 'always', 'exited'],
    ['QUIT', 'on-failure', 'exited'],
    ['KILL', 'always', 'exited'],
  ] as const)(
    'where stop_signal is SIGQUIT, %s and then a crash leave %s %s (S-5)',
    (signal, restart, expected) => {
      const run = play(
        on({ restart, stopSignal: 'QUIT', sigterm: 'exit' }),
        1,
        [
          [AT, `docker kill -s ${signal} shop-app-1`],
          [AT + 1000, 'docker ps'],
        ],
        AT + 2000,
      );
      if (phase(run) === 'running')
        run.apply({ verb: 'crash', targets: { kind: 'names', names: ['shop-app-1'] } }, 'crash');
      run.advance(AT + 60_000);
      expect(phase(run)).toBe(expected);
    },
  );

  it('a stop sends the stop_signal, and SIGKILL as such leaves no grace (S-12)', () => {
    const stopped = (stopSignal: string | null): unknown[] => {
      const run = play(on({ stopSignal, restart: 'always' }), 1, [[AT, 'docker stop shop-app-1']], AT + 500);
      const said = entries(run).find((e) => e.kind === 'container-signalled');
      return [said?.text, container(run, 'shop-app-1').exitCode, phase(run)];
    };
    expect([stopped(null), stopped('QUIT'), stopped('KILL')]).toEqual([
      ['shop-app-1 got SIGTERM', 0, 'exited'],
      ['shop-app-1 got SIGQUIT', 0, 'exited'],
      ['shop-app-1 got SIGKILL', 137, 'exited'],
    ]);
  });

  it('docker restart has a patience of its own, as stop has (S-12)', () => {
    const deaf = on({ restart: 'always', sigterm: 'none', bootMs: 500 });
    const back = (line: string): number => {
      const run = play(deaf, 1, [[AT, line]], AT + 15_000);
      return entries(run).find((e) => e.kind === 'container-started' && e.t >= AT)?.t ?? -1;
    };
    expect(
      ['', '-t 2 ', '--timeout=0 '].map((flag) => back(`docker restart ${flag}shop-app-1`) - AT),
    ).toEqual([10_000, 2000, 0]);
    expect(back('docker compose restart -t 3 app') - AT).toBe(3000);
  });

  it.each(['docker start shop-app-1', 'docker restart shop-app-1'])('%s arms it again (S-6)', (line) => {
    const run = play(
      on({ restart: 'always' }),
      1,
      [
        [AT, 'docker kill shop-app-1'],
        [AT + 1000, line],
        [AT + 5000, 'paddock crash shop-app-1'],
      ],
      AT + 9000,
    );
    expect(phase(run)).toBe('running');
  });

  it('docker update changes the policy of a container that is there, and of no other (S-27)', () => {
    const run = play(
      on({ replicas: 2 }),
      1,
      [
        [AT, 'docker update --restart on-failure:1 shop-app-2'],
        [AT + 1000, 'paddock crash shop-app-1 shop-app-2'],
      ],
      AT + 5000,
    );
    expect([phase(run, 'shop-app-1'), phase(run, 'shop-app-2')]).toEqual(['exited', 'running']);
    run.apply({ verb: 'crash', targets: { kind: 'names', names: ['shop-app-2'] } }, 'crash');
    run.advance(AT + 9000);
    expect(phase(run, 'shop-app-2')).toBe('exited');
  });

  it('docker update --memory limits a container that is there, over a restart too, and no other (S-7, S-27)', () => {
    const memory = {
      baseMb: 100,
      leakPerRequestMb: 0,
      leakPerSecondMb: 10,
      perSessionMb: 0,
      perRequestMb: 0,
    };
    const run = play(
      on({ replicas: 2, memory, memoryLimitMb: 400, restart: 'always' }),
      1,
      [
        [AT, 'docker update --memory 300m shop-app-1'],
        [AT + 23_000, 'docker update --memory 1g shop-app-2'],
      ],
      AT + 45_000,
    );
    const ends = (name: string): number[] =>
      entries(run)
        .filter((e) => e.kind === 'container-exited' && e.subject === name)
        .map((e) => e.t);
    // 200 MB of leak at 10 MB a second; the second time from its restart on.
    expect(ends('shop-app-1')).toEqual([20_000, 40_100]);
    expect(ends('shop-app-2')).toEqual([]);
  });

  it('a limit that its process is beyond ends it: OOM, and the command is why (S-7, S-27)', () => {
    const run = play(on({ restart: 'always' }), 1, [[AT, 'docker update -m 64m shop-app-1']], AT + 50);
    const end = entries(run).find((e) => e.kind === 'container-exited');
    expect([end?.t, end?.text]).toEqual([AT, expect.stringContaining('exit 137')]);
    expect(run.chain(end?.id ?? -1).at(-1)?.text).toBe('docker update -m 64m shop-app-1');
    expect(answer(on({}), ['docker update -m 5m shop-app-1'])).toMatchObject({
      ok: false,
      text: 'Error response from daemon: Minimum memory limit allowed is 6MB',
    });
  });

  it('a crash in the first instant counts like any other: no policy waits for 10 s (S-10)', () => {
    const run = play(
      on({ restart: 'always', bootMs: 500 }),
      1,
      [
        [AT, 'docker restart shop-app-1'],
        [AT + 1, 'paddock crash shop-app-1'],
      ],
      AT + 5000,
    );
    expect(phase(run)).toBe('running');
  });
});

describe('docker run', () => {
  it('makes it of the image that was named, which every tool sees (S-27, S-124)', () => {
    const { text, run } = answer(on({}), ['docker run -d shop:2.0', 'docker ps']);
    expect(text).toContain('shop:2.0');
    expect(run.inspect('shop-app-2')).toMatchObject({ image: 'shop:2.0', wantedImage: 'shop:1.0' });
    const plan = run.inspect('shop-app-2')!.tools.find(({ name }) => name === 'terraform plan')!;
    expect(plan.findings).toEqual(['image: shop:2.0 here, shop:1.0 in the file']);
  });

  it('makes one more container, with the next number or a name of its own, from any tag of a known image (S-27)', () => {
    const { run, text } = answer(on({}), ['docker run -d shop:2.0', 'docker run -d --name bessie shop:1.0']);
    expect(text).toBe('bessie');
    run.advance(AT + 5000);
    expect([container(run, 'shop-app-2').tag, container(run, 'bessie').tag]).toEqual(['2.0', '1.0']);
    expect(run.view().containers.map((c) => c.server)).toEqual(['up', 'up', 'up']);
    expect(run.view().wanted).toBe(3);
  });

  it('refuses a name that is taken, frees it with docker rm, and does not know other images', () => {
    expect(answer(on({}), ['docker run -d --name shop-app-1 shop:1.0'])).toMatchObject({ ok: false });
    expect(
      answer(on({}), ['docker rm -f shop-app-1', 'docker run -d --name shop-app-1 shop:1.0']),
    ).toMatchObject({
      ok: true,
      text: 'shop-app-1',
    });
    expect(answer(on({}), ['docker run -d other:1.0']).text).toContain('pull access denied for other');
  });

  it('a fixed port of the host is taken by the first; the second is created and never started (S-10, S-36)', () => {
    const { ok, text, run } = answer(on({ hostPorts: [8080], restart: 'always' }), [
      'docker run -d shop:1.0',
    ]);
    expect(ok).toBe(false);
    expect(text).toContain('Bind for 0.0.0.0:8080 failed: port is already allocated');
    run.advance(AT + 60_000);
    expect(phase(run, 'shop-app-2')).toBe('created');
  });
});

describe('nobody reconciles', () => {
  it.each([
    ['docker compose up -d', 'no configuration file provided: not found'],
    ['docker compose down', 'no configuration file provided: not found'],
    ['docker service scale app=3', 'This node is not a swarm manager'],
    ['docker service update --force app', 'This node is not a swarm manager'],
  ])('%s is refused in the words of its tool, which name what there is (A1)', (line, words) => {
    const { ok, text } = answer(on({}), [line]);
    expect(ok).toBe(false);
    expect(text).toContain(words);
    expect(text).toContain('docker run -d IMAGE');
  });

  it('a changed file changes nothing until a container is made anew (A1, S-27)', () => {
    const { text, run } = answer(on({ replicas: 2 }), ['docker ps']);
    expect(text).toContain('shop-app-2');
    const next = on({ replicas: 5, bootMs: 900, image: 'shop:2.0' });
    expect(run.apply({ verb: 'set', assignments: [], scenario: next }, 'set').text).toContain('docker run');
    run.advance(AT + 30_000);
    expect(run.view().containers.map((c) => c.tag)).toEqual(['1.0', '1.0']);
  });
});

it('docker ps lists those whose names hold a text, and with -q their names only (S-28)', () => {
  const herd = on({ replicas: 3 }, 'compose');
  const say = (...lines: string[]): string => answer(herd, lines).text;
  expect(say('docker ps -q --filter name=app')).toBe('shop-app-1\nshop-app-2\nshop-app-3');
  expect(say('docker ps --filter name=lb').split('\n')).toHaveLength(2);
  expect(say('docker kill shop-app-1', 'docker ps -q -f name=app-1')).toBe('');
  expect(say('docker kill shop-app-1', 'docker container ls -aq -f name=app-1')).toBe('shop-app-1');
});

it('docker logs shows when a process listened and was told to stop (S-12, S-25)', () => {
  const run = createRun(scenario([app({ replicas: 1 }), balancer()], { platform: 'docker' }, { rate: 0 }));
  run.advance(1000);
  run.apply(
    { verb: 'stop', targets: { kind: 'names', names: ['shop-app-1'] }, timeoutMs: null },
    'docker stop',
  );
  run.advance(2000);
  run.apply({ verb: 'start', targets: { kind: 'names', names: ['shop-app-1'] } }, 'docker start shop-app-1');
  run.advance(4000);
  expect(
    run.apply({ verb: 'logs', target: 'shop-app-1' }, 'docker logs shop-app-1').text.split('\n'),
  ).toEqual(['1.000 got a signal', '2.500 listening']);
});

describe('inside a container', () => {
  const inside = (lines: readonly string[], line: string): string =>
    answer(on({}), [...lines.map((l) => `docker exec shop-app-1 ${l}`), `docker exec shop-app-1 ${line}`])
      .text;
  it('ls lists what was changed below a path, and not what was deleted', () => {
    const made = ['touch /app/a', 'touch /tmp/b', 'rm /app/server.js'];
    expect(inside(made, 'ls /')).toBe('/app/a\n/tmp/b');
    expect(inside(made, 'ls /app')).toBe('/app/a');
    expect(inside(made, 'ls')).toBe('/app/a\n/tmp/b');
  });
});

it('a signal that PID 1 has no handler for changes nothing that runs (S-5, S-16)', () => {
  const run = play(on({ sigterm: 'none' }), 1, [[AT, 'docker kill -s TERM shop-app-1']], AT + 60_000);
  expect(phase(run)).toBe('running');
  const told = entries(run).find((e) => e.kind === 'container-signalled');
  expect(told?.text).toBe('shop-app-1 ignored SIGTERM: PID 1 has no handler for it');
});
