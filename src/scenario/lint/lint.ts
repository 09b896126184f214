import { parseScenario } from '../parse.ts';
import { roleOfImage } from '../roles.ts';
import { openSource } from '../yaml/open.ts';
import { entriesAt, isMapAt, textAt, type Place } from '../yaml/place.ts';
import type { Problem } from '../yaml/report.ts';
import { RULES, herdOf, type Advice } from './rules.ts';
import { secretsIn } from './secrets.ts';

/** Advice with its position; `line` and `column` count from 1. */
export interface Finding extends Problem {
  readonly rule: string;
}

interface Linted {
  /** Why the file cannot be run at all; then nothing else was looked at. */
  readonly problems: readonly Problem[];
  /** In the order of the file. */
  readonly findings: readonly Finding[];
}

/** What is in a compose file that runs and will surprise whoever runs it, from the rules that the simulation follows. */
export function lintCompose(text: string, file: string): Linted {
  const { scenario, problems } = parseScenario(text, file);
  const { root, report } = openSource(text, file);
  if (scenario === null || root === null) return { problems, findings: [] };
  const herd = herdOf(scenario);
  const services = entriesAt(entriesAt(root).get('services') ?? root);
  const advice: Advice[] = [
    ...(herd === null ? [] : RULES.flatMap((rule) => rule(herd))),
    ...[...services].flatMap(([name, service]) => secretsIn(name, service, isPostgres(service))),
  ];
  const findings = advice.map(({ rule, at, says }) => ({ rule, ...position(root, at, says, file) }));
  // What this pass itself reports of the file has been said by the other.
  report.problems.length = 0;
  return { problems: [], findings: findings.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

const isPostgres = (service: Place): boolean =>
  roleOfImage(textAt(entriesAt(service).get('image') ?? service) ?? '').kind === 'postgres';

/** The place that the keys lead to, or as far as they lead. */
function position(root: Place, keys: readonly string[], message: string, file: string): Problem {
  let place = root;
  for (const key of keys) {
    const next = isMapAt(place) ? entriesAt(place).get(key) : undefined;
    if (next === undefined) break;
    place = next;
  }
  const before = place.report.problems.length;
  place.report.problem(message, place.at, place.node);
  const { line, column } = place.report.problems[before] ?? { line: 1, column: 1 };
  place.report.problems.length = before;
  return { file, line, column, message };
}
