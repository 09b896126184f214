import { describe, expect, it } from 'vitest';
import { createDriver } from '../../commands/driver.ts';
import { parseScenario } from '../../scenario/parse.ts';
import { app, balancer, homes, scenario, store } from '../../../test/support/fixtures.ts';
import { createRun } from '../create-run.ts';
import type { AppService, Scenario } from '../model/scenario.ts';
import type { Run } from '../run.ts';

/** In what a container may differ from its definition, what brings it back, and who would notice. */

const herd = (platform: string, a: Partial<AppService> = {}): Scenario =>
  scenario(
    [
      app({
        restart: 'always',
        state: homes({ sessions: 'redis' }),
        onExit: { do: 'replace', delayMs: 0, layer: 'keep' },
        ...a,
      }),
      store(),
      balancer({ check: null }),
    ],
    { platform },
    { rate: 60 },
  );

/** A run under console lines, with a compose file behind it where `file` is given. */
function console_(s: Scenario): { run: Run; say: (line: string) => string; wait: (toMs: number) => void } {
  const run = createRun(s);
  const environment = (pairs: readonly string[]): Record<string, string> =>
    Object.fromEntries(pairs.map((p) => p.split('=').slice(-2)));
  const reconfigure = (assignments: readonly string[]): Scenario => {
    const of = (key: string): string[] =>
      assignments
        .filter((a) => a.includes(`.${key}`))
        .map((a) => a.slice(a.indexOf(`.${key}`) + key.length + 2));
    const images = of('image').at(-1);
    return {
      ...s,
      services: s.services.map((x) =>
        x.name !== 'app'
          ? x
          : {
              ...x,
              environment: environment(of('environment')),
              image: images ?? x.image,
              restart: x.restart,
            },
      ),
    };
  };
  const driver = createDriver(run, [], reconfigure);
  return { run, say: (line) => driver.apply(line).text, wait: (toMs) => driver.advance(toMs) };
}

const env = (say: (line: string) => string, name = 'shop-app-1'): string => say(`docker exec ${name} env`);

describe('the environment', () => {
  it('is fixed when a container is created: a restart keeps the old value, a recreation brings the new one (S-27, S-118)', () => {
    const { run, say, wait } = console_(herd('compose'));
    wait(1000);
    expect(say('paddock set --no-deploy services.app.environment.PRICE=2')).toBe('app: changed in the file');
    expect(env(say)).toBe('');
    say('docker restart shop-app-1');
    wait(5000);
    expect(env(say)).toBe('');
    expect(run.metrics(0, 5000)['answers.variant']).toBeGreaterThan(200);
    expect(say('docker compose up -d')).toContain('Container shop-app-1  Recreated');
    wait(20_000);
    expect(env(say)).toBe('PRICE=2');
    expect(say('docker inspect shop-app-1')).toContain('"PRICE=2"');
    expect(run.metrics(15_000, 20_000)['answers.variant']).toBe(0);
  });

  it('differs between containers that were born before and after a change of the file (S-118, S-123)', () => {
    const { say, wait } = console_(herd('bare'));
    wait(1000);
    say('paddock set --no-deploy services.app.environment.PRICE=2');
    say('docker kill shop-app-2');
    wait(5000);
    expect(env(say, 'shop-app-1')).toBe('');
    expect(env(say, 'shop-app-4')).toBe('PRICE=2');
    expect(say('paddock drift shop-app-1')).toContain('PRICE is older than the file');
    expect(say('paddock drift shop-app-4')).toContain('as its definition says');
  });

  it('does not wait where a cluster keeps the spec, nor do other keys', () => {
    const swarm = console_(herd('swarm'));
    expect(swarm.say('paddock set --no-deploy services.app.environment.PRICE=2')).toContain(
      'the cluster keeps',
    );
    const s = herd('compose');
    const run = createRun(s);
    const other = { ...s, traffic: { ...s.traffic, keepAlive: false } };
    expect(run.apply({ verb: 'set', assignments: [], scenario: other, held: true }, 'set').ok).toBe(false);
  });
});

