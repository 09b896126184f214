import { expect, it } from 'vitest';
import { openSource } from '../yaml/open.ts';
import { readMounts, readTmpfs, readVolumes } from './mounts.ts';

function at(yaml: string) {
  const { root, report } = openSource(yaml, 'f');
  if (!root) throw new Error(yaml);
  return { root, report };
}

const VOLUMES = new Map([
  ['data', false],
  ['far', true],
]);

it.each([
  ['[/data]', { type: 'volume', source: null, target: '/data' }],
  ['["data:/data"]', { type: 'volume', source: 'data', target: '/data' }],
  ['["data:/data:ro"]', { type: 'volume', source: 'data', target: '/data' }],
  ['["far:/data"]', { type: 'network', source: 'far', target: '/data' }],
  ['["./src:/app"]', { type: 'bind', source: './src', target: '/app' }],
  ['["/etc/x:/x"]', { type: 'bind', source: '/etc/x', target: '/x' }],
  ['["~/x:/x"]', { type: 'bind', source: '~/x', target: '/x' }],
  ['[{ type: volume, source: data, target: /data }]', { type: 'volume', source: 'data', target: '/data' }],
  ['[{ type: volume, target: /data }]', { type: 'volume', source: null, target: '/data' }],
  ['[{ type: bind, source: ./x, target: /x }]', { type: 'bind', source: './x', target: '/x' }],
  ['[{ type: tmpfs, target: /run }]', { type: 'tmpfs', source: null, target: '/run' }],
])('%s', (yaml, mount) => {
  const { root, report } = at(yaml);
  expect(readMounts(root, 'app', VOLUMES)).toEqual([mount]);
  expect(report.problems).toEqual([]);
});

it.each([
  '["dat:/data"]',
  '[data]',
  '[{ source: data }]',
  '[{ type: volume, source: dat, target: /d }]',
  '[{ type: disk, target: /d }]',
])('%s is refused', (yaml) => {
  const { root, report } = at(yaml);
  expect(readMounts(root, 'app', VOLUMES)).toEqual([]);
  expect(report.problems).toHaveLength(1);
});

it('tells local volumes from those on a network', () => {
  const { root, report } = at(
    '{ a: , b: { driver: local }, c: { driver_opts: { type: nfs, device: ":/x" } }, d: { external: true }, e: { driver: rexray } }',
  );
  expect([...readVolumes(root)]).toEqual([
    ['a', false],
    ['b', false],
    ['c', true],
    ['d', false],
    ['e', true],
  ]);
  expect(report.notes).toEqual(['e: driver rexray taken as a volume on the network']);
});

it('reads tmpfs as one or as a list', () => {
  expect(readTmpfs(at('/run:size=64m').root)).toEqual([{ type: 'tmpfs', source: null, target: '/run' }]);
  expect(readTmpfs(at('[/run, /var/run]').root).map(({ target }) => target)).toEqual(['/run', '/var/run']);
});
