import { expect, it } from 'vitest';
import { openSource } from '../yaml/open.ts';
import { readHostPorts } from './ports.ts';

function ports(yaml: string): { ports: number[]; problems: number } {
  const { root, report } = openSource(yaml, 'f');
  if (!root) throw new Error(yaml);
  return { ports: readHostPorts(root).map(({ port }) => port), problems: report.problems.length };
}

it.each([
  ['["80"]', []],
  ['[80]', []],
  ['["8080:80"]', [8080]],
  ['["8080:80/tcp", "53:53/udp"]', [8080, 53]],
  ['["127.0.0.1:8080:80"]', [8080]],
  ['["127.0.0.1::80"]', []],
  ['["[::1]:8080:80"]', [8080]],
  ['["8080-8085:80"]', []],
  ['["3000-3002:3000-3002"]', [3000, 3001, 3002]],
  ['["3000-3002"]', []],
  ['[{ target: 80 }]', []],
  ['[{ target: 80, published: 0 }]', []],
  ['[{ target: 80, published: 1 }]', [1]],
  ['[{ target: 80, published: 8080 }]', [8080]],
  ['[{ target: 80, published: "8080" }]', [8080]],
  ['[{ target: 80, published: "8080-8085" }]', []],
  ['[]', []],
])('%s takes %j', (yaml, expected) => expect(ports(yaml)).toEqual({ ports: expected, problems: 0 }));

it.each(['["http"]', '["8080:http"]', '["99999:80"]', '[[80]]', '[{ target: 80, published: 99999 }]'])(
  '%s is refused',
  (yaml) => expect(ports(yaml)).toEqual({ ports: [], problems: 1 }),
);
