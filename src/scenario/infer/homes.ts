/** Homes of sessions and uploads that the file leaves open, read off its environment, mounts and stores. */
import type { Mount, StateKind } from '../../sim/model/scenario.ts';
import { STATE_DEFAULTS } from '../defaults.ts';

/** What there is to infer from. */
export interface Evidence {
  /** Path of the app: `services.app`. */
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  /** Store services by kind, by the first name of each. */
  readonly stores: ReadonlyMap<string, string>;
  /** Homes that the simulation has for a kind. */
  homes(kind: StateKind): readonly string[];
}

export interface Inferred {
  readonly home: string;
  /** The sentence that says so. */
  readonly note: string;
  /** The variable that decided, or null. */
  readonly variable: string | null;
}

const SESSION_VARIABLES = ['SESSION_STORE', 'SESSIONS', 'SESSION_DRIVER'];
const UPLOAD_VARIABLES = [
  'UPLOAD_STORE',
  'UPLOADS',
  'UPLOAD_DRIVER',
  'STORAGE',
  'STORAGE_DRIVER',
  'FILESYSTEM_DISK',
];
const BUCKET_VARIABLES = [
  'S3_BUCKET',
  'S3_ENDPOINT',
  'S3_URL',
  'AWS_S3_BUCKET',
  'AWS_BUCKET',
  'UPLOAD_BUCKET',
];

/** Other words that people use for a home. */
const WORDS: Readonly<Record<string, string>> = {
  local: 'layer',
  file: 'layer',
  files: 'layer',
  filesystem: 'layer',
  disk: 'layer',
  cookie: 'signed',
  jwt: 'signed',
  memcache: 'memcached',
  postgresql: 'postgres',
  database: 'postgres',
  minio: 's3',
  nfs: 'shared',
};

export function inferSessions(evidence: Evidence): Inferred {
  const said = fromVariable(evidence, 'sessions', SESSION_VARIABLES);
  if (said) return said.home === 'layer' ? onMount(evidence, 'sessions', said) : said;
  const redis = evidence.stores.get('redis');
  if (redis !== undefined && evidence.homes('sessions').includes('redis'))
    return {
      home: 'redis',
      variable: null,
      note: `${evidence.path}: no SESSION_STORE, but ${redis} runs Redis: assuming sessions in redis`,
    };
  return {
    home: STATE_DEFAULTS.sessions,
    variable: null,
    note: `${evidence.path}: no SESSION_STORE and no Redis: assuming sessions in memory`,
  };
}

export function inferUploads(evidence: Evidence): Inferred {
  const said = fromVariable(evidence, 'uploads', UPLOAD_VARIABLES);
  if (said) return said.home === 'layer' ? onMount(evidence, 'uploads', said) : said;
  const bucket = BUCKET_VARIABLES.find((name) => evidence.environment[name] !== undefined);
  const store = evidence.stores.get('s3');
  if ((bucket !== undefined || store !== undefined) && evidence.homes('uploads').includes('s3')) {
    const because = bucket === undefined ? `${store} stores objects` : `${bucket} is set`;
    return {
      home: 's3',
      variable: bucket ?? null,
      note: `${evidence.path}: ${because}: assuming uploads in s3`,
    };
  }
  const layer: Inferred = {
    home: STATE_DEFAULTS.uploads,
    variable: null,
    note: `${evidence.path}: nothing says where uploads go: assuming the container's own layer`,
  };
  return onMount(evidence, 'uploads', layer);
}

function fromVariable(
  { path, environment, homes }: Evidence,
  kind: StateKind,
  variables: readonly string[],
): Inferred | null {
  for (const variable of variables) {
    const value = environment[variable]?.toLowerCase();
    const home = value === undefined ? undefined : (WORDS[value] ?? value);
    if (home !== undefined && homes(kind).includes(home))
      return { home, variable, note: `${path}: ${variable} says ${value}: ${kind} in ${home}` };
  }
  return null;
}

/** Files of the app are where its mounts put them. */
function onMount({ path, mounts, homes }: Evidence, kind: 'sessions' | 'uploads', layer: Inferred): Inferred {
  const mount = mounts.find(({ target }) => target.replace(/\/+$/, '').endsWith(`/${kind}`));
  if (!mount) return layer;
  const wanted =
    mount.type === 'tmpfs' ? ['tmpfs'] : mount.type === 'network' ? ['shared'] : ['volume', 'shared'];
  const home = wanted.find((candidate) => homes(kind).includes(candidate));
  if (home === undefined) return layer;
  return {
    home,
    variable: layer.variable,
    note: `${path}: ${mount.source ?? `a ${mount.type}`} is mounted at ${mount.target}: ${kind} in ${home}`,
  };
}
