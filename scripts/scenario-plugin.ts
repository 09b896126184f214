/** `import herd from './x.compose.yaml?scenario'`: the text of a compose file and what it says, read at build time. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Plugin } from 'vite';
import { parseScenario } from '../src/scenario/parse.ts';

const QUERY = '?scenario';

export function scenarios(): Plugin {
  return {
    name: 'paddock-scenarios',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith(QUERY)) return undefined;
      const path = id.slice(0, -QUERY.length);
      const file = basename(path);
      const source = readFileSync(path, 'utf8');
      this.addWatchFile(path);
      const { scenario, problems, notes } = parseScenario(source, file);
      const [problem] = problems;
      if (problem) return this.error(`${path}:${problem.line}:${problem.column} ${problem.message}`);
      return `export default ${literal({ source, ready: { scenario, notes } })}`;
    },
  };
}

/** JSON, but for numbers that JSON has no word for: no limit is Infinity. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .map(([key, v]) => `${JSON.stringify(key)}:${literal(v)}`)
      .join(',')}}`;
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'null');
}
