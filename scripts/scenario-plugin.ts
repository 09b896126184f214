/**
 * Compose files, read at build time. `import herd from './x.compose.yaml?scenario'`: the text and what it says;
 * `import still from './x.compose.yaml?still'`: the herd after its first seconds, as a picture without words.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Plugin } from 'vite';
import { parseScenario } from '../src/scenario/parse.ts';
import { createRun } from '../src/sim/create-run.ts';
import type { Scenario } from '../src/sim/model/scenario.ts';
import { stageDisplayList } from '../src/viz/stage/display-list.ts';
import { LATE } from '../src/viz/stage/late.ts';
import { layoutStage } from '../src/viz/stage/layout.ts';
import type { DisplayList } from '../src/viz/stage/ops.ts';
import { STILL_SIZE, withoutWords } from '../src/viz/stage/still.ts';

const QUERIES = ['?scenario', '?still'] as const;
/** Virtual ms after which everybody has found a container. */
const STILL_AT = 4000;

/** `ready` = with what the files say: not for a page that carries the reader with it anyway. */
export function scenarios({ ready }: { readonly ready: boolean }): Plugin {
  return {
    name: 'paddock-scenarios',
    enforce: 'pre',
    load(id) {
      const query = QUERIES.find((one) => id.endsWith(one));
      if (!query) return undefined;
      const path = id.slice(0, -query.length);
      const file = basename(path);
      const source = readFileSync(path, 'utf8');
      this.addWatchFile(path);
      const { scenario, problems, notes } = parseScenario(source, file);
      const [problem] = problems;
      if (problem) return this.error(`${path}:${problem.line}:${problem.column} ${problem.message}`);
      if (query === '?still') return `export default ${literal(scenario && still(scenario))}`;
      return `export default ${literal({ source, ...(ready ? { ready: { scenario, notes } } : {}) })}`;
    },
  };
}

function still(scenario: Scenario): DisplayList {
  const run = createRun(scenario, scenario.seed);
  run.advance(STILL_AT);
  const view = run.view();
  return withoutWords(
    stageDisplayList({
      view,
      legs: run.legs(STILL_AT, STILL_AT),
      t: STILL_AT,
      stretchMs: 450,
      layout: layoutStage(view, STILL_SIZE),
      late: LATE,
      reducedMotion: true,
      highlight: null,
      hover: null,
    }),
  );
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
