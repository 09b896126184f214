/** An app service. */
import { APP_DEFAULTS, STATE_DEFAULTS } from '../defaults.ts';
import { STATE_KINDS, type AppService, type StateKind } from '../../sim/model/scenario.ts';
import { inferPid1 } from '../compose/process.ts';
import { readBlock, type Defaults } from '../forms/block.ts';
import { inferPaths } from '../infer/paths.ts';
import { inferSessions, inferUploads, type Evidence, type Inferred } from '../infer/homes.ts';
import { appKeys } from '../keys/app.ts';
import { xKeyHint } from '../keys/hint.ts';
import { kindSettings } from '../keys/kinds.ts';
import { homesOf, type WrittenHomes } from '../keys/state.ts';
import type { KnownNames } from '../known-names.ts';
import type { Place } from '../yaml/place.ts';
import { platformDefaults, readBase, type BaseRead, type Surroundings } from './base.ts';
import type { ServiceDraft } from './draft.ts';

export interface AppRead {
  readonly service: AppService;
  readonly draft: ServiceDraft;
  readonly base: BaseRead;
  /** Sessions in memory with a cookie at the balancer, and where that is said. */
  readonly stickyAt: Place | null;
  /** Where each home that needs a store is said. */
  readonly homesAt: ReadonlyMap<StateKind, Place>;
  /** `x-paddock` keys that are written. */
  readonly given: ReadonlyMap<string, Place>;
}

export interface AppSurroundings extends Surroundings {
  readonly names: KnownNames;
  /** Store services by kind. */
  readonly stores: ReadonlyMap<string, string>;
  /** Whether uploads are part of the traffic, so that their home matters. */
  readonly uploads: boolean;
}

export function readApp(draft: ServiceDraft, surroundings: AppSurroundings): AppRead {
  const { platform, names } = surroundings;
  const base = readBase(draft, surroundings);
  const keys = appKeys(names, platform);
  const own = platformDefaults(platform);
  const defaults: Defaults<typeof keys> = {
    ...APP_DEFAULTS,
    readiness: own.readiness,
    drain: own.drain,
    'endpoint-delay': own['endpoint-delay'],
  };
  const { values: v, given } = readBlock(draft.x, keys, defaults, xKeyHint('app'));
  const { state, stickyAt, homesAt } = readState(draft, base, v.state, surroundings);
  const { paths, notes } = inferPaths(draft.place.path, state, v.paths, base.base.mounts);
  for (const note of notes) draft.place.report.note(note);
  const missing = v.requires.filter((name) => !base.base.environment[name]);
  if (missing.length > 0)
    draft.place.report.note(
      `${draft.place.path}: environment does not set ${missing.join(', ')}: what runs at the start stays up, and nothing new comes up`,
    );
  if (given.has('memory') && (v.memory.limit ?? base.memoryLimitMb) === null)
    draft.place.report.note(
      `${draft.place.path}: x-paddock.memory kills nothing without a limit: write memory: { limit: 256m } or mem_limit`,
    );
  const pid1 = given.has('pid1') ? null : inferPid1(draft.place.path, draft.entries);
  if (pid1) draft.place.report.note(pid1.note);
  const service: AppService = {
    ...base.base,
    role: 'app',
    bootMs: v.boot,
    startup: v.startup,
    serviceTime: v['service-time'],
    concurrency: v.concurrency,
    blocking: v.blocking,
    pid1: pid1?.pid1 ?? v.pid1,
    sigterm: v.sigterm,
    transferMs: v.transfer,
    streamsOnTerm: v['streams-on-term'],
    keepAliveTimeoutMs: v['keep-alive-timeout'] ?? Infinity,
    prestopMs: v.prestop,
    drain: v.drain,
    endpointDelayMs: v['endpoint-delay'],
    readiness: v.readiness,
    liveness: v.liveness,
    startupProbe: v['startup-probe'],
    scaler: v.scaler,
    pdb: v.pdb,
    workload: v.workload,
    rollout: {
      strategy: v.rollout.strategy,
      maxSurge: v.rollout['max-surge'],
      maxUnavailable: v.rollout['max-unavailable'],
      minReadyMs: v.rollout['min-ready'],
      deadlineMs: v.rollout.deadline,
      keepMs: v.rollout.keep,
      canary: {
        steps: v.rollout.canary.steps,
        intervalMs: v.rollout.canary.interval,
        maxErrorRate: v.rollout.canary['max-error-rate'],
        minRequests: v.rollout.canary['min-requests'],
      },
    },
    onExit: { do: v['on-exit'].do, delayMs: v['on-exit'].delay, layer: v['on-exit'].layer },
    state,
    paths,
    sessions: { ttlMs: v.sessions.ttl, sliding: v.sessions.sliding },
    dbPool: v['db-pool'],
    storeClient: {
      offlineQueue: v['store-client']['offline-queue'],
      timeoutMs: v['store-client'].timeout,
      attempts: v['store-client'].attempts,
    },
    versions: v.versions,
    kinds: kindSettings(v, base.base.replicas, (kind) => !given.has(kind) && state[kind] !== 'none'),
    memoryLimitMb: v.memory.limit ?? base.memoryLimitMb,
    memory: {
      baseMb: v.memory.base,
      leakPerRequestMb: v.memory.leak?.perRequestMb ?? 0,
      leakPerSecondMb: v.memory.leak?.perSecondMb ?? 0,
      perSessionMb: v.memory['per-session'],
      perRequestMb: v.memory['per-request'],
    },
    requires: v.requires,
  };
  return { service, draft, base, stickyAt, homesAt, given };
}

type StateRead = Pick<AppRead, 'stickyAt' | 'homesAt'> & { readonly state: AppService['state'] };

function readState(
  draft: ServiceDraft,
  base: BaseRead,
  written: WrittenHomes,
  { names, stores, uploads }: AppSurroundings,
): StateRead {
  const { place, entries } = draft;
  const evidence: Evidence = {
    path: place.path,
    environment: base.base.environment,
    mounts: base.base.mounts,
    stores,
    homes: (kind) => homesOf(kind, names),
  };
  const state: Record<string, string> = {};
  const homesAt = new Map<StateKind, Place>();
  for (const kind of STATE_KINDS) {
    const said = written[kind];
    const inferred: Inferred | null = said
      ? null
      : kind === 'sessions'
        ? inferSessions(evidence)
        : kind === 'uploads'
          ? inferUploads(evidence)
          : null;
    const home = said?.home ?? inferred?.home ?? STATE_DEFAULTS[kind];
    // Nobody uploads and nobody said where to: a layer that cannot be written is no contradiction then (S-126).
    state[kind] = kind === 'uploads' && !said && !uploads && base.base.readOnly ? 'none' : home;
    homesAt.set(kind, said?.at ?? (inferred?.variable ? (entries.get('environment') ?? place) : place));
    if (inferred && (kind !== 'uploads' || uploads)) place.report.note(inferred.note);
  }
  const sticky = state.sessions === 'sticky';
  if (sticky) state.sessions = 'memory';
  return {
    state: state as AppService['state'],
    stickyAt: sticky ? (homesAt.get('sessions') ?? place) : null,
    homesAt,
  };
}
