/** What one tag of the lesson language is: its attributes, and the node that it becomes. */
import type { Node, SchemaAttribute } from '@markdoc/markdoc';
import type { LessonNode } from '../lesson.ts';
import type { Reading } from '../reading.ts';

export interface TagSpec {
  readonly name: string;
  /** One line for the documentation. */
  readonly about: string;
  /** Written `{% name … /%}`: has no content. */
  readonly selfClosing?: boolean;
  /** Must stand on lines of its own. */
  readonly block?: boolean;
  readonly attributes: Readonly<Record<string, SchemaAttribute>>;
  /** Null when the tag is faulty (then reported) or draws nothing. */
  build(tag: Node, reading: Reading): LessonNode | null;
}

/** Ids are used in addresses and by other tags. */
export const ID: SchemaAttribute = {
  type: String,
  required: true,
  matches: /^[a-z][a-z0-9-]*$/,
  errorLevel: 'error',
};
