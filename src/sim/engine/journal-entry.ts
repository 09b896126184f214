/** Kinds of journal entry. The journal keeps what a person might ask about, not every request that went well. */
export const ENTRY_KINDS = [
  'command',
  'refused-command',
  'fault',
  'container-created',
  'container-started',
  'container-ready',
  'container-told',
  'container-signalled',
  'container-exited',
  'container-removed',
  'container-restart-planned',
  'container-replaced',
  'container-unhealthy',
  'container-healthy',
  'container-frozen',
  'container-resumed',
  'server-up',
  'server-down',
  'server-drain',
  'server-maint',
  'server-added',
  'server-removed',
  'request-failed',
  'request-unauthorized',
  'upload-not-found',
  'session-lost',
  'session-missed',
  'upload-lost',
  'record-lost',
  'store-down',
  'store-up',
  'store-paused',
  'store-resumed',
  'drift',
  'deploy-started',
  'deploy-step',
  'deploy-paused',
  'deploy-done',
  'deploy-failed',
  'deploy-rolled-back',
  'stream-dropped',
  'note',
  'asset-missed',
  'schema-migrated',
  'deploy-resumed',
  'deploy-superseded',
  'traffic-switched',
  'canary-step',
  'image-pushed',
  'out-of-sync',
  'synced',
  'volume-orphaned',
  'volume-removed',
  'partition-began',
  'partition-healed',
  'logs-lost',
  'value-changed',
  'record-duplicated',
  'count-lost',
  'job-cut',
  'job-duplicated',
  'job-missed',
  'lease-expired',
  'secret-revoked',
  'licence-refused',
  'probe-failed',
  'disk-full',
  'disk-freed',
  'memory-exceeded',
  'boot-failed',
  'scaled',
  'fail-open',
  'host-lost',
  'host-rebooting',
  'host-back',
  'store-refused',
  'store-full',
  'store-failed-over',
  'store-rejoined',
  'store-throttled',
  'session-expired',
  'node-status',
  'connection-idle',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One thing that happened, with the entry that caused it (-1 = a beginning: a command, or the traffic itself). */
export interface JournalEntry {
  readonly id: number;
  readonly t: number;
  readonly kind: EntryKind;
  /** Name of the container, server, store, user or command concerned. */
  readonly subject: string;
  /** A sentence in plain words. */
  readonly text: string;
  readonly cause: number;
  /** Container, user or request number where there is one, else -1. */
  readonly container: number;
  readonly user: number;
  readonly request: number;
}
