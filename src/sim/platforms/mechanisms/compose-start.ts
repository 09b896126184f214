import { alive, arm, type Container } from '../../model/container.ts';
import { EV } from '../../model/events.ts';
import { startProcess } from '../../model/lifecycle.ts';
import type { World } from '../../model/world.ts';
import { membersOf } from './members.ts';
import { startRefused } from './ports.ts';

/** The start phase of an `up`: services that are not started yet, by index, in file order. Never changed in place. */
export interface StartPhase {
  readonly todo: readonly number[];
  /** Of them: those whose dependencies run, and are asked for their health every 500 ms. */
  readonly waiting: readonly number[];
  /** Cancels its timers, which carry it. */
  readonly stamp: number;
  /** Journal entry that its starts are caused by. */
  readonly entry: number;
}

/** A phase after a step: still under way, over, or failed with the tool's words. */
export interface Step {
  readonly phase: StartPhase | null;
  readonly error: string | null;
}

/** Between two looks at a dependency; the first comes this long after the start phase has reached the service (S-41). */
const POLL_MS = 500;

/** Indices of the services that one depends on, as far as they take part in the run. */
const neededBy = (w: World, service: number, healthy?: true): number[] =>
  w.services[service].def.dependsOn
    .filter((d) => healthy === undefined || d.healthy)
    .map((d) => w.services.findIndex((s) => s.def.name === d.service))
    .filter((k) => k >= 0);

/**
 * Starts every service whose dependencies have been started, in file order; one that needs a healthy dependency is waited
 * for while the others go on (S-31, S-41). The first container that cannot be started ends the phase (S-36).
 */
export function startServices(w: World, from: StartPhase): Step {
  let phase = from;
  for (;;) {
    const next = phase.todo.find(
      (k) => !phase.waiting.includes(k) && !neededBy(w, k).some((other) => phase.todo.includes(other)),
    );
    if (next === undefined) return { phase: phase.todo.length === 0 ? null : phase, error: null };
    if (neededBy(w, next, true).some((other) => w.services[other].wanted > 0)) {
      phase = { ...phase, waiting: [...phase.waiting, next] };
      w.after(POLL_MS, EV.platform, next, phase.stamp);
      continue;
    }
    const error = startContainers(w, next, phase.entry);
    if (error !== null) return { phase: null, error };
    phase = { ...phase, todo: phase.todo.filter((k) => k !== next) };
  }
}

/** A look at the dependencies of a service that waits for their health. */
export function pollDependencies(w: World, phase: StartPhase, service: number): Step {
  for (const dependency of w.services[service].def.dependsOn) {
    const other = w.services.findIndex((s) => s.def.name === dependency.service);
    if (other < 0 || !dependency.healthy || w.services[other].wanted === 0) continue;
    const health = healthOf(membersOf(w, other));
    if (health === 'healthy') continue;
    if (health === 'starting') {
      w.after(POLL_MS, EV.platform, service, phase.stamp);
      return { phase, error: null };
    }
    if (dependency.required) return { phase: null, error: `dependency failed to start: ${health}` };
  }
  const error = startContainers(w, service, phase.entry);
  if (error !== null) return { phase: null, error };
  const without = (list: readonly number[]): number[] => list.filter((k) => k !== service);
  return startServices(w, { ...phase, todo: without(phase.todo), waiting: without(phase.waiting) });
}

/** All of them healthy, one still `starting`, or else what is wrong with the first. */
function healthOf(members: readonly Container[]): string {
  for (const c of members) {
    if (c.phase === 'exited') return `container ${c.name} exited (${c.exitCode})`;
    if (!alive(c)) return 'starting';
    if (c.health === null) return `container ${c.name} has no healthcheck configured`;
    if (c.health === 'unhealthy') return `container ${c.name} is unhealthy`;
    if (c.health === 'starting') return 'starting';
  }
  return 'healthy';
}

/** The containers of a service that do not run, one after the other, armed again (S-6). Returns what could not be started. */
function startContainers(w: World, service: number, cause: number): string | null {
  const { def, wanted } = w.services[service];
  const members = membersOf(w, service);
  if (members.length === 0 && wanted > 0) return `service "${def.name}" has no container to start`;
  for (const c of members) {
    if (alive(c) || c.terminating) continue;
    const refused = startRefused(w, c);
    if (refused !== null) return refused;
    arm(c);
    startProcess(w, c, cause);
  }
  return null;
}

/** These services and all that they depend on, by index, in file order: what a `start` of them is about (S-41). */
export function withDependencies(w: World, services: readonly number[]): number[] {
  const all = new Set(services);
  for (const service of all) for (const other of neededBy(w, service)) all.add(other);
  return [...all].sort((a, b) => a - b);
}
