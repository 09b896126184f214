import { describe, expect, it } from 'vitest';
import type { AppService, Scenario } from '../sim/model/scenario.ts';
import { problemsOf, shop } from './fixture.ts';
import { parseScenario } from './parse.ts';
import { createReconfigure } from './reconfigure.ts';

const TEXT = `
name: shop
x-keys: &keys { boot: 1s }
services:
  app: { image: "shop:1.0", x-paddock: *keys }
  worker: { image: "worker:1", x-paddock: *keys }
  cache: { image: "redis:7" }
  lb: { image: haproxy }
`;

function read(...overrides: string[]): Scenario {
  const { scenario, problems } = parseScenario(TEXT, 'f.yaml', overrides);
  expect(problems).toEqual([]);
  if (!scenario) throw new Error('no scenario');
  return scenario;
}
const app = (scenario: Scenario, name = 'app'): AppService =>
  scenario.services.find((service) => service.name === name) as AppService;

describe('overrides', () => {
  it.each<readonly [string, (scenario: Scenario) => unknown, unknown]>([
    ['x-paddock.traffic.users=50', (s) => s.traffic.users, 50],
    ['x-paddock.platform=swarm', (s) => s.platform, 'swarm'],
    ['x-paddock.traffic.mix={ browse: 2, upload: 1 }', (s) => s.traffic.mix.browse, 2],
    ['services.app.x-paddock.state.sessions=memory', (s) => app(s).state.sessions, 'memory'],
    ['services.app.deploy.replicas=4', (s) => app(s).replicas, 4],
    ['services.app.image=shop:2.0', (s) => app(s).image, 'shop:2.0'],
    ['services.app.x-paddock.versions."2.0".boot=9s', (s) => app(s).versions['2.0'], { bootMs: 9000 }],
    ['services.app.environment.SESSION_STORE=memory', (s) => app(s).state.sessions, 'memory'],
    ['x-paddock.script=[{ at: 1s, do: docker ps }]', (s) => s.script, [{ at: 1000, do: 'docker ps' }]],
    [
      'services.photos={ image: minio/minio }',
      (s) => s.services.map(({ name }) => name),
      ['app', 'worker', 'cache', 'lb', 'photos'],
    ],
  ])('%s', (override, pick, expected) => expect(pick(read(override))).toEqual(expected));

  it('empty a key, which then is no duration', () =>
    expect(
      parseScenario(TEXT, 'f.yaml', ['services.app.x-paddock.boot=']).problems.map(({ message }) => message),
    ).toEqual(['services.app.x-paddock.boot: nothing is not a duration; write 250ms, 2s or 1m30s']));

  it('leave alone those that share an anchor', () => {
    const scenario = read('services.app.x-paddock.boot=5s');
    expect([app(scenario).bootMs, app(scenario, 'worker').bootMs]).toEqual([5000, 1000]);
  });

  it('reach keys that hold dots', () => {
    const scenario = read(
      'services.app.x-paddock.versions={ 2.0: { boot: 1s } }',
      'services.app.x-paddock.versions.2.0.boot=2s',
    );
    expect(app(scenario).versions).toEqual({ '2.0': { bootMs: 2000 } });
  });

  it('come in order', () => expect(read('x-paddock.seed=1', 'x-paddock.seed=2').seed).toBe(2));
});

describe('createReconfigure', () => {
  const reconfigure = createReconfigure(TEXT, 'f.yaml', ['x-paddock.traffic.users=7']);

  it('makes a scenario with the assignments on top of the overrides', () => {
    const scenario = reconfigure(['services.app.x-paddock.boot=3s']);
    expect(scenario).toMatchObject({ traffic: { users: 7 } });
    expect('message' in scenario ? null : app(scenario).bootMs).toBe(3000);
  });

  it('says why it cannot', () => {
    expect(reconfigure(['services.app.x-paddock.boot=3'])).toEqual({
      message: "paddock set: services.app.x-paddock.boot: '3' is not a duration; write 3s or 3ms",
    });
  });
});

describe('problems with overrides', () => {
  const text = shop('tty: true', '  lb: { image: haproxy }\n');

  it.each([
    ['x-paddock.traffic.uzers=5', "1:1 unknown key 'uzers' in x-paddock.traffic; did you mean 'users'?"],
    ['traffic.users=5', "1:1 unknown key 'traffic'; it belongs under x-paddock"],
    [
      'services.app.x-paddock.boot=3',
      "1:29 services.app.x-paddock.boot: '3' is not a duration; write 3s or 3ms",
    ],
    [
      'services.app.x-paddock={ boot: 1s, bot: 2s }',
      "1:36 unknown key 'bot' in services.app.x-paddock; did you mean 'boot'?",
    ],
    [
      'services.ap.x-paddock.boot=3s',
      "1:1 services.ap: there is no service 'ap'; did you mean 'app'? A new one needs an image",
    ],
    ['services.app.image.tag=2', "1:1 there is nothing under a plain value, so no 'tag'"],
    ['services..image=2', "1:1 'services..image' is not a path: write keys with dots between them"],
    ['services.app.ports=[', '1:21 Flow sequence must end with a ]'],
    ['nothing', "1:1 'nothing' sets nothing: write path=value"],
  ])('%s', (override, problem) =>
    expect(problemsOf(text, [override])).toEqual([`--set ${override}:${problem}`]),
  );
});
