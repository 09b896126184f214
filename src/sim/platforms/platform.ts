import type { Answer, Command } from '../model/command.ts';
import type { Container } from '../model/container.ts';
import type { Autoscaler } from './mechanisms/autoscaler.ts';
import type { Host, World } from '../model/world.ts';
import type { PullRule } from '../model/images.ts';
import type { AppService } from '../model/scenario.ts';

/** An agent that compares what runs with the file (S-125). */
export interface Agent {
  start(w: World): void;
  /** After a command, with its journal entry: is everything as the file says? */
  watch(w: World, cause: number): void;
  /** `EV.gitops`. Returns an outcome code. */
  onEvent(w: World, what: number, entry: number): number;
}

/**
 * Who restarts, replaces, rolls and gates. One file each; the mechanisms are shared, the rules are here.
 * Every method may schedule events and is told what happened; none reads a clock. Of what it is not told nothing follows.
 */
export interface Platform {
  readonly name: string;
  /** A named volume is claimed from storage on the network, not made on a host (PersistentVolumeClaim). */
  readonly claims?: boolean;
  /** How its scaler decides; a threshold unless given. */
  readonly autoscaler?: Autoscaler;
  /** Who applies the file by itself, where the scenario asks for that (`gitops`). */
  readonly agent?: Agent;
  /** HEALTHCHECK of the image means nothing here (S-22). */
  readonly ignoresHealthcheck?: boolean;
  /**
   * `one`: everything of the file runs on one machine, balancer and stores too. `many`: the scenario's hosts carry the apps;
   * balancer and stores run elsewhere.
   */
  readonly machines: 'one' | 'many';
  /** Plain data for a new run (slots, rollouts); copied by `copyState`. */
  initialState(): unknown;
  copyState(state: unknown): unknown;
  /** The herd runs at t = 0: the platform takes it over, its own probes included. Without it the common readiness probe runs. */
  settle?(w: World): void;
  /** The process of c has ended (its requests are gone, its phase is `exited`). */
  onExit(w: World, c: Container): void;
  /** A person removed c, container and layer, behind the platform's back. */
  onRemoved(w: World, c: Container): void;
  /** The process of c has just been started. */
  onStarted(w: World, c: Container): void;
  /** c has finished booting. */
  onBooted?(w: World, c: Container): void;
  /** c became available by its readiness (or lost it). */
  onAvailable?(w: World, c: Container): void;
  /** A timer that the platform set with `EV.platform`. Returns an outcome code. */
  onTimer(w: World, a: number, b: number): number;
  /** HEALTHCHECK result changed to `healthy` or `unhealthy`. Without it that is a label and nothing more (S-19). */
  onHealth?(w: World, c: Container): void;
  /**
   * A host has gone silent (`up` false; `lost` = with its disks), or is back. What ran on it has ended without `onExit`;
   * what a platform makes of that, and when it finds out, is its own rule (S-9, S-54, S-78).
   */
  onHost(w: World, host: Host): void;
  /**
   * A host that was lost is back under its name, empty. What ran there is removed after this: whoever keeps a number of
   * replicas and has not noticed its end yet learns of it now (S-54).
   */
  onHostEmpty?(w: World, host: Host): void;
  /** `paddock evict`: moves c to another host, or says why not. The host is up. */
  evict(w: World, c: Container, host: Host, cause: number): Answer;
  /**
   * Carries out a command that is this platform's business, or refuses it in its tool's words.
   * `cause` is the command's journal entry. Null = not a command for a platform.
   */
  command(w: World, command: Command, cause: number): Answer | null;
  /** The file says something new of a service: what a redeploy with this platform's own tool does. */
  redeploy(w: World, service: number, cause: number): Answer;
  /** The file says another number of replicas of a service. */
  rescale(w: World, service: number, replicas: number, cause: number): Answer;
  /** A command that only looks, answered or refused; null = as everywhere. */
  look?(w: World, command: Command): Answer | null;
  /** The file says something new of a service that nobody has applied yet. */
  fileChanged?(w: World, service: number): void;
  /**
   * How a value that changes reaches a file that is mounted into its containers: at once if unset; `replaced` = only new
   * containers have it (S-120); else at the next look of its agent, every `everyMs`, and up to `lagMs` later (S-80).
   */
  readonly mountedFiles?: 'replaced' | { readonly everyMs: number; readonly lagMs: number };
  /** A restart in place makes a new container, with its environment as it is then (S-68). */
  readonly freshOnRestart?: boolean;
  /** What its tool reads of a service beside what containers are made from: a change of these replaces none (S-33, S-57). */
  readonly notInSpec: readonly (keyof AppService)[];
  /** Tools that look for drift here, by their names in `drift/registry.ts`. */
  readonly detectors: readonly string[];
  /** The cluster keeps what was applied to it; the file is read when somebody applies it again. */
  readonly keepsSpec?: true;
  /** How it fetches images, where the file does not decide; null or absent = as the file says. */
  pulls?(w: World, service: number): PullRule | null;
  /** What its own tools call a container that has not been started, or waits to be started again; '' = nothing special. */
  statusWord?(c: Container): string;
  /** The name that its own tools use beside the common one, or null. */
  alias(w: World, c: Container): string | null;
}
