// dist/: the app, and beside it embed.html, the same simulator in one file.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freshness } from './fresh.mjs';
import { modules, root, say } from './setup.mjs';

const SOURCES = [
  'src',
  'lessons',
  'public',
  'scripts',
  'index.html',
  'embed.html',
  'vite.config.ts',
  'package-lock.json',
];

function vite(args) {
  const command = [join(modules, 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn', ...args];
  return spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', 2, 2] }).status === 0;
}

/** Builds if sources changed since the last build (or always, with `force`). False when the build failed. */
export function ensureBuild({ force = false } = {}) {
  if (!existsSync(join(root, 'index.html'))) {
    say('nothing to build: no index.html');
    return true;
  }
  const state = freshness('build', join(root, 'dist', 'index.html'), SOURCES);
  if (!force && state.fresh()) return true;
  say('building …');
  if (!vite([])) return false;
  if (existsSync(join(root, 'embed.html')) && !vite(['--mode', 'embed'])) return false;
  state.remember();
  return true;
}
