/** `x-paddock` of an app service. */
import {
  CANARY_DEFAULTS,
  MEMORY_DEFAULTS,
  ON_EXIT_DEFAULTS,
  PROBE_DEFAULTS,
  READINESS_DEFAULTS,
  BARE_READINESS_DEFAULTS,
  ROLLOUT_DEFAULTS,
  SESSION_DEFAULTS,
  STORE_CLIENT_DEFAULTS,
} from '../defaults.ts';
import type { Version } from '../../sim/model/scenario.ts';
import type { DisruptionBudget, Probe, Readiness } from '../../sim/model/upkeep.ts';
import { block, recordOf, type Defaults } from '../forms/block.ts';
import { distribution } from '../forms/distribution.ts';
import { key, shown, type Form } from '../forms/form.ts';
import { bool, duration, integer, oneOf, or, positiveDuration, share, text } from '../forms/scalars.ts';
import { leak, megabytes } from '../forms/megabytes.ts';
import type { KnownNames } from '../known-names.ts';
import { complain, entriesAt, isMapAt, itemsAt, textAt, type Place } from '../yaml/place.ts';
import { KIND_KEYS } from './kinds.ts';
import { scaler } from './scaler.ts';
import { pathsForm, stateForm } from './state.ts';

const EVERY_PROBE = {
  'initial-delay': key(duration, 'wait after the process starts before the first probe'),
  deep: key(bool, 'the answer needs the stores that the app keeps its state in'),
};

export const READINESS_KEYS = {
  interval: key(positiveDuration, 'between probes'),
  timeout: key(positiveDuration, 'after which a probe has failed'),
  rise: key(integer(1), 'successes in a row that make it ready'),
  fall: key(integer(1), 'failures in a row that make it unready'),
  ...EVERY_PROBE,
};

export const PROBE_KEYS = {
  interval: key(positiveDuration, 'between probes'),
  timeout: key(positiveDuration, 'after which a probe has failed'),
  fall: key(integer(1), 'failures in a row that restart the container'),
  ...EVERY_PROBE,
};

/** A count, or a share of the replicas. */
const surge: Form<number | { readonly percent: number }> = {
  says: 'a count | a percentage',
  read(place: Place) {
    const written = textAt(place) ?? '';
    const percent = /^(\d+(?:\.\d+)?)%$/.exec(written)?.[1];
    if (percent !== undefined) return { percent: Number(percent) };
    if (/^\d+$/.test(written)) return Number(written);
    complain(place, `${shown(place)} is neither a count nor a percentage; write 1 or 25%`);
    return undefined;
  },
};

/** A PodDisruptionBudget names one of two bounds (S-77). */
const pdb: Form<DisruptionBudget> = {
  says: '{ min-available } | { max-unavailable }',
  read(place) {
    const given = entriesAt(place);
    const [name] = given.keys();
    const at = given.get(name ?? '');
    if (!at || given.size !== 1 || (name !== 'min-available' && name !== 'max-unavailable')) {
      complain(
        place,
        'write one of { min-available: 2 } and { max-unavailable: 1 }, as a count or a percentage',
      );
      return undefined;
    }
    const value = surge.read(at);
    return value === undefined ? undefined : { kind: name, value };
  },
};

/** Shares of the traffic, each larger than the one before. */
const shares: Form<readonly number[]> = {
  says: 'a list of growing shares',
  read(place) {
    const found = itemsAt(place).map((item) => share.read(item));
    const steps = found.filter((x) => x !== undefined);
    if (steps.length < found.length) return undefined;
    if (steps.length > 0 && steps.every((x, i) => x > (steps[i - 1] ?? 0))) return steps;
    complain(place, `${shown(place)} is not a list of growing shares; write [0.1, 0.5]`);
    return undefined;
  },
};

export const CANARY_KEYS = {
  steps: key(shares, 'shares of the traffic that it gets, one after the other'),
  interval: key(positiveDuration, 'how long each of them lasts before it is judged'),
  'max-error-rate': key(share, 'share of failed requests beyond which it is given up'),
  'min-requests': key(integer(0), 'requests to it without which an interval is too little to judge by'),
};

export const ROLLOUT_KEYS = {
  strategy: key(oneOf('rolling', 'recreate', 'blue-green', 'canary'), 'how a new version comes in'),
  'max-surge': key(surge, 'how many containers beyond the wanted ones'),
  'max-unavailable': key(surge, 'how many of the wanted ones may be missing'),
  'min-ready': key(duration, 'how long a new one must be ready before it counts'),
  deadline: key(duration, 'without progress, after which a rollout counts as failed'),
  keep: key(duration, 'blue-green: how long the herd before is kept, out of traffic'),
  canary: key(block(CANARY_KEYS, CANARY_DEFAULTS), 'canary: the steps and what they are judged by'),
};

