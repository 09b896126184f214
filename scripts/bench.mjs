// Runs the benches one after another (a second one at the same time would spoil the figures): bench/*.bench.ts or .mjs,
// or those whose names contain one of the words given.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDeps, modules, root, say } from './setup.mjs';

const words = process.argv.slice(2);
const folder = join(root, 'bench');
const files = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((name) => /\.bench\.(?:ts|mjs)$/.test(name))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .sort();
await ensureDeps();

let failed = 0;
const out = join(modules, '.cache', 'paddock-bench');
for (const name of files) {
  say(name);
  let file = join(folder, name);
  if (name.endsWith('.ts')) {
    // Node 20 reads no TypeScript: bundle first, as the headless runner is.
    const { build } = await import('vite');
    const entry = `${name.replace(/\.ts$/, '')}.mjs`;
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: file,
        target: 'node20',
        outDir: out,
        emptyOutDir: false,
        copyPublicDir: false,
        minify: false,
        // Constants stay `const`, as they do in the page's worker and in the headless runner.
        rolldownOptions: { output: { entryFileNames: entry, codeSplitting: false, topLevelVar: false } },
      },
    });
    file = join(out, entry);
  }
  if (spawnSync(process.execPath, ['--expose-gc', file], { cwd: root, stdio: 'inherit' }).status !== 0)
    failed++;
}
say(`${files.length} benches${failed ? `, ${failed} failed` : ''}`);
process.exitCode = failed ? 1 : 0;