describe('a tag that moves', () => {
  const versions = { bad: { errorRate: 1 } } as const;
  const pushed = 'docker push --like bad shop:1.0';

  it('changes nothing that runs; with pull_policy always whoever is born later runs other code (C-11, C-39)', () => {
    const { run, say, wait } = console_(herd('bare', { versions, pullPolicy: 'always' }));
    wait(1000);
    say(pushed);
    wait(5000);
    expect(run.metrics(0, 5000)['requests.failed']).toBe(0);
    const before = say('docker inspect shop-app-1');
    say('docker kill shop-app-2');
    wait(25_000);
    // A third of the herd has the new build under the very same tag.
    const m = run.metrics(6000, 25_000);
    expect((m['requests.failed.app-error'] ?? 0) / (m['requests.total'] ?? 1)).toBeCloseTo(1 / 3, 1);
    expect(
      run
        .view()
        .containers.filter((c) => c.phase === 'running')
        .map((c) => c.tag),
    ).toEqual(['1.0', '1.0', '1.0']);
    const image = (text: string): unknown => (JSON.parse(text) as { Image: string }).Image;
    expect(image(say('docker inspect shop-app-4'))).not.toBe(image(before));
    expect(say('docker push nothing:1')).toContain('does not exist locally');
  });

  it('is not noticed by a host that has the image already, until it is pulled: then `up` recreates (S-33)', () => {
    const { run, say, wait } = console_(herd('compose', { versions }));
    wait(1000);
    say(pushed);
    expect(say('docker compose up -d')).toContain('Container shop-app-1  Running');
    say('docker compose up -d --force-recreate');
    wait(8000);
    expect(run.metrics(4000, 8000)['requests.failed']).toBe(0);
    expect(run.metrics(4000, 8000)['answers.variant']).toBeGreaterThan(0);
    expect(say('docker compose up -d --pull always')).toContain('Container shop-app-1  Recreated');
    wait(20_000);
    const late = run.metrics(12_000, 20_000);
    expect(late['requests.failed']).toBe(late['requests.total']);
    expect(say('docker compose up -d --pull always')).toContain('Container shop-app-1  Running');
  });

  it('does not reach a Swarm service: its spec says the digest, until an update names the image again (C-11)', () => {
    const { run, say, wait } = console_(herd('swarm', { versions, restartDelayMs: 500 }));
    wait(1000);
    say(pushed);
    say('docker kill shop_app.1');
    wait(10_000);
    expect(run.metrics(0, 10_000)['requests.failed.app-error']).toBe(0);
    expect(run.metrics(0, 10_000)['answers.variant']).toBe(0);
    say('docker service update --force --image shop:1.0 shop_app');
    wait(60_000);
    expect(run.metrics(50_000, 60_000)['requests.failed.app-error']).toBeGreaterThan(500);
    say('docker service rollback shop_app');
    wait(120_000);
    expect(run.metrics(110_000, 120_000)['requests.failed']).toBe(0);
  });

  it('is pulled by Kubernetes for `:latest` and for no other tag (C-11)', () => {
    const after = (image: string): number => {
      const { run, say, wait } = console_(herd('kubernetes', { image, versions }));
      wait(1000);
      say(`docker push --like bad ${image}`);
      say('kubectl rollout restart deployment/app');
      wait(60_000);
      return run.metrics(50_000, 60_000)['requests.failed.app-error'] ?? -1;
    };
    expect(after('shop:latest')).toBeGreaterThan(500);
    expect(after('shop:1.0')).toBe(0);
  });
});

