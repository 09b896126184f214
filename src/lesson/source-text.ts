/** Finds the exact line and column of a tag, and of a text inside one of its attributes. */
import type { Node } from '@markdoc/markdoc';

export interface Place {
  readonly line: number;
  readonly column: number;
}

export class SourceText {
  private readonly text: string;
  private readonly offsets: ReadonlyMap<Node, number>;

  /** `root` is what Markdoc made of `text`. Markdoc knows lines of blocks only, so tags are matched to the text in order. */
  constructor(text: string, root: Node) {
    this.text = text;
    const offsets = new Map<Node, number>();
    let from = 0;
    for (const node of root.walk()) {
      if (node.type !== 'tag') continue;
      const closing = node.errors.some(({ id }) => id === 'missing-opening');
      const opening = new RegExp(`\\{%-?\\s*${closing ? '/' : ''}${node.tag ?? ''}(?![\\w-])`, 'g');
      opening.lastIndex = from;
      const match = opening.exec(text);
      if (match === null) continue;
      offsets.set(node, match.index);
      from = match.index + 2;
    }
    this.offsets = offsets;
  }

  /** Where `node` begins; of prose only the line is known. */
  placeOf(node: Node): Place {
    const offset = this.offsets.get(node);
    return offset === undefined ? { line: (node.lines[0] ?? 0) + 1, column: 1 } : this.at(offset);
  }

  /** Where character `offset` of `value`, a string in an attribute of `tag`, stands. */
  placeInside(tag: Node, value: string, offset: number): Place {
    const start = this.offsets.get(tag);
    const quoted = start === undefined ? -1 : this.text.indexOf(quote(value), start);
    if (quoted < 0) return this.placeOf(tag);
    return this.at(quoted + quote(value.slice(0, offset)).length - 1);
  }

  /** Where an attribute's name stands in its tag. */
  placeOfAttribute(tag: Node, name: string): Place {
    const start = this.offsets.get(tag);
    if (start === undefined) return this.placeOf(tag);
    const found = new RegExp(`\\s${name}\\s*=`, 'g');
    found.lastIndex = start;
    const match = found.exec(this.text);
    const end = this.text.indexOf('%}', start);
    return match === null || (end >= 0 && match.index > end) ? this.placeOf(tag) : this.at(match.index + 1);
  }

  private at(offset: number): Place {
    const before = this.text.slice(0, offset);
    return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
  }
}

/** A string as an attribute writes it. */
const quote = (value: string): string => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
