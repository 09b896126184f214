/** `solution.yaml` and `ablation.yaml`: command lists that are played headless. */
import * as v from 'valibot';
import { parseDuration } from '../commands/duration.ts';
import { parseCommand } from '../commands/parse-command.ts';
import { checkedYaml } from './checked-yaml.ts';
import type { Plan } from './lesson.ts';
import type { Problem } from './problem.ts';

const duration = v.pipe(
  v.string('must be a duration such as 10s'),
  v.transform((text) => parseDuration(text)),
  v.number('must be a duration such as 10s or 1m30s'),
  v.integer('must be a whole number of ms'),
);

const PLAN = v.strictObject({
  scenario: v.optional(v.string("must be a name from the lesson's scenarios")),
  set: v.optional(
    v.array(v.pipe(v.string('must be path=value'), v.includes('=', 'must be path=value')), 'must be a list'),
    [],
  ),
  do: v.array(
    v.strictObject({ at: duration, do: v.string('must be a command') }),
    'must be a list of { at, do }',
  ),
  until: v.optional(duration),
});
const KEYS = ['scenario', 'set', 'do', 'until', 'at'];

/** How long a plan goes on after its last command, unless it says. */
const AFTERMATH_MS = 20_000;

export interface PlanOptions {
  /** The first is where a plan is played that names none. */
  readonly scenes: readonly string[];
  readonly defaultScene: string;
}

/** Null with problems when the text is no plan for these scenes. */
export function readPlan(
  text: string,
  file: string,
  { scenes, defaultScene }: PlanOptions,
): { plan: Plan | null; problems: readonly Problem[] } {
  const { value, placeOf, problems } = checkedYaml(PLAN, KEYS, text, file);
  if (value === null) return { plan: null, problems };
  const found: Problem[] = [];
  const scene = value.scenario ?? defaultScene;
  if (!scenes.includes(scene)) {
    found.push({
      file,
      ...placeOf(['scenario']),
      message: `unknown scenario '${scene}'; the lesson has ${scenes.join(', ')}`,
    });
  }
  for (const [index, line] of value.do.entries()) {
    const parsed = parseCommand(line.do);
    if (!parsed.ok) found.push({ file, ...placeOf(['do', index, 'do']), message: parsed.message });
  }
  const last = Math.max(0, ...value.do.map((line) => line.at));
  const untilMs = value.until ?? last + AFTERMATH_MS;
  if (untilMs <= last)
    found.push({ file, ...placeOf(['until']), message: 'until: ends before the last command' });
  return found.length > 0
    ? { plan: null, problems: found }
    : { plan: { file, scene, set: value.set, do: value.do, untilMs }, problems: [] };
}
