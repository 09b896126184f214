// No rule is switched off in place, and nothing is left "for later" in the code.
// A linter cannot check its own off switch, so this looks at the text.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

// Spelt in pieces, or this file would find itself.
const BANNED = new RegExp(
  [
    '(?:es|ox)lint-' + '(?:dis|en)able',
    '@ts-' + '(?:ignore|nocheck)',
    '\\bTO' + 'DO\\b',
    '\\bFIX' + 'ME\\b',
  ].join('|'),
);
const SKIP =
  /^(?:node_modules|dist|coverage|test-results|playwright-report|\.git)(?:\/|$)|\.(?:png|woff2|ico)$/;

/** Tracked files plus new ones; without git (a downloaded archive), all files. */
function files() {
  const git = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  if (git.status === 0) return git.stdout.split('\n').filter(Boolean);
  const entries = readdirSync(root, { withFileTypes: true }).filter((entry) => !SKIP.test(entry.name));
  return entries.flatMap((entry) =>
    entry.isDirectory()
      ? readdirSync(join(root, entry.name), { recursive: true, withFileTypes: true })
          .filter((inner) => inner.isFile())
          .map((inner) => join(inner.parentPath, inner.name).slice(root.length + 1))
      : [entry.name],
  );
}

let faults = 0;
for (const file of files()) {
  if (SKIP.test(file) || !existsSync(join(root, file))) continue;
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .forEach((line, index) => {
      if (!BANNED.test(line)) return;
      faults++;
      console.error(`${file}:${index + 1}: ${line.trim()}`);
    });
}
console.log(faults ? `${faults} excuses` : 'no excuses');
process.exitCode = faults ? 1 : 0;
