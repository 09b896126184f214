import { FAILURE_CAUSES } from '../model/failure.ts';

/** Counts of what happened in a window, by the end of the request where one is meant. */
export const COUNTERS = [
  'requests.ok',
  'requests.failed',
  'requests.unauthorized',
  ...FAILURE_CAUSES.map((cause) => `requests.failed.${cause}` as const),
  'requests.failed.status.500',
  'requests.failed.status.502',
  'requests.failed.status.503',
  'requests.failed.status.504',
  'requests.failed.status.none',
  'attempts.duplicated',
  'sessions.created',
  'sessions.lost',
  'sessions.missed',
  'sessions.refused',
  'sessions.replaced',
  'sessions.expired',
  'sessions.signed-out',
  'logins',
  'uploads.stored',
  'uploads.lost',
  'uploads.not-found',
  'records.stored',
  'records.lost',
  'logs.lost',
  'jobs.run',
  'jobs.duplicated',
  'jobs.missed',
  'connections.dropped',
  'containers.started',
  'requests.started',
] as const;
export type Counter = (typeof COUNTERS)[number];

/** Values that hold at an instant. */
export const GAUGES = [
  'requests.in-flight',
  'sessions.held',
  'drift.containers',
  'drift.changes',
  'containers.running',
  'capacity',
] as const;
export type Gauge = (typeof GAUGES)[number];

/** Every metric of the headless runner's JSON, in the order printed; all are always present. */
export const METRICS = [
  'requests.total',
  'requests.ok',
  'requests.failed',
  'requests.unauthorized',
  'requests.in-flight',
  ...FAILURE_CAUSES.map((cause) => `requests.failed.${cause}` as const),
  'requests.failed.status.500',
  'requests.failed.status.502',
  'requests.failed.status.503',
  'requests.failed.status.504',
  'requests.failed.status.none',
  'attempts.duplicated',
  'sessions.created',
  'sessions.held',
  'sessions.lost',
  'sessions.missed',
  'sessions.refused',
  'sessions.replaced',
  'sessions.expired',
  'sessions.signed-out',
  'logins',
  'uploads.stored',
  'uploads.lost',
  'uploads.not-found',
  'records.stored',
  'records.lost',
  'logs.lost',
  'jobs.run',
  'jobs.duplicated',
  'jobs.missed',
  'connections.dropped',
  'drift.containers',
  'drift.changes',
  'containers.started',
  'containers.running',
  'capacity.min',
  'latency.p50',
  'latency.p95',
  'latency.p99',
  'availability',
  'outage.longest',
  'recovery.time',
  'detect.down',
  'detect.up',
] as const;
export type MetricName = (typeof METRICS)[number];

/** A window's metrics. Null only where the contract says so (nothing to measure). */
export type Metrics = Readonly<Record<MetricName, number | null>>;
