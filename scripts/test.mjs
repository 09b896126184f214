// `npm test`: every step in turn, each with its time; the last line is the sum of all tests and checks.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { modules, root, say } from './setup.mjs';

const cache = join(modules, '.cache', 'paddock');
const vitestJson = join(cache, 'vitest.json');
const playwrightJson = join(cache, 'playwright.json');

const PRETTIER = ['--log-level=warn', '--cache', '--cache-location=node_modules/.cache/prettier-files'];

const node = (file, args, env) =>
  spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env })
    .status === 0;
const tool = (path) => join(modules, path);
const script = (name) => join(root, 'scripts', name);
const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

/** A runner that failed without a failing test (a crash, a file that does not load) is one failure. */
function tally(ok, { passed = 0, failed = 0, skipped = 0 } = {}) {
  return { passed, failed: failed || (ok ? 0 : 1), skipped };
}
const check = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

function vitest(env) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestJson}`];
  const ok = node(tool('vitest/vitest.mjs'), ['run', ...reporters], env);
  const report = read(vitestJson);
  if (!report) return tally(ok);
  const unloadable = report.testResults.filter(
    (f) => f.status === 'failed' && f.assertionResults.length === 0,
  );
  return tally(ok, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

function playwright(env, firefox) {
  const specs = existsSync(join(root, 'e2e'))
    ? readdirSync(join(root, 'e2e'), { recursive: true }).filter((name) => name.endsWith('.spec.ts'))
    : [];
  if (specs.length === 0) return tally(true);
  const ok = node(tool('@playwright/test/cli.js'), ['test'], {
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightJson,
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  });
  if (!firefox && specs.some((name) => name.endsWith('.cross.spec.ts'))) console.log('skipped: no Firefox');
  const stats = read(playwrightJson)?.stats;
  return tally(
    ok,
    stats && { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped },
  );
}

/** Runs the steps named in `only`, or all of them. Returns the exit code. */
export async function test({ chromium, firefox, only }) {
  const env = { ...process.env, PADDOCK_CHROMIUM: chromium };
  if (firefox) env.PADDOCK_FIREFOX = firefox;
  // A production NODE_ENV would give the tests a React without act(), and colours confuse logs.
  delete env.NODE_ENV;
  rmSync(vitestJson, { force: true });
  rmSync(playwrightJson, { force: true });
  mkdirSync(cache, { recursive: true });

  let built = false;
  const needsBuild = (work) => () => {
    if (built || (only.length > 0 && !only.includes('build') && ensureBuild())) return work();
    console.log('not run: the build failed');
    return check(false);
  };
  const steps = [
    ['lockcheck', () => check(node(script('lockcheck.mjs'), [], env))],
    ['format', () => check(node(tool('prettier/bin/prettier.cjs'), ['--check', ...PRETTIER, '.'], env))],
    ['types', () => check(node(tool('typescript/bin/tsc'), ['-b', '.', 'src/sim'], env))],
    ['lint', () => check(node(tool('oxlint/bin/oxlint'), ['--type-aware'], env))],
    ['no-excuses', () => check(node(script('no-excuses.mjs'), [], env))],
    ['lint-fixtures', () => check(node(script('lint-fixtures.mjs'), [], env))],
    ['knip', () => check(node(tool('knip/bin/knip.js'), [], env))],
    ['build', () => check((built = ensureBuild()))],
    ['size', needsBuild(() => check(node(script('size.mjs'), [], env)))],
    ['vitest', () => vitest(env)],
    ['e2e', needsBuild(() => playwright(env, firefox))],
  ].filter(([name]) => only.length === 0 || only.includes(name));

  const sum = { passed: 0, failed: 0, skipped: 0 };
  const rows = [];
  for (const [name, work] of steps) {
    say(name);
    const begun = performance.now();
    const got = work();
    for (const key of Object.keys(sum)) sum[key] += got[key];
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    rows.push(`${got.failed ? 'FAILED' : 'ok    '}  ${name.padEnd(14)} ${seconds.padStart(6)} s`);
    say(rows.at(-1));
  }
  console.log(`\n${rows.join('\n')}\n`);
  console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped ? `, ${sum.skipped} skipped` : ''}`);
  return sum.failed ? 1 : 0;
}
