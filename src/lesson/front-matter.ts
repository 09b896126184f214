/** The head of a lesson: what it is called, what it puts on the stage, what it stands on. */
import * as v from 'valibot';
import { checkedYaml, type CheckedYaml } from './checked-yaml.ts';
import { CONTROLS } from './controls.ts';

const text = v.pipe(v.string('must be text'), v.trim(), v.nonEmpty('must not be empty'));
const NAME = /^[a-z][a-z0-9-]*$/;
const name = v.pipe(
  v.string('must be a name'),
  v.regex(NAME, "must be a name in small letters, digits and '-'"),
);

/** What a translation translates; the rest it takes from its source. */
const WORDS = {
  id: name,
  title: text,
  part: text,
  idea: text,
};

const FRONT = v.strictObject({
  ...WORDS,
  minutes: v.pipe(
    v.number('must be a number'),
    v.integer('must be whole'),
    v.minValue(1, 'must be 1 or more'),
    v.maxValue(15, 'must be 15 or less; make it two lessons'),
  ),
  scenarios: v.pipe(
    v.record(
      name,
      v.pipe(text, v.regex(/\.ya?ml$/, 'must be the path of a compose file')),
      'must name at least one compose file: `herd: ../../scenarios/herd.compose.yaml`',
    ),
    v.check((scenarios) => Object.keys(scenarios).length > 0, 'must name at least one compose file'),
  ),
  controls: v.optional(
    v.array(v.picklist(CONTROLS, `must be among ${CONTROLS.join(', ')}`), 'must be a list'),
    [],
  ),
  sources: v.pipe(
    v.array(
      v.pipe(
        text,
        v.regex(
          /^(?:[SCR]-\d+|https?:\/\/\S+)$/,
          'must be a rule (S-44), a correction (C-3), a measurement (R-1) or an address',
        ),
      ),
      'must be a list',
    ),
    v.minLength(1, 'must name what the lesson stands on'),
  ),
});
const TRANSLATED = v.strictObject(WORDS);

export type FrontMatter = v.InferOutput<typeof FRONT>;
export type TranslatedFrontMatter = v.InferOutput<typeof TRANSLATED>;

/** The text between the `---` lines and the line on which it begins; empty when the lesson has none. */
export function frontMatterText(lesson: string): { readonly text: string; readonly firstLine: number } {
  const match = /^---[ \t]*\n([\s\S]*?)^---[ \t]*$/m.exec(lesson);
  return match?.index === 0 ? { text: match[1] ?? '', firstLine: 2 } : { text: '', firstLine: 1 };
}

/** Reads the head of a lesson that is no translation. */
export function readFrontMatter(lesson: string, file: string): CheckedYaml<FrontMatter> {
  const head = frontMatterText(lesson);
  return checkedYaml(FRONT, Object.keys(FRONT.entries), head.text, file, head.firstLine);
}

/** Reads the head of a translation. */
export function readTranslatedFrontMatter(lesson: string, file: string): CheckedYaml<TranslatedFrontMatter> {
  const head = frontMatterText(lesson);
  return checkedYaml(TRANSLATED, Object.keys(WORDS), head.text, file, head.firstLine);
}
