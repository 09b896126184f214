import type { Container } from '../model/container.ts';
import type { World } from '../model/world.ts';

/** A tool that looks for drift, with what it can see and what it never looks at (S-124). Pure: it changes nothing. */
export interface Detector {
  /** As people call it. */
  readonly name: string;
  /** One line for each thing that it would report of a container; none = it takes it for what it should be. */
  sees(w: World, c: Container): string[];
  /** Its verdict in its own words, of a container of which it sees so many things. */
  verdict(findings: number): string;
  /** What it never looks at. */
  readonly blind: string;
}
