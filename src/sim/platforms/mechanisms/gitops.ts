import { EV } from '../../model/events.ts';
import type { World } from '../../model/world.ts';
import type { Agent } from '../platform.ts';

/** What the event means. */
const POLL = 0;
const HEAL = 1;

/** Live edits are put right this long after they were noticed, where they are at all (S-125). */
const HEAL_AFTER_MS = 5000;

/** The agent begins to poll, at a random phase. */
function start(w: World): void {
  const settings = w.scenario.gitops;
  if (settings !== null) w.after(w.random.gitops.uniform() * settings.pollMs, EV.gitops, POLL);
}

/** Services whose live object is not what git says: image, environment, and replicas that no scaler owns. */
function differing(w: World): number[] {
  const found: number[] = [];
  w.scenario.services.forEach((git, i) => {
    const s = w.services[i];
    if (git.role !== 'app') return;
    const scaled = git.scaler === null && s.wanted !== git.replicas;
    if (
      scaled ||
      s.image !== git.image ||
      JSON.stringify(s.def.environment) !== JSON.stringify(git.environment)
    )
      found.push(i);
  });
  return found;
}

/** After a command: live objects are watched, so an edit is noticed at once. It is put right only with `self-heal`. */
function watch(w: World, cause: number): void {
  const settings = w.scenario.gitops;
  // A commit that is not applied yet is another matter: the poll finds it.
  if (settings === null || w.gitops.applied < w.gitops.commits) return;
  const off = differing(w);
  if (off.length === 0) {
    if (w.gitops.outOfSync >= 0) w.gitops = { ...w.gitops, outOfSync: -1 };
    return;
  }
  if (w.gitops.outOfSync >= 0) return;
  const names = off.map((i) => w.services[i].def.name).join(', ');
  const entry = w.journal.add(w.now, 'out-of-sync', cause, -1, -1, -1, 0, names);
  w.gitops = { ...w.gitops, outOfSync: entry };
  if (settings.selfHeal) w.after(HEAL_AFTER_MS, EV.gitops, HEAL, entry);
}

function onEvent(w: World, what: number, entry: number): number {
  const settings = w.scenario.gitops;
  if (settings === null) return what;
  if (what === HEAL) {
    if (w.gitops.outOfSync === entry) sync(w, entry);
    return what;
  }
  w.after(settings.pollMs + w.random.gitops.uniform() * settings.jitterMs, EV.gitops, POLL);
  if (w.gitops.applied < w.gitops.commits) sync(w, w.gitops.outOfSync);
  return what;
}

/** Applies what git says, as kubectl apply would. */
function sync(w: World, because: number): void {
  const cause = w.journal.add(w.now, 'synced', because, -1);
  w.gitops = { commits: w.gitops.commits, applied: w.gitops.commits, outOfSync: -1 };
  for (const i of differing(w)) {
    const git = w.scenario.services[i];
    const s = w.services[i];
    const template =
      s.image !== git.image || JSON.stringify(s.def.environment) !== JSON.stringify(git.environment);
    w.define(s, git);
    s.image = git.image;
    if (s.wanted !== git.replicas) w.platform.rescale(w, i, git.replicas, cause);
    if (template) w.platform.redeploy(w, i, cause);
  }
  w.recount();
}

/** Applies the file when it changes, and watches that live objects stay as it says (S-125). */
export const gitops: Agent = { start, watch, onEvent };