describe('the layer', () => {
  it('of a fresh container is not empty: its own runtime files are in `docker diff`, and are no drift (S-24)', () => {
    const { run, say, wait } = console_(herd('compose'));
    wait(1000);
    expect(say('docker diff shop-app-1')).toBe('C /run\nA /run/app.pid');
    expect(run.metrics(0, 1000)['drift.containers']).toBe(0);
    say('docker exec shop-app-1 touch /opt/a/b');
    expect(say('docker diff shop-app-1')).toBe('C /opt\nC /opt/a\nA /opt/a/b\nC /run\nA /run/app.pid');
    wait(2000);
    expect(run.metrics(0, 2000)['drift.changes']).toBe(1);
  });

  it('shows uploads that are kept in it, and none that are kept elsewhere (S-24)', () => {
    const of = (uploads: string): string => {
      const s = herd('compose', { state: homes({ sessions: 'redis', uploads }) });
      const { say, wait } = console_({ ...s, traffic: { ...s.traffic, storedUploads: 6 } });
      wait(100);
      return say('docker diff shop-app-1');
    };
    expect(of('layer')).toContain('A /app/uploads/');
    expect(of('shared')).not.toContain('/app/uploads');
  });

  it('shows sessions that are kept in it (S-24)', () => {
    const of = (sessions: string): string => {
      const { say, wait } = console_(herd('compose', { state: homes({ sessions }) }));
      wait(100);
      return say('docker diff shop-app-1');
    };
    expect(of('layer')).toContain('A /app/sessions/');
    expect(of('memory')).not.toContain('/app/sessions');
  });

  it('in its own configuration makes an application slower by a factor above 0, and by nothing else', () => {
    const slowed = (line: string): number => {
      const fixed = { serviceTime: { kind: 'fixed', ms: 50 }, replicas: 1 } as const;
      const { run, say, wait } = console_(herd('compose', fixed));
      wait(1000);
      say(`docker exec shop-app-1 sh -c 'echo ${line} > /app/config'`);
      wait(6000);
      return Math.round((run.metrics(2000, 6000)['latency.p50'] ?? 0) / 50);
    };
    expect(['slow=3', 'slow=0', 'slow=fast', 'quick=3'].map(slowed)).toEqual([3, 1, 1, 1]);
    // Nor by the same words in another file, or in one that is deleted again.
    const other = console_(herd('compose', { serviceTime: { kind: 'fixed', ms: 50 }, replicas: 1 }));
    other.wait(1000);
    other.say("docker exec shop-app-1 sh -c 'echo slow=3 > /app/notes'");
    other.say("docker exec shop-app-1 sh -c 'echo slow=3 > /app/config'");
    other.say('docker exec shop-app-1 rm /app/config');
    other.wait(6000);
    expect(Math.round((other.run.metrics(2000, 6000)['latency.p50'] ?? 0) / 50)).toBe(1);
  });

  it('keeps what a file held when it is touched, and has a file again that was deleted (S-24)', () => {
    const { say, wait } = console_(herd('compose'));
    wait(1000);
    say("docker exec shop-app-1 sh -c 'echo slow=3 > /app/config'");
    say('docker exec shop-app-1 touch /app/config');
    expect(say('docker exec shop-app-1 cat /app/config')).toBe('slow=3');
    say('docker exec shop-app-1 rm /app/config');
    expect(say('docker exec shop-app-1 cat /app/config')).toContain('No such file');
    say("docker exec shop-app-1 sh -c 'echo slow=2 > /app/config'");
    expect(say('docker exec shop-app-1 cat /app/config')).toBe('slow=2');
    expect(say('docker diff shop-app-1')).toContain('C /app/config');
  });

  it('keeps an edit through a restart and a crash, loses it with its container, and with a restart in a pod (S-123, S-68, C-11)', () => {
    const edited = (platform: string, ...lines: string[]): number => {
      const { run, say, wait } = console_(
        herd(platform, { onExit: { do: 'restart', delayMs: 100, layer: 'keep' } }),
      );
      const name = platform === 'kubernetes' ? 'kubectl exec shop-app-1 --' : 'docker exec shop-app-1';
      wait(1000);
      say(`${name} sh -c 'echo x > /app/patch.js'`);
      for (const line of lines) say(line);
      wait(30_000);
      return run.metrics(0, 30_000)['drift.containers'] ?? -1;
    };
    expect(edited('compose', 'docker restart shop-app-1')).toBe(1);
    expect(edited('compose', 'paddock crash shop-app-1')).toBe(1);
    expect(edited('bare', 'paddock crash shop-app-1')).toBe(1);
    expect(edited('compose', 'docker compose up -d')).toBe(1);
    expect(edited('compose', 'docker compose up -d --force-recreate')).toBe(0);
    expect(edited('swarm', 'paddock crash shop-app-1')).toBe(0);
    expect(edited('kubernetes', 'paddock crash shop-app-1')).toBe(0);
  });

  it('that is read-only takes no edit, and holds no runtime files (S-126)', () => {
    const { run, say, wait } = console_(herd('compose', { readOnly: true }));
    wait(1000);
    expect(say(`docker exec shop-app-1 sh -c 'echo x > /app/patch.js'`)).toBe(
      "sh: can't create /app/patch.js: Read-only file system",
    );
    expect(say('docker exec shop-app-1 touch /app/a')).toContain('Read-only file system');
    expect(say('docker exec shop-app-1 rm /app/server.js')).toContain('Read-only file system');
    expect(say('docker diff shop-app-1')).toBe('');
    wait(2000);
    expect(run.metrics(0, 2000)['drift.containers']).toBe(0);
  });
});

