import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AppService } from '../sim/model/scenario.ts';
import { parseScenario, type ParsedScenario } from './parse.ts';

const FOLDER = new URL('../../lessons/scenarios/', import.meta.url);

function read(file: string): ParsedScenario {
  return parseScenario(readFileSync(new URL(file, FOLDER), 'utf8'), file);
}

describe('the scenarios that ship', () => {
  it.each(readdirSync(FOLDER))('%s has no problems', (file) => expect(read(file).problems).toEqual([]));

  it('differ in where sessions live', () => {
    const homes = ['pet', 'herd', 'herd-redis'].map((name) => {
      const services = read(`${name}.compose.yaml`).scenario?.services ?? [];
      const app = services.find(({ role }) => role === 'app') as AppService;
      const balancer = services.find(({ role }) => role === 'balancer');
      return [
        app.replicas,
        app.state.sessions,
        app.state.uploads,
        balancer?.role === 'balancer' ? balancer.sticky : null,
      ];
    });
    expect(homes).toEqual([
      [1, 'memory', 'layer', null],
      [3, 'memory', 's3', 'cookie'],
      [3, 'redis', 's3', 'none'],
    ]);
  });
});
