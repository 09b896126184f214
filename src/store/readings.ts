/** What the instruments need of a run, asked in one go. */
import type { RunClient } from '../runtime/run-client.ts';
import { FAILURE_CAUSES } from '../sim/model/failure.ts';
import type { EntryKind } from '../sim/engine/journal-entry.ts';
import type { InstrumentReadings, Span } from './herd-state.ts';

const NAMES = [
  'requests.ok',
  'requests.unauthorized',
  'uploads.not-found',
  ...FAILURE_CAUSES.map((cause) => `requests.failed.${cause}`),
  'requests.in-flight',
  'sessions.held',
  'sessions.lost',
  'sessions.missed',
  'capacity',
  'containers.started',
  'drift.changes',
] as const;

/** Wide enough to smooth what trembles, and never finer than the run counts. */
const MOST_BINS = 96;
const FINEST_MS = 100;
const STORE_KINDS: readonly EntryKind[] = ['store-down', 'store-up', 'store-paused', 'store-resumed'];
const STORE_ENTRIES = 400;

export async function askReadings(client: RunClient, { fromMs, toMs }: Span): Promise<InstrumentReadings> {
  const bins = Math.max(1, Math.min(MOST_BINS, Math.round((toMs - fromMs) / FINEST_MS)));
  const [columns, latency, storeEntries] = await Promise.all([
    client.ask<'series'>({ kind: 'series', names: NAMES, fromMs, toMs, bins }),
    client.ask<'percentiles'>({ kind: 'percentiles', fromMs, toMs, bins }),
    client.ask<'entries'>({ kind: 'entries', kinds: STORE_KINDS, limit: STORE_ENTRIES }),
  ]);
  const series = Object.fromEntries(NAMES.map((name, i) => [name, columns[i] ?? new Float64Array(bins)]));
  return { fromMs, toMs, bins, series, latency, storeEntries };
}
