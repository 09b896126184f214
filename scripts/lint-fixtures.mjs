// Proves that the lint rules bite: every line in test/lint-fixtures that ends in `// expect rule …` must be reported by
// exactly those rules, and no other line by any. A ban without a fixture fails too.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { modules, root } from './setup.mjs';

const config = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8'));
const fixtures = join(root, 'test', 'lint-fixtures');
const faults = [];

/** "file:line" → sorted rule names. */
const table = (pairs) => {
  const map = new Map();
  for (const [at, rule] of pairs) map.set(at, [...(map.get(at) ?? []), rule].sort());
  return map;
};

// In a folder of its own, where the house's exemption of test/ does not reach.
const box = mkdtempSync(join(tmpdir(), 'paddock-lint-'));
let report;
try {
  cpSync(fixtures, box, { recursive: true });
  cpSync(join(root, 'tsconfig.base.json'), join(box, 'tsconfig.base.json'));
  const tsconfig = readFileSync(join(box, 'tsconfig.json'), 'utf8').replace('../../', './');
  writeFileSync(join(box, 'tsconfig.json'), tsconfig);
  config.ignorePatterns = [];
  config.jsPlugins = config.jsPlugins.map((path) => join(root, path));
  delete config.$schema;
  writeFileSync(join(box, '.oxlintrc.json'), JSON.stringify(config));
  const args = [join(modules, 'oxlint', 'bin', 'oxlint'), '--type-aware', '--format=json'];
  const env = { ...process.env, PATH: `${join(modules, '.bin')}:${process.env.PATH}` };
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: box, env, encoding: 'utf8' });
  if (!stdout.trim().startsWith('{')) throw new Error(`oxlint said:\n${stdout}${stderr}`);
  report = JSON.parse(stdout);
} finally {
  rmSync(box, { recursive: true, force: true });
}
const got = table(
  report.diagnostics.map((d) => [`${d.filename.replaceAll('\\', '/')}:${d.labels[0]?.span.line}`, d.code]),
);

const sources = readdirSync(fixtures, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));
const expected = table(
  sources.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        const rules = /\/\/ expect (.+)$/.exec(line)?.[1].split(' ') ?? [];
        const name = relative(fixtures, file).replaceAll('\\', '/');
        return rules.map((rule) => [`${name}:${index + 1}`, rule]);
      }),
  ),
);
for (const at of new Set([...expected.keys(), ...got.keys()])) {
  const [want, have] = [expected.get(at) ?? [], got.get(at) ?? []].map(
    (rules) => rules.join(' ') || 'nothing',
  );
  if (want !== have) faults.push(`${at}: expected ${want}, got ${have}`);
}

const text = sources.map((file) => readFileSync(file, 'utf8')).join('\n');
const ruleSets = [config.rules, ...config.overrides.map((override) => override.rules)];
for (const rules of ruleSets) {
  for (const [rule, setting] of Object.entries(rules)) {
    if (!rule.startsWith('no-restricted-') || setting === 'off') continue;
    for (const { name, property } of setting.slice(1)) {
      const tried = new RegExp(`\\b${name ?? property}\\b.*// expect`).test(text);
      if (!tried) faults.push(`${rule} bans ${name ?? property}, which no fixture tries`);
    }
  }
}

for (const fault of faults) console.error(fault);
console.log(
  faults.length ? `${faults.length} faults` : `${expected.size} banned lines are reported, and no other`,
);
process.exitCode = faults.length ? 1 : 0;
