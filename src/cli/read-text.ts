import { readFileSync } from 'node:fs';
import { InputError } from './options.ts';

/** Text of a file. Throws an InputError that names it. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    throw new InputError(
      `${file}: ${code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a folder; name the file in it' : 'cannot be read'}`,
    );
  }
}
