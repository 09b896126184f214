// Is an output still that of its sources? By a fingerprint of names, sizes and times, so that deleting a file counts too.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { modules, root } from './setup.mjs';

function walk(path, into) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory()) for (const name of readdirSync(path).sort()) walk(join(path, name), into);
  else if (stat && !/\.test\.tsx?$/.test(path)) into.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
}

/** `output` made from `sources` (paths from the root): `fresh()` asks, `remember()` is called after making it. */
export function freshness(name, output, sources) {
  const stamp = join(modules, '.cache', 'paddock', `${name}.fingerprint`);
  const hash = createHash('sha256').update(process.version);
  for (const source of sources) walk(join(root, source), hash);
  const now = hash.digest('hex');
  return {
    fresh: () => existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now,
    remember: () => {
      mkdirSync(dirname(stamp), { recursive: true });
      writeFileSync(stamp, now);
    },
  };
}
