/** `lint FILE [DOCKERFILE]`: what will surprise whoever runs it. */
import { lintDockerfile } from '../scenario/lint/dockerfile.ts';
import { lintCompose, type Finding } from '../scenario/lint/lint.ts';
import { InputError, readOptions } from './options.ts';
import { readText } from './read-text.ts';

/** A line for each finding, with its place and the rule of SPEC.md. Throws an InputError for a file that cannot be run. */
export function lintFiles(argv: readonly string[]): { readonly ok: boolean; readonly report: string } {
  const { words } = readOptions(argv, []);
  const [compose, dockerfile, ...more] = words;
  if (compose === undefined || more.length > 0)
    throw new InputError(
      'lint needs a compose file, and may have a Dockerfile: sim lint compose.yaml Dockerfile',
    );
  const { problems, findings } = lintCompose(readText(compose), compose);
  if (problems.length > 0)
    throw new InputError(problems.map((p) => `${p.file}:${p.line}:${p.column}: ${p.message}`).join('\n'));
  const image = dockerfile === undefined ? [] : lintDockerfile(readText(dockerfile), dockerfile);
  const all = [...findings, ...image];
  return { ok: all.length === 0, report: all.length === 0 ? 'nothing to say' : all.map(lineOf).join('\n') };
}

const lineOf = ({ file, line, column, message, rule }: Finding): string =>
  `${file}:${line}:${column}: ${message} (${rule})`;
