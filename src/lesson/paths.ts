/** Paths inside the repository, always with `/`. */

export interface LessonPath {
  readonly lang: string;
  readonly number: number;
  readonly slug: string;
}

const LESSON = /(?:^|\/)lessons\/([a-z]{2}(?:-[A-Z]{2})?)\/(\d{2})-([a-z0-9-]+)\/lesson\.md$/;

/** The parts of `lessons/<lang>/NN-slug/lesson.md`, or null when it is no such path. */
export function lessonPath(file: string): LessonPath | null {
  const match = LESSON.exec(file);
  return match === null ? null : { lang: match[1] ?? '', number: Number(match[2]), slug: match[3] ?? '' };
}

/** `relative` as seen from the folder of `file`, without `.` and `..`. */
export function besides(file: string, relative: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
