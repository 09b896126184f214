import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { METRICS } from '../sim/metrics/names.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'paddock-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const HERD = file(
  'herd.yaml',
  `name: shop
x-paddock: { platform: swarm, seed: 5, traffic: { users: 12, think: 1s }, script: [{ at: 1s, do: docker ps }] }
services:
  app: { image: "shop:1.0", deploy: { replicas: 3 }, x-paddock: { state: { sessions: sticky } } }
  lb: { image: haproxy, x-paddock: { check: {}, redispatch: true } }
`,
);

const cli = (...argv: string[]) => runCli(argv, null);

interface Json {
  readonly schema: number;
  readonly scenario: string;
  readonly untilMs: number;
  readonly notes: string[];
  readonly runs: {
    seed: number;
    hash: string;
    metrics: Record<string, number | null>;
    commands: { at: number; do: string; ok: boolean; answer: string }[];
  }[];
  readonly summary: Record<string, { median: number | null }>;
}

async function json(...argv: string[]): Promise<Json> {
  const { code, stdout, stderr } = await cli('run', HERD, '--json', ...argv);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Json;
}

describe('run --json', () => {
  it('prints one object, its keys in one order, every metric there', async () => {
    const out = await json('--until', '5s', '--do', '2s docker kill shop-app-2');
    expect(Object.keys(out)).toEqual(['schema', 'scenario', 'untilMs', 'notes', 'runs', 'summary']);
    expect(out).toMatchObject({ schema: 1, scenario: 'shop', untilMs: 5000, notes: [] });
    const [run] = out.runs;
    expect(Object.keys(run ?? {})).toEqual(['seed', 'hash', 'metrics', 'commands']);
    expect(run?.seed).toBe(5);
    expect(run?.hash).toMatch(/^[0-9a-f]{16}$/);
    expect(Object.keys(run?.metrics ?? {})).toEqual([...METRICS]);
    expect(run?.commands.map(({ at, do: line, ok }) => [at, line, ok])).toEqual([
      [1000, 'docker ps', true],
      [2000, 'docker kill shop-app-2', true],
    ]);
    expect(Object.keys(run?.commands[0] ?? {})).toEqual(['at', 'do', 'ok', 'answer']);
    expect(Object.keys(out.summary)).toEqual([...METRICS]);
  });

  it('runs the scenario’s seed and those after it, or those from --seed', async () => {
    expect((await json('--until', '1s', '--seeds', '3')).runs.map(({ seed }) => seed)).toEqual([5, 6, 7]);
    expect((await json('--until', '1s', '--seed', '9')).runs.map(({ seed }) => seed)).toEqual([9]);
    expect((await json('--until', '1s', '--seed', '9', '--seeds', '2')).runs.map(({ seed }) => seed)).toEqual(
      [9, 10],
    );
  });

  it('gives the same answer twice', async () =>
    expect(await json('--until', '3s', '--seeds', '2')).toEqual(await json('--until', '3s', '--seeds', '2')));

  it('changes keys with --set', async () => {
    const out = await json(
      '--until',
      '3s',
      '--set',
      'x-paddock.traffic.users=3',
      '--set',
      'services.app.x-paddock.state.sessions=signed',
    );
    expect(out.runs[0]?.metrics['sessions.created']).toBe(3);
  });

  it('measures the window', async () => {
    const whole = await json('--until', '4s');
    const parts = [await json('--until', '4s', '--to', '2s'), await json('--until', '4s', '--from', '2s')];
    const sum = parts.reduce((total, part) => total + Number(part.runs[0]?.metrics['requests.total']), 0);
    expect(sum).toBe(whole.runs[0]?.metrics['requests.total']);
    expect(parts.map((part) => part.runs[0]?.hash)).toEqual([whole.runs[0]?.hash, whole.runs[0]?.hash]);
  });

  it('keeps exit code 0 when a tool refuses', async () => {
    const out = await json('--until', '2s', '--do', '1s docker kill nobody');
    expect(out.runs[0]?.commands.at(-1)).toMatchObject({ at: 1000, do: 'docker kill nobody', ok: false });
  });

  it('says which commands come too late', async () => {
    const out = await json('--until', '2s', '--do', '2s docker ps', '--do', '1999ms docker ps');
    expect(out.notes).toEqual(["'docker ps' at 2s comes after the end of the run"]);
    expect(out.runs[0]?.commands).toHaveLength(2);
  });

  it('carries out paddock set', async () => {
    const out = await json(
      '--until',
      '2s',
      '--do',
      '1s paddock set services.app.x-paddock.boot=3',
      '--do',
      '1s paddock set services.app.deploy.replicas=4',
    );
    const [refused, done] = out.runs[0]?.commands.slice(1) ?? [];
    expect(refused).toMatchObject({
      ok: false,
      answer: "paddock set: services.app.x-paddock.boot: '3' is not a duration; write 3s or 3ms",
    });
    expect(done?.ok).toBe(true);
  });
});