export const ON_EXIT_KEYS = {
  do: key(oneOf('restart', 'replace', 'none'), 'what the supervisor does when the process ends'),
  delay: key(duration, 'wait before it does'),
  layer: key(oneOf('keep', 'wipe'), 'whether the writable layer stays'),
};

export const SESSION_KEYS = {
  ttl: key(or(positiveDuration, 'none', Infinity), 'how long one lasts from its last write'),
  sliding: key(bool, 'every use sets it anew'),
};

export const STORE_CLIENT_KEYS = {
  'offline-queue': key(bool, 'commands wait while the store is away; false = they fail at once'),
  timeout: key(or(positiveDuration, 'none', Infinity), 'after which a command has failed'),
  attempts: key(integer(0), 'reconnections after which waiting commands fail'),
};

/** Names of environment variables. */
const variables: Form<readonly string[]> = {
  says: '[NAME, …]',
  read(place) {
    const each = itemsAt(place).map((item) => textAt(item) ?? '');
    if (each.every((name) => name !== '')) return each;
    complain(place, `${shown(place)} is not a list of names; write [DATABASE_URL]`);
    return undefined;
  },
};

export const MEMORY_KEYS = {
  limit: key(
    or(megabytes, 'none', null),
    "of a container; none = the file's own mem_limit or deploy.resources",
  ),
  base: key(megabytes, 'what a process uses when it is idle'),
  leak: key(or(leak, 'none', null), 'what it never gives back'),
  'per-session': key(megabytes, 'for each session that it holds in memory'),
  'per-request': key(megabytes, 'for each request that it works on'),
};

const VERSION_DEFAULTS = {
  boot: 'none',
  'error-rate': 'none',
  'service-time': 'none',
  'session-format': 'none',
  schema: 'none',
  migration: 'none',
  assets: 'none',
  healthcheck: 'none',
  crash: 'none',
  pull: 'none',
  create: 'none',
  requires: 'none',
};

export const VERSION_KEYS = {
  boot: key(or(duration, 'none', null), 'its own start time'),
  'error-rate': key(or(share, 'none', null), 'share of its answers that are a 500'),
  'service-time': key(or(distribution, 'none', null), 'its own work per request'),
  'session-format': key(or(text, 'none', null), 'sessions written in another format are unreadable to it'),
  schema: key(or(text, 'none', null), 'database schema that it wants; its first start migrates'),
  migration: key(
    or(oneOf('destructive', 'compatible'), 'none', null),
    'compatible = code of the schema before goes on working',
  ),
  assets: key(or(text, 'none', null), 'assets that its pages ask for'),
  healthcheck: key(or(oneOf('ok', 'wrong', 'never'), 'none', null), 'whether its health check can succeed'),
  crash: key(
    or(or(positiveDuration, 'boot', 'boot' as const), 'none', null),
    'boot = its process never comes up; a duration = it crashes that long after it did',
  ),
  pull: key(or(oneOf('ok', 'fails'), 'none', null), 'whether its image can be had for a new container'),
  create: key(
    or(oneOf('ok', 'fails'), 'none', null),
    'compose: whether the engine makes a container of its image',
  ),
  requires: key(
    or(variables, 'none', null),
    'names that the environment has to set for it, or it does not come up',
  ),
};

const versionBlock = block(VERSION_KEYS, VERSION_DEFAULTS);
const version: Form<Version> = {
  says: versionBlock.says,
  read(place) {
    const v = versionBlock.read(place);
    return (
      v && {
        ...(v.boot !== null && { bootMs: v.boot }),
        ...(v['error-rate'] !== null && { errorRate: v['error-rate'] }),
        ...(v['service-time'] !== null && { serviceTime: v['service-time'] }),
        ...(v['session-format'] !== null && { sessionFormat: v['session-format'] }),
        ...(v.schema !== null && { schema: v.schema }),
        ...(v.migration !== null && { migration: v.migration }),
        ...(v.assets !== null && { assets: v.assets }),
        ...(v.healthcheck !== null && { healthcheck: v.healthcheck }),
        ...(v.crash !== null && { crash: v.crash }),
        ...(v.pull !== null && { pull: v.pull }),
        ...(v.create !== null && { create: v.create }),
        ...(v.requires !== null && { requires: v.requires }),
      }
    );
  },
};

