// Everything a bare machine needs before Paddock runs: packages and a browser. Node built-ins only, because node_modules may not exist yet.
// All talk goes to stderr: the headless runner's stdout belongs to its answer.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firefoxPath, systemChromium } from './browser.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const modules = join(root, 'node_modules');
const stampFile = join(modules, '.paddock-setup.json');

export const say = (text) => console.error(`[paddock] ${text}`);
export function die(text) {
  say(text);
  process.exit(1);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  die(`Node.js 20.19 or newer is needed; this is ${process.version}.`);
}

/** Runs a command to its end; its stdout is shown on our stderr. Returns the exit code. */
function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options }).status ?? 1;
}

/** npm, however we were started. Never a .cmd shim without a shell: Node refuses to spawn those. */
function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return run(process.execPath, [cli, ...args]);
  const windows = process.platform === 'win32';
  return run(windows ? 'npm.cmd' : 'npm', args, { shell: windows });
}

function stamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}
const remember = (facts) => writeFileSync(stampFile, JSON.stringify({ ...stamp(), ...facts }));

/** mkdir is atomic: `npm start` and `npm test` in two terminals must not both install. */
async function locked(work) {
  const lock = join(root, '.setup-lock');
  for (let turn = 0; ; turn++) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > 15 * 60_000) rmSync(lock, { recursive: true, force: true });
      if (turn === 0) say('another set-up is running; waiting');
      await new Promise((done) => setTimeout(done, 500));
    }
  }
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.on('exit', release);
  try {
    return await work();
  } finally {
    release();
    process.off('exit', release);
  }
}

/** Installs the locked packages if they are not the ones installed. */
export async function ensureDeps() {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const want = `${hash.slice(0, 16)} ${process.platform}-${process.arch} node${major}`;
  if (stamp().deps === want) return;
  await locked(() => {
    if (stamp().deps === want) return;
    say('installing packages (npm ci) …');
    // --include=dev: NODE_ENV=production would leave the build tools out. --ignore-scripts: nothing here needs them.
    if (
      npm(['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']) !== 0
    ) {
      die('npm ci failed; see its message above.');
    }
    remember({ deps: want });
  });
}

function apt(packages) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return false;
  const command = [
    ...(process.getuid() === 0 ? [] : ['sudo', '-n']),
    'apt-get',
    '-y',
    // Another process may hold apt's lock for a while.
    '-o',
    'DPkg::Lock::Timeout=300',
  ];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const call = (...args) =>
    run(command[0], [...command.slice(1), ...args], { env, stdio: ['ignore', 'ignore', 2] });
  say(`installing ${packages.join(', ')} (apt-get) …`);
  call('update');
  return call('install', '--no-install-recommends', ...packages) === 0;
}

/** A browser that really starts: a file may be there and lack its libraries. */
const starts = (path) =>
  existsSync(path) &&
  (process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0);

/** Path of a Chromium: PADDOCK_CHROMIUM, remembered, Playwright's own, the system's, downloaded, or Debian's. */
export async function ensureChromium() {
  if (process.env.PADDOCK_CHROMIUM) return process.env.PADDOCK_CHROMIUM;
  const known = () => {
    const { browser } = stamp();
    return browser && existsSync(browser) ? browser : undefined;
  };
  return (
    known() ??
    (await locked(() => {
      if (known()) return known();
      const require = createRequire(join(root, 'package.json'));
      const managed = () => {
        const path = require('playwright').chromium.executablePath();
        return starts(path) ? path : undefined;
      };
      const system = () => systemChromium().find(starts);
      const download = () => {
        say("fetching Playwright's Chromium …");
        const args = [join(modules, 'playwright', 'cli.js'), 'install', 'chromium'];
        const options = { timeout: 8 * 60_000, stdio: 'ignore' };
        return run(process.execPath, args, options) === 0 ? managed() : undefined;
      };
      const debian = () => (apt(['chromium', 'fonts-liberation']) ? system() : undefined);
      const path = managed() ?? system() ?? download() ?? debian();
      if (!path) {
        die(
          'No browser found. Install Chrome or Chromium, or set PADDOCK_CHROMIUM to its path, and try again.',
        );
      }
      say(`browser: ${path}`);
      remember({ browser: path });
      return path;
    }))
  );
}

/** Path of a Firefox, or undefined. It is looked for everywhere, but installed only in CI: people keep their own machine. */
export async function ensureFirefox() {
  if (!firefoxPath() && process.env.CI === 'true') await locked(() => apt(['firefox-esr']));
  return firefoxPath();
}
