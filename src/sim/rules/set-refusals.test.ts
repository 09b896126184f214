import { expect, test } from 'vitest';
import { createDriver } from '../../commands/driver.ts';
import { parseScenario } from '../../scenario/parse.ts';
import { createReconfigure } from '../../scenario/reconfigure.ts';
import { createRun } from '../create-run.ts';

const source = `
name: shop
x-paddock: { platform: swarm, traffic: { users: 20, think: 1s } }
services:
  app: { image: "shop:1.0", deploy: { replicas: 2 }, x-paddock: { state: { sessions: memory, uploads: none } } }
  lb: { image: "haproxy:3.2", x-paddock: { check: {} } }
`;

test.each([
  ['x-paddock.platform=compose', 'the platform cannot change'],
  ['x-paddock.hosts=3', 'hosts cannot change'],
  ['x-paddock.traffic.users=30', 'the number of users cannot change'],
  ['x-paddock.traffic.rate=50/s', 'open load (rate) and closed load (think) cannot change places'],
])('paddock set %s is refused while the herd runs, and nothing changes', (assignment, words) => {
  const { scenario } = parseScenario(source, 'compose.yaml');
  const run = createRun(scenario!);
  const driver = createDriver(run, [], createReconfigure(source, 'compose.yaml'));
  driver.advance(1000);
  const answer = driver.apply(`paddock set ${assignment}`);
  expect(answer).toMatchObject({ ok: false, text: expect.stringContaining(words) as string });
  expect(run.scenario).toBe(scenario);
});

test.each([
  ['services.lb.image=nginx:1.27', 'lb cannot become another kind of service (nginx)'],
  ['services.lb.x-paddock.kind=l4', 'lb cannot become another kind of service (l4)'],
  ['services.cache.image=memcached:1.6', 'cache cannot become another kind of service (memcached)'],
])(
  'paddock set %s is refused: another kind of proxy or store has none of the state of this one',
  (assignment, words) => {
    const plain = source
      .replace('check: {}', 'balance: roundrobin')
      .replace('lb:', 'cache: { image: "redis:7" }\n  lb:');
    const { scenario } = parseScenario(plain, 'compose.yaml');
    const run = createRun(scenario!);
    const driver = createDriver(run, [], createReconfigure(plain, 'compose.yaml'));
    driver.advance(1000);
    expect(driver.apply(`paddock set ${assignment}`)).toMatchObject({
      ok: false,
      text: expect.stringContaining(words) as string,
    });
    expect(run.scenario).toBe(scenario);
    // Another version of the same is a reload.
    expect(driver.apply('paddock set services.lb.image=haproxy:3.3').text).toContain('lb: reloaded');
  },
);

test('paddock set of what may change takes effect', () => {
  const { scenario } = parseScenario(source, 'compose.yaml');
  const run = createRun(scenario!);
  const driver = createDriver(run, [], createReconfigure(source, 'compose.yaml'));
  driver.advance(1000);
  expect(driver.apply('paddock set x-paddock.traffic.think=100ms').ok).toBe(true);
  driver.advance(21_000);
  const calm = createRun(scenario!);
  calm.advance(21_000);
  const served = run.metrics(1000, 21_000)['requests.ok']!;
  expect(served).toBeGreaterThan(4 * calm.metrics(1000, 21_000)['requests.ok']!);
});
