/** Console line to command object. */
import type { Command } from '../sim/model/command.ts';
import { elsewhere } from './elsewhere.ts';
import { VERBS } from './registry.ts';
import { nearest } from './suggest.ts';
import { UsageError } from './usage-error.ts';
import { asText, type VerbSpec } from './verb-spec.ts';
import { splitWords, type Word } from './words.ts';

/** `column` counts from 1 in the line. */
export type ParsedCommand =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly message: string; readonly column: number };

/**
 * Reads one line in the grammar of the real tools (design §5). Never throws: a line that is no command is answered
 * with the kind of error that its tool would print, a column and, where one is near, a suggestion.
 */
export function parseCommand(line: string): ParsedCommand {
  try {
    const words = splitWords(line);
    if (words.length === 0) throw new UsageError('nothing to run: type a command, e.g. docker ps', 1);
    const { spec, args } = findVerb(words);
    return { ok: true, command: spec.parse(args, line.trimEnd().length + 1) };
  } catch (error) {
    if (error instanceof UsageError) return { ok: false, message: error.message, column: error.column };
    throw error;
  }
}

function findVerb(words: readonly Word[]): { spec: VerbSpec; args: readonly Word[] } {
  const typed = withoutManagementWord(words);
  for (const spec of VERBS) {
    const wanted = spec.words.split(' ');
    if (wanted.every((word, i) => textAt(typed, i) === word))
      return { spec, args: typed.slice(wanted.length) };
  }
  throw unknownVerb(typed);
}

/** `docker container kill` is `docker kill`, and `docker container ls` is `docker ps`. */
function withoutManagementWord(words: readonly Word[]): readonly Word[] {
  const [first, second, verb, ...rest] = words;
  if (!first || textAt(words, 0) !== 'docker' || !second || textAt(words, 1) !== 'container') return words;
  if (!verb) return [first];
  return [first, textAt(words, 2) === 'ls' ? { ...asText(verb), text: 'ps' } : verb, ...rest];
}

/** The error of the longest tool prefix that is right: `docker`, `docker compose`, `docker service`, `paddock`. */
function unknownVerb(words: readonly Word[]): UsageError {
  const heads = VERBS.map((spec) => spec.words.split(' '));
  const firstWord = words[0];
  const tool = textAt(words, 0);
  const tools = [...new Set(heads.map(([head = '']) => head))];
  if (!tools.includes(tool)) return unknownTool(tool, tools, firstWord?.column ?? 1);
  let depth = 1;
  while (
    heads.some(
      (head) =>
        head.length > depth + 1 && head.slice(0, depth + 1).every((word, i) => textAt(words, i) === word),
    )
  )
    depth++;
  const prefix = words
    .slice(0, depth)
    .map((_, i) => textAt(words, i))
    .join(' ');
  const next = [
    ...new Set(
      heads.filter((head) => head.slice(0, depth).join(' ') === prefix).map((head) => head[depth] ?? ''),
    ),
  ];
  const wrong = words[depth];
  const column = wrong?.column ?? (words[depth - 1]?.column ?? 1) + textAt(words, depth - 1).length;
  if (!wrong) return new UsageError(`${prefix}: say what to do: ${next.join(', ')}`, column);
  const text = textAt(words, depth);
  const near = nearest(text, next);
  const hint =
    elsewhere(words.map((_, i) => textAt(words, i))) ??
    (near === null ? `there is: ${next.join(', ')}` : `did you mean '${prefix} ${near}'?`);
  const error =
    depth === 1
      ? `${tool}: unknown command: ${tool} ${text}`
      : `unknown ${tool} command: "${prefix.slice(tool.length + 1)} ${text}"`;
  return new UsageError(`${error}; ${hint}`, column);
}

function unknownTool(tool: string, tools: readonly string[], column: number): UsageError {
  if (tool === 'docker-compose')
    return new UsageError("docker-compose: command not found; did you mean 'docker compose'?", column);
  const near = nearest(tool, tools);
  const hint =
    elsewhere([tool]) ?? (near === null ? `there is: ${tools.join(', ')}` : `did you mean '${near}'?`);
  return new UsageError(`${tool === '' ? '$(…)' : tool}: command not found; ${hint}`, column);
}

function textAt(words: readonly Word[], i: number): string {
  const word = words[i];
  return word?.kind === 'text' ? word.text : '';
}
