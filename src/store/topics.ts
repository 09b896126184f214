/** What the journal tells of, in a few topics to filter by. */
import { ENTRY_KINDS, type EntryKind } from '../sim/engine/journal-entry.ts';

export const TOPICS = [
  'commands',
  'containers',
  'balancer',
  'failures',
  'losses',
  'stores',
  'deploys',
  'drift',
] as const;
export type Topic = (typeof TOPICS)[number];

const BEGINS: readonly (readonly [beginning: string, topic: Topic])[] = [
  ['refused-command', 'commands'],
  ['command', 'commands'],
  ['fault', 'commands'],
  ['partition', 'commands'],
  ['request-failed', 'failures'],
  ['upload-not-found', 'failures'],
  ['asset-missed', 'failures'],
  ['stream-dropped', 'failures'],
  ['session-', 'losses'],
  ['upload-', 'losses'],
  ['record-', 'losses'],
  ['logs-', 'losses'],
  ['job-', 'losses'],
  ['count-', 'losses'],
  ['volume-', 'losses'],
  ['server-', 'balancer'],
  ['connection-', 'balancer'],
  ['fail-open', 'balancer'],
  ['traffic-', 'balancer'],
  ['canary-', 'deploys'],
  ['deploy-', 'deploys'],
  ['schema-', 'deploys'],
  ['scaled', 'deploys'],
  ['store-', 'stores'],
  ['lease-', 'stores'],
  ['secret-', 'stores'],
  ['drift', 'drift'],
  ['value-', 'drift'],
];

/** Containers and hosts are what is left. */
const topicOf = (kind: EntryKind): Topic =>
  BEGINS.find(([beginning]) => kind.startsWith(beginning))?.[1] ?? 'containers';

export const kindsOf = (topic: Topic): EntryKind[] => ENTRY_KINDS.filter((kind) => topicOf(kind) === topic);
