/** Which of its mounts an app keeps a kind of state on, where its home is a volume and no path is written. */
import { STATE_KINDS, type Mount, type StateKind } from '../../sim/model/scenario.ts';

export interface InferredPaths {
  readonly paths: Readonly<Partial<Record<StateKind, string>>>;
  /** A sentence for each that says so. */
  readonly notes: readonly string[];
}

/** Where data goes by convention, whatever the data. */
const DATA = /(^|\/)(data|storage|state|files|var\/lib\/[^/]+)$/;
/** A single file that is bound in is no place for a directory. */
const FILE = /\.[a-z0-9]+$/i;

const trimmed = (path: string): string => path.replace(/(.)\/+$/, '$1');

/**
 * `state` and `written` by kind. The mount at `…/<kind>` first, then one at a directory for data, then the first volume,
 * then the first bound directory; without any an anonymous volume at `/app/<kind>`.
 */
export function inferPaths(
  path: string,
  state: Readonly<Record<StateKind, string>>,
  written: Readonly<Partial<Record<StateKind, string>>>,
  mounts: readonly Mount[],
): InferredPaths {
  const paths: Partial<Record<StateKind, string>> = { ...written };
  const notes: string[] = [];
  for (const kind of STATE_KINDS) {
    if (state[kind] !== 'volume' || written[kind] !== undefined) continue;
    const mount = mountFor(kind, mounts);
    if (mount === undefined) {
      notes.push(`${path}: no volume is mounted for ${kind}: assuming an anonymous one at /app/${kind}`);
      continue;
    }
    const target = trimmed(mount.target);
    const isNamedAfterIt = target.endsWith(`/${kind}`);
    paths[kind] = isNamedAfterIt ? target : `${target === '/' ? '' : target}/${kind}`;
    if (!isNamedAfterIt) notes.push(`${path}: ${kind} in ${nameOf(mount)}, mounted at ${target}`);
  }
  return { paths, notes };
}

function mountFor(kind: StateKind, mounts: readonly Mount[]): Mount | undefined {
  const able = mounts.filter((m) => m.type !== 'tmpfs' && !(m.type === 'bind' && FILE.test(m.target)));
  return (
    able.find((m) => trimmed(m.target).endsWith(`/${kind}`)) ??
    able.find((m) => DATA.test(trimmed(m.target))) ??
    able.find((m) => m.type !== 'bind') ??
    able[0]
  );
}

function nameOf({ type, source }: Mount): string {
  if (source === null) return 'an anonymous volume';
  if (type === 'bind') return `the directory ${source} of the host`;
  return type === 'network' ? `the network volume ${source}` : `the volume ${source}`;
}
