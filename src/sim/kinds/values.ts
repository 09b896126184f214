import { mixSeeded } from '../engine/random.ts';
import { alive, type Container } from '../model/container.ts';
import { kindState, kindTimer } from '../model/kinds.ts';
import { answers } from '../model/network.ts';
import type { Store } from '../model/store.ts';
import { kindIndex } from '../model/state.ts';
import type { World } from '../model/world.ts';

/**
 * A value that is changed from outside, a configuration or a secret, on its way from its home into the processes. Values
 * are known by their number: 0 at the start, one more at each change.
 */
export interface Values {
  current: number;
  /** Journal entry of its latest change; -1 = none yet. */
  entry: number;
  /** In each image, by tag: what was current when it was first used (S-122). */
  readonly baked: Map<string, number>;
  /** By container: in its environment since it was created (S-118), in its mounted file, and what its process has read. */
  readonly fixed: number[];
  readonly file: number[];
  readonly held: number[];
}

export type ValueKind = 'config' | 'secrets';

/** What a timer of these kinds is for, in the low bits of its first word. */
export const READ = 0;
const FILE = 1;
export const FREE = 2;
const BITS = 4;
export const wordOf = (container: number, op: number): number => (container << BITS) | op;
export const opOf = (word: number): number => word & ((1 << BITS) - 1);
export const containerOf = (word: number): number => word >> BITS;

/** How soon a process that could not read its value tries again, in ms. */
const RETRY_MS = 1000;

/** Outcome codes. */
export const DONE = 0;
export const STALE = 1;

export const newValues = (): Values => ({
  current: 0,
  entry: -1,
  baked: new Map(),
  fixed: [],
  file: [],
  held: [],
});

export const copyValues = (v: Values): Values => ({
  ...v,
  baked: new Map(v.baked),
  fixed: v.fixed.slice(),
  file: v.file.slice(),
  held: v.held.slice(),
});

export const valuesOf = <T extends Values>(w: World, kind: ValueKind): T => kindState<T>(w, kindIndex(kind));

export const managerOf = (w: World): Store | undefined => w.stores.find((s) => s.kind.name === 'manager');

/** Whether the process of c gets an answer from the secret manager. */
export function managerAnswers(w: World, c: Container): boolean {
  const store = managerOf(w);
  return store !== undefined && answers(w, c, store);
}

/** A container was made: its image, environment and mounts are what they are now. */
export function fixValue(w: World, kind: ValueKind, c: Container): void {
  const v = valuesOf(w, kind);
  if (!v.baked.has(c.tag)) v.baked.set(c.tag, v.current);
  v.fixed[c.id] = v.current;
  v.file[c.id] = v.current;
  v.held[c.id] = -1;
}

/** A process begins: it reads its value, and plans to read it again if it is told to. */
export function startReading(w: World, kind: ValueKind, c: Container): void {
  const settings = w.app.kinds[kind];
  if (settings === null) return;
  const v = valuesOf(w, kind);
  // What is mounted by subPath is found when the container's mounts are made: at its start.
  if (settings.mount === 'subpath') v.file[c.id] = v.current;
  if (w.platform.freshOnRestart === true) v.fixed[c.id] = v.current;
  v.held[c.id] = -1;
  read(w, kind, c);
  if (settings.rereadMs === Infinity) return;
  const phase = (mixSeeded(w.seed, c.id) >>> 0) / 4294967296;
  kindTimer(w, kind, settings.rereadMs * (w.now === 0 ? phase : 1), wordOf(c.id, READ), c.life);
}

