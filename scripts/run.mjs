// The one entry behind npm's scripts: sets the machine up, then starts, tests or builds.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { die, ensureChromium, ensureDeps, ensureFirefox, modules, root } from './setup.mjs';

const [task, ...rest] = process.argv.slice(2);

function vite(args) {
  const command = [join(modules, 'vite', 'bin', 'vite.js'), ...args, ...rest];
  const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 0));
}

await ensureDeps();
if (task === 'start') {
  if (!ensureBuild()) die('the build failed; see above.');
  // Vite prints the address, and takes the next free port when this one is taken.
  vite(['preview', '--host', '127.0.0.1', '--port', process.env.PORT ?? '4173']);
} else if (task === 'dev') {
  vite([]);
} else if (task === 'build') {
  if (!ensureBuild({ force: true })) die('the build failed; see above.');
} else if (task === 'test') {
  const chromium = await ensureChromium();
  const firefox = await ensureFirefox();
  const { test } = await import('./test.mjs');
  process.exitCode = await test({ chromium, firefox, only: rest });
} else {
  die('usage: node scripts/run.mjs start | test [step …] | dev | build');
}