describe('detectors', () => {
  /** What the named tool says of a container, and what it lists. */
  function verdict(text: string, tool: string): string {
    return (
      text
        .split('\n')
        .find((line) => line.startsWith(`  ${tool}: `))
        ?.slice(tool.length + 4) ?? ''
    );
  }

  it('have blind spots: an edit is seen by `docker diff` alone, a variable by everybody else (S-124)', () => {
    const { say, wait } = console_(herd('compose'));
    wait(1000);
    say(`docker exec shop-app-1 sh -c 'echo x > /app/patch.js'`);
    const edited = say('paddock drift shop-app-1');
    expect(edited).toContain('in truth: C /app/patch.js by hand');
    expect(edited).toContain('    C /app/patch.js');
    expect(verdict(edited, 'docker compose up')).toBe('Running');
    expect(verdict(edited, 'terraform plan')).toContain('exit code 0');
    say('paddock set --no-deploy services.app.environment.PRICE=2');
    const older = say('paddock drift shop-app-2');
    expect(verdict(older, 'docker compose up')).toBe('Recreate');
    expect(verdict(older, 'terraform plan')).toContain('Objects have changed outside of Terraform');
    expect(older).not.toContain('    C /app');
  });

  it('of the herd are told of every container that is there, and of none that is gone', () => {
    const { say, wait } = console_(herd('compose'));
    wait(1000);
    say('docker rm -f shop-app-2');
    wait(2000);
    const told = say('paddock drift')
      .split('\n')
      .filter((line) => line.endsWith(' s old)'));
    expect(told).toEqual(['shop-app-1 (2 s old)', 'shop-app-3 (2 s old)']);
  });

  it('of an older image are told as that by a plan, and not as another digest besides (S-124)', () => {
    const { say, wait } = console_(herd('compose'));
    wait(1000);
    say('paddock set --no-deploy services.app.image=shop:2.0');
    const plan = say('paddock drift shop-app-1').split('terraform plan')[1] ?? '';
    expect(plan).toContain('shop:2.0');
    expect(plan).not.toContain('its digest is not the one');
  });

  it.each([
    ['uploads', 'in the layer', 'layer', []],
    ['sessions', 'in the layer', 'layer', []],
    ['uploads', 'on a volume', 'volume', [{ type: 'volume', source: 'data', target: '/app/uploads' }]],
  ] as const)(
    'that delete the directory of the %s %s delete them, and nothing else',
    (kind, _where, home, mounts) => {
      const state = homes({ sessions: 'signed', [kind]: home });
      const other: readonly AppService['mounts'][number][] = [
        { type: 'bind', source: './logs', target: '/var/log' },
        ...mounts,
      ];
      const s = scenario(
        [app({ replicas: 1, state, mounts: other }), balancer({ check: null })],
        { platform: 'compose' },
        {
          users: 20,
          rate: 50,
          mix: { browse: 1, 'sign-in': 0, upload: 1, 'view-upload': 0, post: 0, checkout: 0 },
        },
      );
      const { run, say, wait } = console_(s);
      wait(3000);
      const lost = (): number[] => {
        const m = run.metrics(0, 5000);
        return [m['uploads.lost'] ?? 0, m['sessions.lost'] ?? 0];
      };
      say('docker exec shop-app-1 rm -rf /app/elsewhere');
      expect(lost()).toEqual([0, 0]);
      say(`docker exec shop-app-1 rm -rf /app/${kind}`);
      const [uploads = 0, sessions = 0] = lost();
      expect([uploads > 20, sessions]).toEqual(kind === 'uploads' ? [true, 0] : [false, 20]);
    },
  );

  it('miss a tag that moved, but for a plan that asks the registry; flags are in a plan and in no hash (S-124)', () => {
    const { say, wait } = console_(herd('compose'));
    wait(1000);
    say('docker push shop:1.0');
    const moved = say('paddock drift shop-app-1');
    expect(moved).toContain('shop:1.0 has moved since');
    expect(verdict(moved, 'docker compose up')).toBe('Running');
    expect(verdict(moved, 'terraform plan')).toContain('2');
    say('docker update --restart=no shop-app-2');
    const flags = say('paddock drift shop-app-2');
    expect(flags).toContain('its restart policy was set to no');
    expect(verdict(flags, 'docker compose up')).toBe('Running');
    expect(flags).toContain('restart: no here, always in the file');
  });

  it('of manifests compare objects: a scaled deployment is OutOfSync, an edited file stays Synced (S-124, S-125)', () => {
    const { say, wait } = console_(herd('kubernetes'));
    wait(1000);
    say(`kubectl exec shop-app-1 -- sh -c 'echo x > /app/patch.js'`);
    expect(verdict(say('paddock drift shop-app-1'), 'Argo CD')).toBe('Synced');
    say('kubectl scale deployment/app --replicas=4');
    const scaled = say('paddock drift shop-app-1');
    expect(verdict(scaled, 'Argo CD')).toBe('OutOfSync');
    expect(scaled).toContain('spec.replicas: 4 live, 3 in git');
  });

  it('look and change nothing: the run hash is the same but for the command itself', () => {
    const [a, b] = [console_(herd('compose')), console_(herd('compose'))];
    for (const { say, wait } of [a, b]) {
      wait(1000);
      say('docker ps');
    }
    a.say('paddock drift');
    b.say('docker ps');
    a.wait(5000);
    b.wait(5000);
    expect(a.run.hash()).toBe(b.run.hash());
  });
});

