/** A planned stop, tried on a fork: what the process does and what the network is told, with settings that may differ. */
import { createDriver } from '../commands/driver.ts';
import type { AppService, Scenario } from '../sim/model/scenario.ts';
import type { JournalEntry } from '../sim/engine/journal-entry.ts';
import type { Run } from '../sim/run.ts';
import { dialectOf } from '../commands/dialects.ts';
import { backendOf, herdOf } from './backend-of.ts';

/** The settings that shape a stop, in ms. */
export interface StopSettings {
  readonly prestopMs: number;
  readonly graceMs: number;
  readonly endpointDelayMs: number;
  readonly drain: AppService['drain'];
}

/** When things happened, in ms since the command; null = not within the time that was watched. */
export interface Stopping {
  readonly line: string;
  readonly victim: string;
  readonly settings: StopSettings;
  /** False = preStop and what the balancer is told play no part here. */
  readonly notice: boolean;
  /** Its stop signal, `SIGTERM` unless the file has another, and whether its process makes anything of it. */
  readonly signal: string;
  readonly hears: boolean;
  readonly preStopAt: number | null;
  readonly sigtermAt: number | null;
  readonly exitAt: number | null;
  /** The grace period was over and SIGKILL ended it. */
  readonly killed: boolean;
  /** No new requests are sent there from here on. */
  readonly outAt: number | null;
  /** Requests that failed at this container, in ms since the command. */
  readonly failures: readonly number[];
  readonly refused: string | null;
}

/** Whoever is PID 1 has no default action for a signal; a shell that is PID 1 does not pass it on (S-15, S-16). */
const hears = ({ pid1, sigterm }: AppService): boolean =>
  pid1 !== 'shell' && (sigterm !== 'none' || pid1 === 'init');

const WATCHED_MS = 60_000;

export function stopping(run: Run, wanted: StopSettings | null): Stopping | null {
  const view = run.view();
  const victim = view.containers.find(({ phase }) => phase === 'running');
  const app = backendOf(run.scenario);
  if (!victim || !app) return null;
  const settings = wanted ?? settingsOf(app);
  const say = dialectOf(view.platform);
  const [line = ''] = say.leave(herdOf(view, app), victim.name);
  const fork = run.fork(withSettings(run.scenario, settings));
  const from = Math.ceil(run.now);
  const driver = createDriver(fork, []);
  driver.advance(from);
  const first = fork.journalLength();
  const answer = driver.apply(line);
  driver.advance(from + WATCHED_MS);
  const entries = fork.journal(first, fork.journalLength());
  const leaving = entries.find(
    ({ kind }) => kind === 'container-told' || kind === 'container-signalled' || kind === 'container-exited',
  );
  const its = entries.filter(({ container }) => leaving !== undefined && container === leaving.container);
  const at = (kinds: readonly JournalEntry['kind'][]): number | null => {
    const found = its.find(({ kind }) => kinds.includes(kind));
    return found ? found.t - from : null;
  };
  const exit = its.find(({ kind }) => kind === 'container-exited');
  const signalled = its.find(({ kind }) => kind === 'container-signalled');
  return {
    line,
    victim: leaving?.subject ?? victim.name,
    settings,
    notice: say.notice,
    signal: `SIG${app.stopSignal ?? 'TERM'}`,
    hears: hears(app) && view.containers.find(({ id }) => id === leaving?.container)?.frozen !== true,
    preStopAt: at(['container-told']),
    sigtermAt: signalled ? signalled.t - from : null,
    exitAt: exit ? exit.t - from : null,
    killed: exit?.text.includes('137') ?? false,
    outAt: at(['server-maint', 'server-down', 'server-removed', 'server-drain']),
    failures: its
      .filter(({ kind, t }) => kind === 'request-failed' && t - from < WATCHED_MS)
      .map(({ t }) => t - from),
    refused: answer.ok ? null : answer.text,
  };
}

const settingsOf = (app: AppService): StopSettings => ({
  prestopMs: app.prestopMs,
  graceMs: app.stopGraceMs,
  endpointDelayMs: app.endpointDelayMs,
  drain: app.drain,
});

function withSettings(scenario: Scenario, settings: StopSettings): Scenario {
  const { prestopMs, graceMs, endpointDelayMs, drain } = settings;
  return {
    ...scenario,
    services: scenario.services.map((service) =>
      service.role === 'app' && service.name === scenario.backend
        ? { ...service, prestopMs, stopGraceMs: graceMs, endpointDelayMs, drain }
        : service,
    ),
  };
}
