import { expect, test } from 'vitest';
import { parseCommand } from '../commands/parse-command.ts';
import { parseScenario } from '../scenario/parse.ts';
import { createRun } from './create-run.ts';

const source = `
name: shop
services:
  app:
    image: shop:1.0
    deploy: { replicas: 3 }
    x-paddock: { state: { sessions: memory, uploads: layer } }
  lb: { image: "haproxy:3.2", x-paddock: { check: {} } }
`;

function begin() {
  const { scenario } = parseScenario(source, 'compose.yaml');
  if (!scenario) throw new Error('the scenario does not read');
  const run = createRun(scenario);
  run.advance(2000);
  const say = (line: string): void => {
    const parsed = parseCommand(line);
    if (!parsed.ok) throw new Error(parsed.message);
    expect(run.apply(parsed.command, line).ok).toBe(true);
  };
  return { run, say };
}

test('a hand edit is told from what the image writes itself, and from its siblings (S-24, S-123)', () => {
  const { run, say } = begin();
  say(`docker exec shop-app-2 sh -c 'echo fixed by hand >> /app/config.js'`);
  const edited = run.inspect('shop-app-2')!;
  expect(edited.byHand).toEqual(['C /app/config.js']);
  expect(edited.diff).toEqual(expect.arrayContaining(['C /app', 'C /app/config.js', 'A /run/app.pid']));
  expect(edited.siblings.map(({ differs }) => differs)).toEqual([
    ['is without C /app/config.js'],
    ['is without C /app/config.js'],
  ]);
  expect(run.inspect('shop-app-1')!.byHand).toEqual([]);
  expect(run.inspect('shop-app-1')!.siblings.find(({ name }) => name === 'shop-app-2')!.differs).toEqual([
    'has C /app/config.js',
  ]);
});

test('docker diff sees it, docker compose up does not (S-124)', () => {
  const { run, say } = begin();
  say(`docker exec shop-app-2 touch /app/hotfix`);
  const tools = Object.fromEntries(run.inspect('shop-app-2')!.tools.map((tool) => [tool.name, tool]));
  expect(tools['docker diff']!.findings.join()).toContain('/app/hotfix');
  expect(tools['docker compose up']!.verdict).toBe('Running');
  expect(tools['docker compose up']!.blind).toContain('files in the layer');
});

test('where its state lives is told with how much of it is there', () => {
  const { run } = begin();
  const inspected = run.inspect('shop-app-1')!;
  const sessions = inspected.homes.find(({ kind }) => kind === 'sessions')!;
  expect(sessions).toMatchObject({ home: 'memory', bound: 'process' });
  expect(sessions.held).toBe(run.view().containers[0]!.sessions);
  expect(run.inspect('nobody')).toBeNull();
});

test('whom it takes for its peers is told by name, the dead and the unknown apart', () => {
  const member = source.replace('uploads: layer', 'uploads: layer, membership: memory');
  const { scenario } = parseScenario(member, 'compose.yaml');
  const run = createRun(scenario!);
  run.advance(2000);
  const peers = (name: string) => run.inspect(name)!.peers;
  expect(peers('shop-app-1')).toEqual({ known: ['shop-app-2', 'shop-app-3'], dead: [], unknown: [] });
  run.apply(
    { verb: 'kill', tool: 'docker', targets: { kind: 'names', names: ['shop-app-2'] }, signal: 'KILL' },
    'x',
  );
  run.advance(3000);
  expect(peers('shop-app-1')).toEqual({ known: ['shop-app-3'], dead: ['shop-app-2'], unknown: [] });
  expect(peers('shop-app-2')).toBeNull();
  const ghosts = [run.view().containers.find(({ name }) => name === 'shop-app-2')!.id];
  const seen = { known: 2, dead: 1, unknown: 0, ghosts, strangers: [] };
  expect(run.view().containers[0]!.peers).toEqual(seen);
  expect(begin().run.inspect('shop-app-1')!.peers).toBeNull();
});
