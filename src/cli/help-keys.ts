/** `help keys`: the tables of src/scenario, as text. */
import * as defaults from '../scenario/defaults.ts';
import type { Keys } from '../scenario/forms/block.ts';
import {
  appKeys,
  CANARY_KEYS,
  MEMORY_KEYS,
  ON_EXIT_KEYS,
  PROBE_KEYS,
  READINESS_KEYS,
  ROLLOUT_KEYS,
  SESSION_KEYS,
  STORE_CLIENT_KEYS,
  VERSION_KEYS,
} from '../scenario/keys/app.ts';
import { balancerDefaults, balancerKeys, CHECK_KEYS, TIMEOUT_KEYS } from '../scenario/keys/balancer.ts';
import {
  CACHE_KEYS,
  CONFIG_KEYS,
  COUNTERS_KEYS,
  IDENTITY_KEYS,
  JOBS_KEYS,
  LOGS_KEYS,
  MEMBERSHIP_KEYS,
  SECRETS_KEYS,
} from '../scenario/keys/kinds.ts';
import { SCALER_KEYS } from '../scenario/keys/scaler.ts';
import { homesOf } from '../scenario/keys/state.ts';
import { STORE_KEYS, storeDefaults } from '../scenario/keys/store.ts';
import { GITOPS_KEYS, TOP_KEYS } from '../scenario/keys/top.ts';
import {
  MIX_KEYS,
  RETRY_KEYS,
  SPIKE_KEYS,
  STREAMS_KEYS,
  TRAFFIC_KEYS,
  WAVE_KEYS,
} from '../scenario/keys/traffic.ts';
import { registeredNames } from '../scenario/registered-names.ts';
import { STATE_KINDS } from '../sim/model/scenario.ts';

const BY_IMAGE = 'by the image';

