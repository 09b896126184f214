/** Modules that `scripts/lessons-plugin.ts` makes of the files in lessons/. */

declare module 'virtual:lessons/*' {
  /** The lessons of a language in the order of the course, without their text. */
  const lessons: readonly import('./lesson.ts').LessonEntry[];
  export default lessons;
}

declare module 'virtual:lesson/*' {
  const lesson: import('./lesson.ts').Lesson;
  export default lesson;
}
