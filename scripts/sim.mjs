// Launches the headless runner: bundles src/cli/main.ts when its sources changed, then runs it in this process.
// stdout and the exit code are the runner's own; all talk here goes to stderr.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freshness } from './fresh.mjs';
import { die, ensureDeps, modules, root } from './setup.mjs';

await ensureDeps();
const bundle = join(modules, '.cache', 'paddock-cli', 'main.mjs');
const sources = ['src', 'lessons', 'scripts', 'vite.cli.config.ts', 'package-lock.json'];
const state = freshness('cli', bundle, sources);
if (!state.fresh()) {
  if (!existsSync(join(root, 'src', 'cli', 'main.ts'))) die('there is no src/cli/main.ts to run');
  const vite = join(modules, 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--config', 'vite.cli.config.ts', '--logLevel', 'warn'];
  const built = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (built.status !== 0) die('the runner could not be built; see above');
  state.remember();
}
process.argv[1] = bundle;
await import(pathToFileURL(bundle).href);
