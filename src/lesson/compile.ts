/** `lesson.md` to a lesson, or to the list of everything that is wrong with it. Pure: files are read by the caller. */
import Markdoc, { type Node } from '@markdoc/markdoc';
import type { CheckedYaml } from './checked-yaml.ts';
import { checkContent } from './content-rules.ts';
import {
  readFrontMatter,
  readTranslatedFrontMatter,
  type FrontMatter,
  type TranslatedFrontMatter,
} from './front-matter.ts';
import type { Lesson, Plan, Scene } from './lesson.ts';
import { checkMarkdoc, foreignTags, unknownTag } from './markdoc-check.ts';
import { besides, lessonPath } from './paths.ts';
import { parseScenario } from '../scenario/parse.ts';
import type { Scenario } from '../sim/model/scenario.ts';
import { readPlan } from './plan.ts';
import type { Problem } from './problem.ts';
import { Reading } from './reading.ts';
import { SourceText } from './source-text.ts';
import { namedTags, readSteps } from './steps.ts';
import { TAGS } from './tags/registry.ts';
import { checkTranslation } from './translation.ts';
import { walkNodes } from './walk.ts';

export interface LessonInput {
  /** `lessons/<lang>/NN-slug/lesson.md`, from the repository's root. */
  readonly file: string;
  readonly text: string;
  /** Text of another file by its path from the repository's root; null when there is none. */
  readonly read: (path: string) => string | null;
  /** The lesson that this one translates. Scenarios, solution and ablation are the source's. */
  readonly source?: { readonly file: string; readonly text: string };
}

export interface Compiled {
  /** Null when there are problems. */
  readonly lesson: Lesson | null;
  readonly problems: readonly Problem[];
}

/** Compiles one lesson. Problems come in the order of their lines. */
export function compileLesson(input: LessonInput): Compiled {
  const { file, text } = input;
  const path = lessonPath(file);
  if (path === null)
    return failed([
      { file, line: 1, column: 1, message: 'a lesson is lessons/<language>/NN-name/lesson.md' },
    ]);
  const head = readHead(input);
  if (head.front === null) return failed(head.problems);
  const { front, words } = head;
  const problems: Problem[] = [...head.problems];
  if (words.id !== path.slug)
    problems.push({
      file,
      ...head.placeOf(['id']),
      message: `id: must be the folder's name without its number, '${path.slug}'`,
    });

  const root = Markdoc.parse(text, file);
  const places = new SourceText(text, root);
  problems.push(...checkMarkdoc(root, file, places, TAGS));
  problems.push(...builtInTags(root, file, places));

  const home = input.source?.file ?? file;
  const scenes = readScenes(front, home, input, head);
  problems.push(...scenes.problems);
  const names = Object.keys(front.scenarios);
  const firstScene = names[0] ?? '';
  const named = namedTags(root, firstScene);
  const reading = new Reading(
    file,
    places,
    named,
    new Map(TAGS.map((tag) => [tag.name, tag])),
    scenes.scenarios,
  );
  reading.scene = firstScene;
  reading.sources = front.sources;
  const steps = readSteps(root, words.title, names, reading);
  const content = checkContent(named, reading, steps);
  problems.push(...reading.problems);
  if (input.source) problems.push(...checkTranslation(Markdoc.parse(input.source.text), root, file, places));

  const goal =
    [...walkNodes(steps.flatMap(({ nodes }) => nodes))].find((node) => node.kind === 'goal') ?? null;
  const defaultScene = goal?.scene ?? content.goalScene ?? firstScene;
  const solution = plan('solution.yaml', home, input, names, defaultScene);
  const ablation = plan('ablation.yaml', home, input, names, defaultScene);
  problems.push(...solution.problems, ...ablation.problems);

  if (problems.length > 0 || goal === null || solution.plan === null || ablation.plan === null)
    return failed(problems);
  const { minutes, controls, sources } = front;
  const { id, title, part, idea } = words;
  return {
    problems: [],
    lesson: {
      id,
      number: path.number,
      lang: path.lang,
      title,
      part,
      idea,
      minutes,
      controls,
      sources,
      scenes: scenes.scenes,
      steps,
      goal,
      solution: solution.plan,
      ablation: ablation.plan,
    },
  };
}

function failed(problems: readonly Problem[]): Compiled {
  const sorted = problems.toSorted((a, b) =>
    a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1,
  );
  return { lesson: null, problems: sorted };
}

interface Head {
  /** Of the source, when this is a translation. */
  readonly front: FrontMatter | null;
  readonly words: TranslatedFrontMatter;
  readonly placeOf: CheckedYaml<unknown>['placeOf'];
  readonly problems: readonly Problem[];
}

function readHead({ file, text, source }: LessonInput): Head {
  const nothing: TranslatedFrontMatter = { id: '', title: '', part: '', idea: '' };
  if (source === undefined) {
    const { value, placeOf, problems } = readFrontMatter(text, file);
    return { front: value, words: value ?? nothing, placeOf, problems };
  }
  const front = readFrontMatter(source.text, source.file);
  const words = readTranslatedFrontMatter(text, file);
  const problems = [...front.problems, ...words.problems];
  return {
    front: words.value === null ? null : front.value,
    words: words.value ?? nothing,
    placeOf: words.placeOf,
    problems,
  };
}

interface ReadScenes {
  readonly scenes: readonly Scene[];
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly problems: readonly Problem[];
}

function readScenes(
  { scenarios: named }: FrontMatter,
  home: string,
  { read, file }: LessonInput,
  head: Head,
): ReadScenes {
  const scenes: Scene[] = [];
  const scenarios = new Map<string, Scenario>();
  const problems: Problem[] = [];
  for (const [name, relative] of Object.entries(named)) {
    const path = besides(home, relative);
    const text = read(path);
    if (text === null) {
      const message = `scenarios.${name}: there is no file ${path}`;
      problems.push({ file, ...head.placeOf(['scenarios', name]), message });
      continue;
    }
    scenes.push({ name, file: path, text });
    const parsed = parseScenario(text, path);
    problems.push(...parsed.problems);
    if (parsed.scenario) scenarios.set(name, parsed.scenario);
  }
  return { scenes, scenarios, problems };
}

function plan(
  name: string,
  home: string,
  { read }: LessonInput,
  scenes: readonly string[],
  defaultScene: string,
): { plan: Plan | null; problems: readonly Problem[] } {
  const file = besides(home, name);
  const text = read(file);
  if (text === null)
    return {
      plan: null,
      problems: [
        {
          file,
          line: 1,
          column: 1,
          message: 'missing; every lesson has a solution.yaml and an ablation.yaml',
        },
      ],
    };
  return readPlan(text, file, { scenes, defaultScene });
}

/** Markdoc would carry its own tags out; a lesson has only ours. */
function builtInTags(root: Node, file: string, places: SourceText): Problem[] {
  const builtIn = new Set(Object.keys(Markdoc.tags));
  return foreignTags(root, TAGS)
    .filter((node) => builtIn.has(node.tag ?? ''))
    .map((node) => ({ file, ...places.placeOf(node), message: unknownTag(node.tag ?? '', TAGS) }));
}
