/** The name of the Compose project: containers are `<name>-<service>-<n>`. */
import { complain, isEmpty, textAt, type Place } from './yaml/place.ts';

const VALID = /^[a-z0-9][a-z0-9_-]*$/;

/** As written, else after the file as Compose does it after the folder; a note says so. */
export function projectName(place: Place | undefined, file: string, root: Place): string {
  if (place && !isEmpty(place)) {
    const name = textAt(place) ?? '';
    if (!VALID.test(name))
      complain(
        place,
        `'${name}' is not a project name; use lowercase letters, digits, '-' and '_', e.g. ${tidy(name)}`,
      );
    return name;
  }
  const name = fromFile(file);
  root.report.note(`no name: the project is called ${name}`);
  return name;
}

function fromFile(file: string): string {
  const parts = file.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..');
  const base = (parts.at(-1) ?? '').replace(/\.ya?ml$/, '').replace(/[.-]?(?:docker-)?compose$/, '');
  return tidy(base === '' ? (parts.at(-2) ?? '') : base);
}

function tidy(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '');
  return VALID.test(name) ? name : 'app';
}