/** Every key of `x-paddock`, with its default, its form and its meaning. */
export function helpKeys(): string {
  const names = registeredNames();
  const haproxy = balancerKeys('haproxy');
  return [
    'Durations are 250ms, 2s, 5m; rates 100/s; shares 0..1; distributions 40ms, { exponential: 40ms },',
    '{ uniform: [10ms, 50ms] }, { lognormal: { median: 40ms, p95: 200ms } }. Columns: key, default, meaning [form].',
    ...section('x-paddock, at the top of the file', TOP_KEYS, defaults.TOP_DEFAULTS),
    `  platforms: ${names.platforms.join(', ')}`,
    ...section('x-paddock.gitops', GITOPS_KEYS, defaults.GITOPS_DEFAULTS),
    ...section('x-paddock.traffic', TRAFFIC_KEYS, defaults.TRAFFIC_DEFAULTS),
    ...section('x-paddock.traffic.mix', MIX_KEYS, defaults.MIX_DEFAULTS),
    ...section('x-paddock.traffic.retry', RETRY_KEYS, defaults.RETRY_DEFAULTS),
    ...section('x-paddock.traffic.streams', STREAMS_KEYS, defaults.STREAMS_DEFAULTS),
    ...section('x-paddock.traffic.wave', WAVE_KEYS, defaults.WAVE_DEFAULTS),
    ...section('x-paddock.traffic.spike', SPIKE_KEYS, defaults.SPIKE_DEFAULTS),
    ...section('services.APP.x-paddock', appKeys(names, 'compose'), defaults.APP_DEFAULTS),
    ...section('services.APP.x-paddock.readiness', READINESS_KEYS, defaults.READINESS_DEFAULTS),
    ...section('services.APP.x-paddock.liveness, startup-probe', PROBE_KEYS, defaults.PROBE_DEFAULTS),
    ...section('services.APP.x-paddock.scaler', SCALER_KEYS, defaults.SCALER_DEFAULTS),
    ...section('services.APP.x-paddock.rollout', ROLLOUT_KEYS, defaults.ROLLOUT_DEFAULTS),
    ...section('services.APP.x-paddock.rollout.canary', CANARY_KEYS, defaults.CANARY_DEFAULTS),
    ...section('services.APP.x-paddock.memory', MEMORY_KEYS, defaults.MEMORY_DEFAULTS),
    ...section('services.APP.x-paddock.on-exit', ON_EXIT_KEYS, defaults.ON_EXIT_DEFAULTS),
    ...section('services.APP.x-paddock.sessions', SESSION_KEYS, defaults.SESSION_DEFAULTS),
    ...section('services.APP.x-paddock.store-client', STORE_CLIENT_KEYS, defaults.STORE_CLIENT_DEFAULTS),
    ...section('services.APP.x-paddock.versions.TAG', VERSION_KEYS, {}),
    ...section('services.APP.x-paddock.cache', CACHE_KEYS, defaults.CACHE_DEFAULTS),
    ...section('services.APP.x-paddock.logs', LOGS_KEYS, defaults.LOGS_DEFAULTS),
    ...section('services.APP.x-paddock.jobs', JOBS_KEYS, defaults.JOBS_DEFAULTS),
    ...section('services.APP.x-paddock.counters', COUNTERS_KEYS, defaults.COUNTERS_DEFAULTS),
    ...section('services.APP.x-paddock.config', CONFIG_KEYS, defaults.CONFIG_DEFAULTS),
    ...section('services.APP.x-paddock.secrets', SECRETS_KEYS, defaults.SECRETS_DEFAULTS),
    ...section('services.APP.x-paddock.identity', IDENTITY_KEYS, defaults.IDENTITY_DEFAULTS),
    ...section('services.APP.x-paddock.membership', MEMBERSHIP_KEYS, defaults.MEMBERSHIP_DEFAULTS),
    '',
    'services.APP.x-paddock.state',
    ...STATE_KINDS.map((kind) =>
      columns([kind, defaults.STATE_DEFAULTS[kind], homesOf(kind, names).join(' | ')]),
    ),
    ...platforms(names.platforms),
    ...section('services.BALANCER.x-paddock', haproxy, { ...balancerDefaults(''), kind: BY_IMAGE }),
    ...section('services.BALANCER.x-paddock.check', CHECK_KEYS, defaults.CHECK_DEFAULTS),
    ...section('services.BALANCER.x-paddock.timeouts', TIMEOUT_KEYS, defaults.TIMEOUT_DEFAULTS),
    ...names.balancers.flatMap(balancerDifferences),
    ...section('services.STORE.x-paddock', STORE_KEYS, { ...storeDefaults(''), kind: BY_IMAGE }),
    ...names.stores.flatMap((kind) => differences(kind, defaults.STORE_KIND_DEFAULTS[kind])),
    '',
    "Compose's own keys, where the file leaves them out",
    columns(['restart', defaults.COMPOSE_DEFAULTS.restart]),
    columns(['healthcheck', inline(defaults.HEALTHCHECK_DEFAULTS)]),
    columns(['restart_policy', inline(defaults.RESTART_POLICY_DEFAULTS)]),
    columns(['update_config', inline(defaults.UPDATE_DEFAULTS)]),
    columns(['rollback_config', inline(defaults.UPDATE_DEFAULTS)]),
  ].join('\n');
}

function section(title: string, keys: Keys, values: Readonly<Record<string, string>>): string[] {
  return [
    '',
    title,
    ...Object.entries(keys).map(([name, { form, meaning }]) =>
      columns([name, values[name] ?? 'as the service', `${meaning} [${form.says}]`]),
    ),
  ];
}

function platforms(known: readonly string[]): string[] {
  const rows = Object.entries(defaults.PLATFORM_DEFAULTS).flatMap(([name, values]) =>
    known.includes(name) ? differences(name, values) : [],
  );
  return ['', 'What differs between platforms', ...rows];
}

function balancerDifferences(kind: string): string[] {
  const own = defaults.BALANCER_KIND_DEFAULTS[kind];
  return own
    ? [
        ...differences(kind, own.keys),
        ...differences(`${kind} check`, own.check),
        ...differences(`${kind} timeouts`, own.timeouts),
      ]
    : [];
}

function differences(
  kind: string,
  values: Readonly<Record<string, string | undefined>> | undefined,
): string[] {
  return values ? [`  ${kind}: ${inline(values)}`] : [];
}

function inline(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
}

const WIDTHS = [18, 24];

function columns(cells: readonly string[]): string {
  return `  ${cells.map((cell, i) => (i < cells.length - 1 ? `${cell.padEnd(WIDTHS[i] ?? 0)}  ` : cell)).join('')}`;
}