function readinessForm(defaults: Defaults<typeof READINESS_KEYS>): Form<Readiness> {
  const probe = block(READINESS_KEYS, defaults);
  return {
    says: `${probe.says} | none | balancer`,
    read(place) {
      const written = textAt(place);
      if (written === 'none') return { kind: 'none' };
      if (written === 'balancer') return { kind: 'balancer' };
      if (!isMapAt(place)) {
        complain(
          place,
          `${shown(place)} is not a readiness; write none, balancer or { interval: 10s, timeout: 1s, rise: 1, fall: 3 }`,
        );
        return undefined;
      }
      const values = probe.read(place);
      return (
        values && {
          kind: 'probe',
          intervalMs: values.interval,
          timeoutMs: values.timeout,
          rise: values.rise,
          fall: values.fall,
          ...(values['initial-delay'] > 0 && { initialDelayMs: values['initial-delay'] }),
          ...(values.deep && { deep: true }),
        }
      );
    },
  };
}

const probeBlock = block(PROBE_KEYS, PROBE_DEFAULTS);
/** One success is enough for a liveness or startup probe (S-66). */
const probe: Form<Probe> = {
  says: probeBlock.says,
  read(place) {
    const values = probeBlock.read(place);
    return (
      values && {
        intervalMs: values.interval,
        timeoutMs: values.timeout,
        rise: 1,
        fall: values.fall,
        ...(values['initial-delay'] > 0 && { initialDelayMs: values['initial-delay'] }),
        ...(values.deep && { deep: true }),
      }
    );
  },
};

/** The keys of an app on `platform`. */
export function appKeys(names: KnownNames, platform: string) {
  return {
    role: key(oneOf('app', 'balancer', 'store'), 'what the service is, when its image does not say'),
    boot: key(duration, 'process start until it listens'),
    startup: key(oneOf('closed', 'early'), 'early = listens at once and answers 503 until ready'),
    'service-time': key(distribution, 'work per request'),
    concurrency: key(
      or(integer(1), 'unlimited', Infinity),
      'requests worked on at once; the rest wait in line',
    ),
    blocking: key(bool, 'the work also blocks accepts and health answers'),
    pid1: key(oneOf('exec', 'shell', 'init'), 'who is PID 1: the app, a shell around it, or an init'),
    sigterm: key(
      oneOf('drain', 'exit', 'none'),
      'on SIGTERM: stop accepting, finish and exit; exit at once; no handler',
    ),
    transfer: key(duration, 'time to send an answer after its status: a death in between cuts it off'),
    'keep-alive-timeout': key(
      or(positiveDuration, 'none', null),
      'after which it closes a kept connection that is idle; none = never',
    ),
    'streams-on-term': key(oneOf('close', 'keep'), 'long-lived connections on SIGTERM; keep = until SIGKILL'),
    prestop: key(duration, 'wait before SIGTERM'),
    drain: key(
      oneOf('before', 'concurrent', 'none'),
      'when the balancer is told that a container leaves, against SIGTERM',
    ),
    'endpoint-delay': key(duration, 'how late the balancer is told, of additions and removals'),
    readiness: key(
      readinessForm(platform === 'bare' ? BARE_READINESS_DEFAULTS : READINESS_DEFAULTS),
      'when it counts as available; balancer = its checks decide',
    ),
    liveness: key(or(probe, 'none', null), 'kubernetes only: a failed one restarts the container'),
    workload: key(
      oneOf('deployment', 'statefulset'),
      'kubernetes only: pods that are alike, or numbered ones with volumes of their own',
    ),
    pdb: key(or(pdb, 'none', null), 'kubernetes only: what an eviction (kubectl drain) leaves running'),
    scaler: key(or(scaler, 'none', null), 'scales the herd with its load'),
    'startup-probe': key(
      or(probe, 'none', null),
      'kubernetes only: the other probes wait until it has passed; a failed one restarts the container',
    ),
    rollout: key(block(ROLLOUT_KEYS, ROLLOUT_DEFAULTS), 'how a deploy goes, on bare and kubernetes'),
    'on-exit': key(block(ON_EXIT_KEYS, ON_EXIT_DEFAULTS), 'bare only: what the supervisor does'),
    state: key(stateForm(names), 'home of each kind of state'),
    paths: key(
      pathsForm,
      'directory of a kind whose home is volume; the mount that it lies in is its volume',
    ),
    sessions: key(block(SESSION_KEYS, SESSION_DEFAULTS), 'their lifetime, wherever they live'),
    'db-pool': key(integer(1), 'connections to a database that each container keeps open'),
    'store-client': key(
      block(STORE_CLIENT_KEYS, STORE_CLIENT_DEFAULTS),
      'what the app does while a store is away',
    ),
    memory: key(
      block(MEMORY_KEYS, MEMORY_DEFAULTS),
      'what a process uses; beyond the limit the kernel kills it',
    ),
    requires: key(variables, 'names that the environment has to set, or the process does not come up'),
    versions: key(recordOf(version, '{ TAG: { … } }'), 'what differs between image tags'),
    ...KIND_KEYS,
  };
}
