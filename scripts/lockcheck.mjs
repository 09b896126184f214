// package-lock.json must serve every platform: each optional binary a package names is in it, or `npm ci` leaves some
// other machine without its compiler. And it must name no registry, or it works behind one proxy only.
import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
const { packages } = JSON.parse(text);
const faults = [];

/** Node's own look-up: in the package's node_modules, then in each one above. */
function found(from, dependency) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${dependency}`]) return true;
    if (!at) return false;
  }
}
for (const [path, entry] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!found(path, name)) faults.push(`missing ${name}@${range} (of ${path})`);
  }
  if (path && !entry.integrity && !entry.link && !entry.inBundle) faults.push(`no integrity: ${path}`);
  if (entry.resolved) faults.push(`names a registry: ${path}`);
  if (entry.hasInstallScript && !entry.optional)
    faults.push(`needs an install script, which set-up skips: ${path}`);
}
for (const fault of faults) console.error(fault);
console.log(faults.length ? `lock file: ${faults.length} faults` : 'lock file complete');
process.exitCode = faults.length ? 1 : 0;
