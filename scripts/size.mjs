// Size budgets, gzip, as a browser downloads them. First load is all the script a person waits for before the first
// running frame: the entry, what it imports statically, and the worker. Fonts and CSS load beside it and are not counted.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './setup.mjs';

const KB = 1000;
const BUDGET = { 'first load': 170 * KB, 'embed.html': 400 * KB, 'paddock.js': 3 * KB };

const dist = join(root, 'dist');
const manifestFile = join(dist, '.vite', 'manifest.json');
const gzip = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
const rows = [];

if (existsSync(manifestFile)) {
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const first = new Set();
  const follow = (key) => {
    if (first.has(manifest[key].file)) return;
    first.add(manifest[key].file);
    for (const next of manifest[key].imports ?? []) follow(next);
  };
  follow('index.html');
  // Vite's manifest lists no workers: a script it does not know is one, or a part of one. Only what the worker imports
  // statically is waited for; a part that it fetches later (the reader of compose files) is not.
  const listed = new Set(Object.values(manifest).map((chunk) => chunk.file));
  const scripts = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js'));
  const unlisted = scripts.filter((name) => !listed.has(`assets/${name}`));
  const text = (name) => readFileSync(join(dist, 'assets', name), 'utf8');
  const imports = (name) =>
    [...text(name).matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)].map((m) => m[1]);
  const workers = unlisted.filter((name) => name.startsWith('worker-'));
  if (workers.length === 0)
    throw new Error('no worker was built: whatever it is called now, it has to be counted');
  const wait = (name) => {
    if (first.has(`assets/${name}`)) return;
    first.add(`assets/${name}`);
    for (const next of imports(name)) wait(next);
  };
  for (const name of workers) wait(name);
  // The herd that opens first runs on Swarm behind HAProxy: their rules come before its first frame.
  for (const name of unlisted) if (/^(swarm|haproxy)-/.test(name)) wait(name);
  for (const file of first) rows.push([`  ${file}`, gzip(file)]);
  rows.push(['first load', rows.reduce((sum, [, size]) => sum + size, 0)]);
}
for (const file of ['embed.html', 'paddock.js'])
  if (existsSync(join(dist, file))) rows.push([file, gzip(file)]);

let over = 0;
for (const [name, size] of rows) {
  const budget = BUDGET[name];
  const verdict = budget === undefined ? '' : ` of ${budget / KB}${size > budget ? '  TOO BIG' : ''}`;
  if (size > (budget ?? Infinity)) over++;
  console.log(`${name.padEnd(44)} ${(size / KB).toFixed(1).padStart(7)} kB gzip${verdict}`);
}
if (rows.length === 0) console.log('nothing built');
process.exitCode = over ? 1 : 0;
