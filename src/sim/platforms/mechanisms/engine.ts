import type { Answer } from '../../model/command.ts';
import { arm, type Container } from '../../model/container.ts';
import { planStart, removeContainer, startProcess } from '../../model/lifecycle.ts';
import { admit, removeServer } from '../../model/pool.ts';
import { watchHealth } from '../../model/probes.ts';
import type { Host, World } from '../../model/world.ts';
import { restartDelay, shouldRestart } from './restart-policy.ts';

/** What Docker Engine does with a container by itself: the part that `docker run` and Compose have in common. */

/** Docker gates no traffic on health: the name resolves as soon as the container runs (S-20). */
export function engineStarted(w: World, c: Container): void {
  c.ready = true;
  c.readySince = w.now;
  watchHealth(w, c);
  if (c.service === w.herd) admit(w, c);
}

/** The process of c ended by itself or by hand: the restart policy decides (S-1 to S-4). */
export function engineExited(w: World, c: Container): void {
  if (shouldRestart(c, c.exitCode)) planStart(w, c, restartDelay(c, w.now - c.startedAt));
}

/** `docker restart` has stopped it: the same container starts again. True if that was it. */
export function engineRestarted(w: World, c: Container): boolean {
  if (c.afterStop !== 'start') return false;
  c.terminating = false;
  c.afterStop = 'stay';
  startProcess(w, c, c.entry);
  return true;
}

/** What the services of a swarm are told where there is none. */
export const notASwarm = (instead: string): Answer => ({
  ok: false,
  text: `Error response from daemon: This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.\n${instead}`,
});

/** `paddock deploy` where nothing is rolled. `instead` = what replaces containers here. */
export const noRollOut = (w: World, instead: string): Answer => ({
  ok: false,
  text: `paddock: ${w.platform.name} has no roll-out that could be held; what replaces containers here is ${instead}`,
});

/**
 * The machine went down or came back. A lost one takes every container with it; after a reboot the engine starts what its
 * policy says: `always` whatever happened before, `unless-stopped` unless it was stopped by hand, `on-failure` not (S-9).
 */
export function engineHost(w: World, host: Host): void {
  for (const c of w.containers) {
    if (c.host !== host.id || c.phase !== 'exited') continue;
    if (!host.up) {
      if (!host.lost) continue;
      removeServer(w, c, host.entry);
      removeContainer(w, c, host.entry, true);
    } else if (c.restart === 'always' || (c.restart === 'unless-stopped' && !c.manualStop)) {
      arm(c);
      startProcess(w, c, host.entry);
    }
  }
}

/** There is one machine, and so nowhere to go. */
export const nowhere = (w: World, c: Container): Answer => ({
  ok: false,
  text: `paddock: ${w.platform.name} runs on one host: there is nowhere to evict ${c.name} to`,
});