describe('an agent that applies git', () => {
  const agent = (selfHeal: boolean): Scenario => ({
    ...herd('kubernetes'),
    gitops: { pollMs: 120_000, jitterMs: 60_000, selfHeal },
  });
  const kinds = (run: Run): string[] =>
    run
      .journal(0, run.journalLength())
      .filter((e) => e.kind === 'out-of-sync' || e.kind === 'synced')
      .map((e) => `${e.kind} ${Math.round(e.t / 1000)}`);

  it('finds a live edit OutOfSync at once, and leaves it so: no self-heal by default (S-125)', () => {
    const { run, say, wait } = console_(agent(false));
    wait(10_000);
    say('kubectl scale deployment/app --replicas=5');
    wait(400_000);
    expect(run.view().wanted).toBe(5);
    expect(kinds(run)).toEqual(['out-of-sync 10']);
  });

  it('is told once of an edit however much else happens, and anew once it was put right by hand (S-125)', () => {
    const { run, say, wait } = console_(agent(false));
    wait(10_000);
    say('kubectl scale deployment/app --replicas=5');
    wait(12_000);
    say('kubectl scale deployment/app --replicas=6');
    wait(20_000);
    say('kubectl scale deployment/app --replicas=3');
    wait(30_000);
    say('kubectl scale deployment/app --replicas=4');
    wait(40_000);
    expect(kinds(run)).toEqual(['out-of-sync 10', 'out-of-sync 30']);
  });

  it('with self-heal puts it right after 5 s: replicas and image alike (S-125)', () => {
    const { run, say, wait } = console_(agent(true));
    wait(10_000);
    say('kubectl scale deployment/app --replicas=5');
    wait(14_900);
    expect(run.view().wanted).toBe(5);
    wait(15_100);
    expect(run.view().wanted).toBe(3);
    wait(20_000);
    say('kubectl set image deployment/app app=shop:2.0');
    wait(60_000);
    expect(
      run
        .view()
        .containers.filter((c) => c.phase === 'running')
        .map((c) => c.tag),
    ).toEqual(['1.0', '1.0', '1.0']);
    expect(kinds(run)).toEqual(['out-of-sync 10', 'synced 15', 'out-of-sync 20', 'synced 25']);
    const healed = run.journal(0, run.journalLength()).findLast((e) => e.kind === 'synced');
    expect(run.chain(healed?.id ?? -1).map((e) => e.kind)).toEqual(['synced', 'out-of-sync', 'command']);
  });

  it('never sees a file edited inside a container: Synced, and drifted for good (S-125)', () => {
    const { run, say, wait } = console_(agent(true));
    wait(10_000);
    say(`kubectl exec shop-app-1 -- sh -c 'echo x > /app/patch.js'`);
    wait(400_000);
    expect(kinds(run)).toEqual([]);
    expect(run.metrics(0, 400_000)['drift.containers']).toBe(1);
  });

  it('applies a commit at its next poll, up to 180 s later (S-125)', () => {
    const { run, say, wait } = console_(agent(false));
    wait(130_000);
    expect(say('paddock set --no-deploy services.app.environment.PRICE=2')).toContain('committed');
    const pod = (): string => run.view().containers.findLast((c) => c.phase === 'running')?.name ?? '';
    expect(say(`kubectl exec ${pod()} -- env`)).toBe('');
    wait(330_000);
    expect(say(`kubectl exec ${pod()} -- env`)).toBe('PRICE=2');
    expect(kinds(run)).toHaveLength(1);
  });

  it('that is taken back to before a commit knows nothing of it', () => {
    const { run, say, wait } = console_(agent(false));
    wait(10_000);
    const saved = run.checkpoint();
    say('paddock set --no-deploy services.app.environment.PRICE=2');
    wait(20_000);
    run.restore(saved);
    run.advance(400_000);
    expect(kinds(run)).toEqual([]);
  });

  it('polls 120 s apart and up to 60 s later: some commits wait for more than two minutes, none for more than three (S-125)', () => {
    const waits = Array.from({ length: 8 }, (_, k) => {
      const { run, say, wait } = console_({ ...agent(false), seed: k + 1 });
      wait(120_000);
      say('paddock set --no-deploy services.app.environment.PRICE=2');
      wait(330_000);
      return Number(kinds(run)[0].split(' ')[1]) - 120;
    });
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...waits)).toBeGreaterThan(120);
    expect(Math.max(...waits)).toBeLessThanOrEqual(180);
  });
});

describe('a compose file', () => {
  const FILE = (policy: string): string =>
    `name: shop\nservices:\n  app: { image: "shop:1.0", pull_policy: ${policy} }\n`;
  const read = (policy: string): ReturnType<typeof parseScenario> =>
    parseScenario(FILE(policy), 'compose.yaml');

  it('names an agent for Kubernetes only (S-125)', () => {
    const file = (platform: string): string =>
      `name: shop\nx-paddock: { platform: ${platform}, gitops: { self-heal: true } }\nservices:\n  app: { image: "shop:1.0" }\n`;
    expect(parseScenario(file('kubernetes'), 'compose.yaml').scenario?.gitops).toEqual({
      pollMs: 120_000,
      jitterMs: 60_000,
      selfHeal: true,
    });
    expect(parseScenario(file('swarm'), 'compose.yaml').problems[0]?.message).toContain('kubernetes');
  });

  it('says when images are fetched', () => {
    const policy = (p: string): unknown =>
      read(p).scenario?.services.find((s) => s.name === 'app')?.pullPolicy;
    expect([policy('always'), policy('never'), policy('')]).toEqual(['always', 'missing', null]);
    expect(read('often').problems[0]?.message).toContain('always, missing');
  });
});
