/** What the tags share while one lesson is read: where they are, which buttons there are, and what was found wrong. */
import type { Node } from '@markdoc/markdoc';
import { parseDuration } from '../commands/duration.ts';
import { parseCommand } from '../commands/parse-command.ts';
import { didYouMean } from '../commands/suggest.ts';
import type { Scenario } from '../sim/model/scenario.ts';
import type { Condition, Measure } from './condition/condition.ts';
import { parseCondition, parseMeasure, type Parsed } from './condition/parse.ts';
import type { Experiment, LessonNode } from './lesson.ts';
import type { Problem } from './problem.ts';
import { prose } from './prose.ts';
import type { SourceText } from './source-text.ts';
import type { TagSpec } from './tags/tag-spec.ts';

/** A tag with an id, found before any is built, because a prediction speaks of a button that follows it. */
export interface Named {
  readonly tag: string;
  readonly id: string;
  readonly scene: string;
  readonly node: Node;
}

export class Reading {
  readonly problems: Problem[] = [];
  /** The scene on the stage where the tag being built stands. */
  scene = '';
  /** What the lesson's head says it stands on. */
  sources: readonly string[] = [];
  private readonly file: string;
  private readonly source: SourceText;
  private readonly named: readonly Named[];
  private readonly tags: ReadonlyMap<string, TagSpec>;
  private readonly scenarios: ReadonlyMap<string, Scenario>;
  private readonly built = new Set<string>();

  constructor(
    file: string,
    source: SourceText,
    named: readonly Named[],
    tags: ReadonlyMap<string, TagSpec>,
    scenarios: ReadonlyMap<string, Scenario>,
  ) {
    this.file = file;
    this.source = source;
    this.named = named;
    this.tags = tags;
    this.scenarios = scenarios;
  }

  /** What is on the stage where the tag being built stands; null when its file is faulty. */
  get scenario(): Scenario | null {
    return this.scenarios.get(this.scene) ?? null;
  }

  /** Reports a fault of a node, at one of its attributes if named. */
  fault(node: Node, message: string, attribute?: string): null {
    const place =
      attribute === undefined ? this.source.placeOf(node) : this.source.placeOfAttribute(node, attribute);
    this.problems.push({ file: this.file, ...place, message });
    return null;
  }

  /** Reports a fault at character `offset` of a string in one of the tag's attributes. */
  faultInside(tag: Node, value: string, offset: number, message: string): null {
    this.problems.push({ file: this.file, ...this.source.placeInside(tag, value, offset), message });
    return null;
  }

  /** Reports what the lesson does not have. */
  missing(message: string): void {
    this.problems.push({ file: this.file, line: 1, column: 1, message });
  }

  /** Prose with the tags inside it. */
  children(nodes: readonly Node[]): LessonNode[] {
    return prose(nodes, this);
  }

  /** The node that a tag becomes; null when there is none. */
  tag(node: Node): LessonNode | null {
    const made = this.tags.get(node.tag ?? '')?.build(node, this) ?? null;
    if (node.tag === 'do') this.built.add(text(node, 'id'));
    return made;
  }

  /** Is it a tag that stands on lines of its own? */
  isBlock(node: Node): boolean {
    return node.type === 'tag' && this.tags.get(node.tag ?? '')?.block === true;
  }

  condition(tag: Node, attribute: string): Condition | null {
    return this.parsed(tag, attribute, parseCondition);
  }

  measure(tag: Node, attribute: string): Measure | null {
    return this.parsed(tag, attribute, parseMeasure);
  }

  private parsed<T>(tag: Node, attribute: string, parse: (source: string) => Parsed<T>): T | null {
    const source = text(tag, attribute);
    // Missing: validation says so.
    if (source === '') return null;
    const parsed = parse(source);
    return parsed.ok
      ? parsed.value
      : this.faultInside(tag, source, parsed.problem.offset, `${attribute}: ${parsed.problem.message}`);
  }

  /** ms of the duration in an attribute, `fallback` when it is absent. */
  duration(tag: Node, attribute: string, fallback: number): number | null {
    const value = text(tag, attribute);
    if (value === '') return fallback;
    const ms = parseDuration(value);
    return ms !== null && Number.isInteger(ms)
      ? ms
      : this.faultInside(tag, value, 0, `${attribute}: '${value}' is no duration; write 250ms, 8s or 1m30s`);
  }

  /** Checks console lines in an attribute. */
  commands(tag: Node, lines: readonly string[]): readonly string[] | null {
    for (const line of lines) {
      const parsed = parseCommand(line);
      if (!parsed.ok) return this.faultInside(tag, line, parsed.column - 1, parsed.message);
    }
    return lines;
  }

  /**
   * The run in which a tag is measured: the one of the button named by its `of` attribute, else of the button before it
   * in its scene (`ahead`: after it), else of the first button, else the untouched run. `of="nothing"` is the untouched run.
   */
  experiment(tag: Node, ahead = false): Experiment | null {
    const of = text(tag, 'of');
    if (of === 'nothing') return { scene: this.scene, dos: [] };
    const dos = this.named.filter((named) => named.tag === 'do');
    const here = dos.filter(({ scene }) => scene === this.scene);
    const before = here.findLast(({ id }) => this.built.has(id));
    const after = here.find(({ id }) => !this.built.has(id));
    const meant =
      of === '' ? (ahead ? (after ?? before) : (before ?? after)) : dos.find(({ id }) => id === of);
    if (meant === undefined && of !== '') {
      const ids = dos.map(({ id }) => id);
      return this.fault(tag, `of: no do tag has the id '${of}'${didYouMean(of, ids)}`, 'of');
    }
    if (meant === undefined) return { scene: this.scene, dos: [] };
    const inScene = dos.filter(({ scene }) => scene === meant.scene);
    return { scene: meant.scene, dos: inScene.slice(0, inScene.indexOf(meant) + 1).map(({ id }) => id) };
  }

  /** Is there a tag of one of these kinds with this id? */
  has(id: string, tags: readonly string[]): boolean {
    return this.named.some((named) => named.id === id && tags.includes(named.tag));
  }

  ids(tags: readonly string[]): string[] {
    return this.named.filter(({ tag }) => tags.includes(tag)).map(({ id }) => id);
  }
}

/** A string attribute; '' when absent or something else, which validation reports. */
export function text(tag: Node, attribute: string): string {
  const value: unknown = tag.attributes[attribute];
  return typeof value === 'string' ? value : '';
}
