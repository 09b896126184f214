/** A compose file with some of its keys set otherwise. */
import { parse } from 'yaml';
import { setInSource } from '../scenario/set-in-source.ts';

/** Keys of the file and what they are to be, as YAML. */
export type Settings = Readonly<Record<string, string>>;

/** `source` with these keys set; comments stay. A value that is not YAML is taken as text. */
export function withSettings(source: string, settings: Settings): string {
  return Object.entries(settings).reduce(
    (text, [path, value]) => setInSource(text, path, valueOf(value)),
    source,
  );
}

function valueOf(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch {
    return text;
  }
}
