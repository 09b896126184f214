import { describe, expect, it } from 'vitest';
import { openSource } from '../yaml/open.ts';
import { readDeploy } from './deploy.ts';
import { readEnvironment } from './environment.ts';
import { readHealthcheck } from './healthcheck.ts';

function at(yaml: string) {
  const { root, report } = openSource(yaml, 'f');
  if (!root) throw new Error(yaml);
  return { root, report };
}

describe('environment', () => {
  it('is a map or a list', () => {
    const expected = { A: 'x', B: '1', C: 'true', D: '1.0', E: 'a=b' };
    expect(readEnvironment(at('{ A: x, B: 1, C: true, D: 1.0, E: a=b }').root)).toEqual(expected);
    expect(readEnvironment(at('[A=x, B=1, C=true, D=1.0, E=a=b]').root)).toEqual(expected);
  });

  it('says what would come from the shell', () => {
    const map = at('{ A: , B: x }');
    expect(readEnvironment(map.root)).toEqual({ B: 'x' });
    expect(map.report.notes).toEqual(['A: A would come from the shell; taken as not set']);
    const list = at('[A]');
    expect(readEnvironment(list.root)).toEqual({});
    expect(list.report.notes).toEqual(['0: A would come from the shell; taken as not set']);
  });
});

describe('healthcheck', () => {
  const read = (yaml: string): unknown => readHealthcheck(at(yaml).root);

  it.each(['{ disable: true }', '{ test: [NONE] }'])('%s is none', (yaml) => expect(read(yaml)).toBeNull());

  it.each([
    [
      '{ test: curl -f http://localhost/ }',
      {
        intervalMs: 30_000,
        timeoutMs: 30_000,
        retries: 3,
        startPeriodMs: 0,
        startIntervalMs: 5000,
        works: true,
      },
    ],
    ['{ test: [CMD, "false"] }', { works: false }],
    ['{ test: exit 1 }', { works: false }],
    ['{ test: [CMD-SHELL, exit 1] }', { works: false }],
    ['{ test: [CMD-SHELL, curl -f http://localhost/] }', { works: true }],
    ['{ test: [CMD, curl, exit, 1] }', { works: true }],
    [
      '{ test: x, interval: 1m30s, timeout: 500ms, retries: 5, start_period: 40s, start_interval: 1s }',
      { intervalMs: 90_000, timeoutMs: 500, retries: 5, startPeriodMs: 40_000, startIntervalMs: 1000 },
    ],
  ])('%s', (yaml, expected) => expect(read(yaml)).toMatchObject(expected));

  it('without a test is the image’s own', () => {
    const { root, report } = at('{ interval: 1s }');
    readHealthcheck(root);
    expect(report.notes).toEqual([' has no test: assuming that the image brings one']);
  });
});

describe('deploy', () => {
  it('has the defaults of the engine (S-45)', () => {
    expect(readDeploy(at('{}').root)).toMatchObject({
      replicas: null,
      global: false,
      restart: { condition: 'any', delayMs: 5000, maxAttempts: 0, at: null },
      update: {
        parallelism: 1,
        delayMs: 0,
        order: 'stop-first',
        failureAction: 'pause',
        monitorMs: 5000,
        maxFailureRatio: 0,
      },
      memoryLimitMb: null,
    });
  });

  it.each([
    ['{ resources: { limits: { memory: 256m } } }', 256],
    ['{ resources: { limits: { memory: 1g } } }', 1024],
    ['{ resources: { limits: { memory: 1048576 } } }', 1],
    ['{ resources: { limits: { memory: 2048k } } }', 2],
    ['{ resources: { limits: { memory: 1.5MB } } }', 1.5],
  ])('%s is %d MB', (yaml, mb) => expect(readDeploy(at(yaml).root).memoryLimitMb).toBe(mb));

  it('reads rollback_config, which cannot roll back again (S-51)', () => {
    const { root, report } = at(
      '{ rollback_config: { parallelism: 0, delay: 3s, failure_action: continue } }',
    );
    expect(readDeploy(root).rollback).toMatchObject({
      parallelism: 0,
      delayMs: 3000,
      failureAction: 'continue',
    });
    readDeploy(at('{ rollback_config: { failure_action: rollback } }').root);
    expect(report.problems).toEqual([]);
  });

  it('says what is not simulated', () => {
    const { root, report } = at(
      '{ placement: { max_replicas_per_node: 1 }, rollback_config: { parallelism: 0 }, resources: { limits: { cpus: "1" } }, labels: { a: b } }',
    );
    readDeploy(root);
    expect(report.notes).toEqual([
      'placement is not simulated: containers are spread over the hosts',
      'resources.limits.cpus is not simulated: containers do not compete for processors',
    ]);
  });
});