/** What the home says now; keeps what was read before if it cannot be asked. Whether it could. */
export function read(w: World, kind: ValueKind, c: Container): boolean {
  const v = valuesOf(w, kind);
  switch (w.app.state[kind]) {
    case 'baked':
      v.held[c.id] = v.baked.get(c.tag) ?? 0;
      return true;
    case 'env':
      v.held[c.id] = v.fixed[c.id];
      return true;
    case 'file':
      v.held[c.id] = v.file[c.id];
      return true;
    default:
      if (managerAnswers(w, c)) {
        v.held[c.id] = v.current;
        return true;
      }
      // A process that has nothing yet asks until it is answered.
      if (v.held[c.id] < 0 && w.app.kinds[kind]?.rereadMs === Infinity)
        kindTimer(w, kind, RETRY_MS, wordOf(c.id, READ), c.life);
      return false;
  }
}

/** READ and FILE timers; anything else is the kind's own. */
export function onValueTimer(w: World, kind: ValueKind, a: number, b: number): number {
  const c = w.containers[containerOf(a)];
  if (opOf(a) === FILE) {
    const v = valuesOf(w, kind);
    if (c.phase === 'removed' || b <= v.file[c.id]) return STALE;
    v.file[c.id] = b;
    return DONE;
  }
  if (c.life !== b || !alive(c)) return STALE;
  if (!c.frozen) read(w, kind, c);
  const every = w.app.kinds[kind]?.rereadMs ?? Infinity;
  if (every !== Infinity) kindTimer(w, kind, every, wordOf(c.id, READ), c.life);
  return DONE;
}

/**
 * The value changes in its home. A mounted file follows at once (a bind mount, S-119), when the kubelet next looks (S-80),
 * or only with new containers (S-120); an environment and an image do not change at all.
 */
export function changeValue(w: World, kind: ValueKind, cause: number): string {
  const settings = w.app.kinds[kind];
  const v = valuesOf(w, kind);
  const home = w.app.state[kind];
  v.current++;
  v.entry = w.journal.add(w.now, 'value-changed', cause, -1, -1, -1, v.current, WORDS[kind][home] ?? kind);
  const name = w.app.name;
  if (home === 'baked')
    return `${kind}: they are in the image: a new one must be built and deployed before any container has the new value`;
  if (home === 'env') {
    w.platform.fileChanged?.(w, w.herd);
    return `${kind}: changed in the environment of ${name}; containers that are created from now on have it`;
  }
  if (home !== 'file') return `${kind}: changed; processes that ask from now on get it`;
  const mounted = w.platform.mountedFiles;
  if (mounted === 'replaced') {
    const { text } = w.platform.redeploy(w, w.herd, v.entry);
    return `${kind}: changed, and containers are replaced to get it\n${text}`;
  }
  if (settings?.mount === 'subpath')
    return `${kind}: changed; a file mounted by itself stays as it was until its container starts again`;
  for (const c of w.containers) {
    if (c.service !== w.herd || c.phase === 'removed') continue;
    if (mounted === undefined) v.file[c.id] = v.current;
    else kindTimer(w, kind, syncDelay(w, c, mounted), wordOf(c.id, FILE), v.current);
  }
  return `${kind}: changed in the file; a process has it when it next reads it`;
}

/** Until the kubelet's next look at this pod, and until what it then finds is new. */
function syncDelay(w: World, c: Container, { everyMs, lagMs }: { everyMs: number; lagMs: number }): number {
  const phase = ((mixSeeded(w.seed, c.id) >>> 0) / 4294967296) * everyMs;
  const lag = ((mixSeeded(~w.seed, c.id + 4096 * w.containers.length) >>> 0) / 4294967296) * lagMs;
  return everyMs - ((w.now + phase) % everyMs) + lag;
}

const WORDS: Readonly<Record<ValueKind, Readonly<Record<string, string>>>> = {
  config: {
    baked: 'the configuration changed in the source of the image',
    env: 'the configuration changed in the environment',
    file: 'the configuration changed in its file',
    manager: 'the configuration changed in the secret manager',
  },
  secrets: {
    baked: 'the secret changed in the source of the image',
    env: 'the secret changed in the environment',
    file: 'the secret changed in its file',
    manager: 'the secret changed in the secret manager',
  },
};
