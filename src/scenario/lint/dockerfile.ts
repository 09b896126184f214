import type { Finding } from './lint.ts';
import { isSecret } from './secrets.ts';

interface Instruction {
  readonly name: string;
  readonly rest: string;
  readonly line: number;
}

/** What the image is, instruction by instruction: continued lines are one, comments are none. */
function instructions(text: string): Instruction[] {
  const found: Instruction[] = [];
  let open = '';
  let from = 0;
  text.split(/\r?\n/).forEach((raw, k) => {
    if (/^\s*#/.test(raw) || (open === '' && raw.trim() === '')) return;
    if (open === '') from = k + 1;
    open += raw;
    if (/\\\s*$/.test(raw)) {
      open = `${open.replace(/\\\s*$/, '')} `;
      return;
    }
    const [, name = '', rest = ''] = /^\s*(\S+)\s*(.*)$/s.exec(open) ?? [];
    found.push({ name: name.toUpperCase(), rest: rest.trim(), line: from });
    open = '';
  });
  return found;
}

/** What its last stage leaves behind that will surprise whoever runs it. */
export function lintDockerfile(text: string, file: string): Finding[] {
  const all = instructions(text);
  const stage = all.slice(
    Math.max(
      0,
      all.findLastIndex(({ name }) => name === 'FROM'),
    ),
  );
  const findings: Finding[] = [];
  const say = (at: Instruction, rule: string, message: string): void => {
    findings.push({ file, line: at.line, column: 1, rule, message });
  };
  for (const at of all) {
    if (at.name === 'FROM' && mayMove(baseOf(at)) && !isStage(all, at))
      say(at, 'S-123', 'the base image has no version: two builds of this file may differ; name one');
    if (at.name === 'ENV' || at.name === 'ARG')
      for (const [, variable = ''] of at.rest.matchAll(/(?:^|\s)(\w+)(?:=|\s+)\S/g))
        if (isSecret(variable))
          say(
            at,
            'S-122',
            `${variable} is baked into the image: it changes with the image only, and everyone who has the image has it`,
          );
  }
  const last = (name: string): Instruction | undefined => stage.findLast((at) => at.name === name);
  const main = last('ENTRYPOINT') ?? last('CMD');
  if (main !== undefined && !main.rest.startsWith('[') && !/^exec\s/.test(main.rest))
    say(
      main,
      'S-15',
      `${main.name} in shell form: a shell is PID 1 and swallows SIGTERM; write ${main.name} ["program", "argument"]`,
    );
  for (const at of stage)
    if (at.name === 'VOLUME')
      say(
        at,
        'S-23',
        'every container gets an anonymous volume here, which a replacement does not find again; mount a named one',
      );
  return findings.toSorted((a, b) => a.line - b.line);
}

/** Image or stage that a FROM names. */
const baseOf = (from: Instruction): string => from.rest.replace(/^(?:--\S+\s+)*/, '').split(/\s/)[0] ?? '';

/** Neither a tag other than latest nor a digest, and no variable that may bring one. */
const mayMove = (image: string): boolean =>
  image !== 'scratch' && /^(?:[^:@$]+|[^@$]+:latest)$/.test(image.slice(image.lastIndexOf('/') + 1));

/** Whether a FROM names a stage of this file. */
const isStage = (all: readonly Instruction[], at: Instruction): boolean =>
  all.some(
    ({ name, rest, line }) => name === 'FROM' && line < at.line && rest.split(/\s+as\s+/i)[1] === baseOf(at),
  );