describe('run', () => {
  it('prints a table', async () => {
    const { code, stdout } = await cli('run', HERD, '--until', '2s');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^shop: 2s, seed 5, hash [0-9a-f]{16}\n/);
    expect(stdout).toContain('      1s  docker ps');
    expect(stdout).toMatch(/\nrequests\.ok +\d+\n/);
  });

  it('prints percentiles for many seeds', async () => {
    const { stdout } = await cli('run', HERD, '--until', '2s', '--seeds', '3', '--from', '1s');
    expect(stdout).toMatch(/^shop: 2s, 3 seeds from 5, measured from 1s to 2s\n/);
    expect(stdout).toMatch(/median +p05 +p95\n/);
  });
});

describe('bad input', () => {
  const broken = file('broken.yaml', 'name: shop\nservices:\n  app: { image: a, restrat: always }\n');

  it.each<readonly [string[], string]>([
    [['rum', HERD], "sim: unknown command 'rum'; did you mean 'run'?; there is: run, check, help"],
    [['run'], 'run needs one FILE: sim run compose.yaml [options]'],
    [['run', 'nowhere.yaml'], 'nowhere.yaml: no such file'],
    [['run', HERD, '--sed', '3'], "unknown option --sed; did you mean '--seed'?"],
    [['run', HERD, '--seed'], '--seed needs a value: --seed N'],
    [['run', HERD, '--seed', 'x'], "--seed: 'x' is not a whole number of 0 or more"],
    [['run', HERD, '--seeds', '0'], "--seeds: '0' is not a whole number of 1 or more"],
    [['run', HERD, '--json=yes'], '--json takes no value'],
    [['run', HERD, '--until', '60'], "--until: '60' is not a duration in whole ms; write 500ms, 60s or 5m"],
    [['run', HERD, '--until', '0s'], '--until: a run must last longer than 0s'],
    [['run', HERD, '--to', '90s'], '--to must not be later than --until'],
    [['run', HERD, '--from', '60s'], '--from must be earlier than --to'],
    [
      ['run', HERD, '--do', 'docker ps'],
      `--do "docker ps":1:1: 'docker' is not a time in whole ms; write e.g. "10s docker kill shop-app-2"`,
    ],
    [
      ['run', HERD, '--do', '10s docker kil x'],
      `--do "10s docker kil x":1:12: docker: unknown command: docker kil; did you mean 'docker kill'?`,
    ],
    [
      ['run', HERD, '--set', 'x-paddock.seed=x'],
      "--set x-paddock.seed=x:1:16: x-paddock.seed: 'x' is not a whole number from 0 to 4294967295",
    ],
    [['run', broken], `${broken}:3:20: unknown key 'restrat' in services.app; did you mean 'restart'?`],
    [['check'], 'check needs a lesson or a folder of them: sim check lessons/en'],
    [['check', 'nowhere'], 'nowhere: no such file or folder'],
    [['help', 'kyes'], "there is no help on 'kyes'; did you mean 'keys'?; there is: keys, commands, metrics"],
  ])('%j', async (argv, stderr) => expect(await runCli(argv, null)).toEqual({ code: 2, stdout: '', stderr }));
});

describe('help', () => {
  it.each([
    [[], 'sim run FILE [options]'],
    [['help'], '--seeds K'],
    [['help', 'keys'], 'service-time        { exponential: 40ms }'],
    [['help', 'commands'], 'docker kill [-s SIGNAL] CONTAINER...'],
    [['help', 'metrics'], 'requests.failed.connect-refused'],
  ])('%j', async (argv, part) => {
    const { code, stdout, stderr } = await runCli(argv, null);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(part);
  });
});
