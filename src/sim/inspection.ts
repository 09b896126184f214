import { detectorsOf } from './drift/registry.ts';
import { handEdits, layerDiff } from './drift/layer.ts';
import type { PeerNames } from './kinds/kind.ts';
import { changedVariables } from './model/drift.ts';
import type { Place } from './model/places.ts';
import { STATE_KINDS, type StateKind } from './model/scenario.ts';
import type { World } from './model/world.ts';

/** One container, looked at closely. */
export interface Inspection {
  readonly name: string;
  readonly image: string;
  readonly wantedImage: string;
  readonly host: string;
  readonly restarts: number;
  readonly createdAt: number;
  /** What `docker diff` prints: letter and path. */
  readonly diff: readonly string[];
  /** Of these the paths that somebody changed by hand. */
  readonly byHand: readonly string[];
  /** Variables of its environment that are not what the file says. */
  readonly environment: readonly { readonly name: string; readonly here: string; readonly file: string }[];
  /** How its siblings differ from it: paths by hand that they have and it has not, or the other way round. */
  readonly siblings: readonly { readonly name: string; readonly differs: readonly string[] }[];
  /** Where each kind of its state lives, and how many pieces are held there. */
  readonly homes: readonly {
    readonly kind: StateKind;
    readonly home: string;
    readonly bound: string;
    readonly held: number;
  }[];
  /** Whom it takes for its peers: those that are there, those without a process, and whom it does not know; null = no list. */
  readonly peers: PeerNames | null;
  /** Every tool of the platform that looks for drift, what it sees here and what it never looks at (S-124). */
  readonly tools: readonly {
    readonly name: string;
    readonly findings: readonly string[];
    readonly verdict: string;
    readonly blind: string;
  }[];
}

function heldIn(place: Place | undefined, kind: StateKind): number {
  if (place === undefined) return 0;
  return kind === 'sessions' || kind === 'uploads' || kind === 'records' ? place[kind] : 0;
}

/** Null = no container is called so. */
export function inspectContainer(w: World, name: string): Inspection | null {
  const c = w.containers.find((k) => k.name === name && k.phase !== 'removed');
  if (c === undefined) return null;
  const s = w.services[c.service];
  const own = handEdits(c);
  const peers = w.kinds.find((kind) => kind.peerNames !== undefined)?.peerNames?.(w, c) ?? null;
  const state = c.service === w.herd ? w.app.state : null;
  return {
    name: c.name,
    image: c.image,
    wantedImage: s.image,
    host: w.hosts[c.host]?.name ?? '',
    restarts: c.restarts,
    createdAt: c.createdAt,
    diff: layerDiff(w, c),
    byHand: own,
    environment: changedVariables(w, c).map((variable) => ({
      name: variable,
      here: c.environment[variable] ?? '(unset)',
      file: s.def.environment[variable] ?? '(unset)',
    })),
    siblings: w.containers
      .filter((k) => k.service === c.service && k !== c && k.phase !== 'removed')
      .map((k) => {
        const its = handEdits(k);
        const differs = [
          ...its.filter((edit) => !own.includes(edit)).map((edit) => `has ${edit}`),
          ...own.filter((edit) => !its.includes(edit)).map((edit) => `is without ${edit}`),
          ...(k.image === c.image ? [] : [`runs ${k.image}`]),
        ];
        return { name: k.name, differs };
      }),
    homes:
      state === null
        ? []
        : STATE_KINDS.filter((kind) => state[kind] !== 'none').map((kind) => {
            const place = w.places.get(c.homes[STATE_KINDS.indexOf(kind)]);
            const held = kind === 'membership' ? (peers?.known.length ?? 0) : heldIn(place, kind);
            return { kind, home: state[kind], bound: place?.bound ?? 'none', held };
          }),
    peers,
    tools: detectorsOf(w.platform).map((tool) => {
      const findings = tool.sees(w, c);
      return { name: tool.name, findings, verdict: tool.verdict(findings.length), blind: tool.blind };
    }),
  };
}
