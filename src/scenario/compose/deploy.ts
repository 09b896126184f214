/** `deploy` of a service. */
import { MOST_REPLICAS } from '../../commands/verb-spec.ts';
import { RESTART_POLICY_DEFAULTS, UPDATE_DEFAULTS } from '../defaults.ts';
import type { UpdateConfig } from '../../sim/model/upkeep.ts';
import { megabytes } from '../forms/megabytes.ts';
import { readBlock } from '../forms/block.ts';
import { key } from '../forms/form.ts';
import { duration, integer, oneOf, share } from '../forms/scalars.ts';
import { entriesAt, type Place } from '../yaml/place.ts';
import { describeKeys } from './describe.ts';
import { DEPLOY_KEYS } from './known-keys.ts';

const RESTART_POLICY_KEYS = {
  condition: key(oneOf('any', 'on-failure', 'none'), 'when Swarm replaces a task that has ended'),
  delay: key(duration, 'before it does'),
  max_attempts: key(integer(0), 'how often; 0 = no limit'),
  window: key(duration, 'replacements of a slot that max_attempts counts; 0 = all since the spec changed'),
};

const UPDATE_KEYS = {
  parallelism: key(integer(0), 'tasks at once; 0 = all'),
  delay: key(duration, 'between them'),
  failure_action: key(oneOf('pause', 'continue', 'rollback'), 'what a failed update does'),
  monitor: key(duration, 'how long a new task is watched'),
  max_failure_ratio: key(share, 'failures that are tolerated'),
  order: key(oneOf('stop-first', 'start-first'), 'old one out first, or new one in first'),
};

/** A rollback is never rolled back (S-51). */
const ROLLBACK_KEYS = {
  ...UPDATE_KEYS,
  failure_action: key(oneOf('pause', 'continue'), 'what a failed rollback does'),
};

export interface Deploy {
  readonly replicas: number | null;
  readonly replicasAt: Place | null;
  /** One on every host, instead of a number of replicas. */
  readonly global: boolean;
  readonly restart: {
    readonly condition: 'any' | 'on-failure' | 'none';
    readonly delayMs: number;
    readonly maxAttempts: number;
    readonly windowMs: number;
    readonly at: Place | null;
  };
  readonly update: UpdateConfig;
  readonly rollback: UpdateConfig;
  readonly updateAt: Place | null;
  readonly memoryLimitMb: number | null;
}

/** `place` may be empty: everything then has its default. */
export function readDeploy(place: Place): Deploy {
  const entries = entriesAt(place);
  describeKeys(entries, DEPLOY_KEYS, () => null);
  const empty: Place = { ...place, node: null };
  const replicasAt = entries.get('replicas') ?? null;
  const modeAt = entries.get('mode');
  const mode = modeAt && oneOf('replicated', 'global', 'replicated-job', 'global-job').read(modeAt);
  if (modeAt && mode?.endsWith('-job'))
    modeAt.report.note(`${modeAt.path} is not simulated: the service runs like any other`);
  const policyAt = entries.get('restart_policy');
  const policy = readBlock(policyAt ?? empty, RESTART_POLICY_KEYS, RESTART_POLICY_DEFAULTS).values;
  const updateAt = entries.get('update_config') ?? null;
  const rollbackAt = entries.get('rollback_config');
  return {
    replicas: (replicasAt && integer(0, MOST_REPLICAS).read(replicasAt)) ?? null,
    replicasAt,
    global: mode === 'global',
    restart: {
      condition: policy.condition,
      delayMs: policy.delay,
      maxAttempts: policy.max_attempts,
      windowMs: policy.window,
      at: policyAt ?? null,
    },
    update: readUpdate(updateAt ?? empty, UPDATE_KEYS),
    rollback: readUpdate(rollbackAt ?? empty, ROLLBACK_KEYS),
    updateAt,
    memoryLimitMb: memoryLimit(entries.get('resources')),
  };
}

function readUpdate(place: Place, keys: typeof UPDATE_KEYS | typeof ROLLBACK_KEYS): UpdateConfig {
  const { values } = readBlock(place, keys, UPDATE_DEFAULTS);
  return {
    parallelism: values.parallelism,
    delayMs: values.delay,
    order: values.order,
    failureAction: values.failure_action,
    monitorMs: values.monitor,
    maxFailureRatio: values.max_failure_ratio,
  };
}

function memoryLimit(resources: Place | undefined): number | null {
  const limits = resources && entriesAt(resources).get('limits');
  if (!limits) return null;
  const entries = entriesAt(limits);
  const cpus = entries.get('cpus');
  cpus?.report.note(`${cpus.path} is not simulated: containers do not compete for processors`);
  const memory = entries.get('memory');
  return (memory && megabytes.read(memory)) ?? null;
}
