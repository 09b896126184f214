import type { Container } from '../../model/container.ts';
import { EV } from '../../model/events.ts';
import type { World } from '../../model/world.ts';
import { type Deployment, isComplete, matchPods, nextMove, type ReplicaSet, shares } from './deployment.ts';
import type { Node } from './node.ts';
import { fenceposts } from './rolling.ts';
import { isStateful, stepStateful } from './stateful-set.ts';
import { TIMER, timerWord } from './pod-timers.ts';

/** What Kubernetes remembers. Plain data. */
export interface KubernetesState {
  /** One a service, by its index. */
  readonly deployments: readonly Deployment[];
  /** One a host. */
  readonly nodes: readonly Node[];
  /** Services that the controllers look at before this instant is over. */
  readonly dirty: readonly number[];
}

const stateOf = (w: World): KubernetesState => w.platformState as KubernetesState;
export const deploymentOf = (w: World, service: number): Deployment => stateOf(w).deployments[service];

/** Replaces a deployment, and lets the controllers look at it. */
export function putDeployment(w: World, service: number, d: Deployment): void {
  const state = stateOf(w);
  w.platformState = { ...state, deployments: state.deployments.map((x, i) => (i === service ? d : x)) };
  wake(w, service);
}

/** The deployment of a service as it is at t = 0. */
export function firstDeployment(w: World, service: number): Deployment {
  const s = w.services[service];
  return {
    sets: [
      {
        template: s.revision,
        image: s.image,
        environment: s.def.environment,
        generation: 0,
        revision: 1,
        replicas: s.wanted,
        entry: -1,
      },
    ],
    current: s.revision,
    settled: s.revision,
    reached: 0,
    paused: false,
    entry: -1,
    startedAt: 0,
    progressedAt: 0,
    exceeded: false,
  };
}

/** The controllers look at a service when everything of this instant has happened: changes of one instant are one. */
export function wake(w: World, service: number): void {
  const state = stateOf(w);
  if (state.dirty.includes(service)) return;
  w.platformState = { ...state, dirty: [...state.dirty, service] };
  w.after(0, EV.platform, service, timerWord(TIMER.sync));
}

/** The controllers act until there is nothing more to do now. Returns 1 if anything changed. */
export function sync(w: World, service: number): number {
  w.platformState = { ...stateOf(w), dirty: stateOf(w).dirty.filter((s) => s !== service) };
  let changed = false;
  if (isStateful(w, service))
    while (stepStateful(w, service, deploymentOf(w, service), (d) => store(w, service, d))) changed = true;
  else changed = matchPods(w, service, deploymentOf(w, service));
  while (!isStateful(w, service)) {
    const d = deploymentOf(w, service);
    const next = nextMove(w, service, d);
    if (next === d) break;
    store(w, service, next);
    changed = matchPods(w, service, next) || changed;
  }
  const d = deploymentOf(w, service);
  if (d.entry >= 0 && !d.paused && isComplete(w, service, d)) {
    store(w, service, { ...d, entry: -1, exceeded: false, settled: d.current });
    w.journal.add(w.now, 'deploy-done', d.entry, -1, -1, -1, w.now - d.startedAt);
  } else if (changed) progress(w, service);
  return changed ? 1 : 0;
}

function store(w: World, service: number, d: Deployment): void {
  const state = stateOf(w);
  w.platformState = { ...state, deployments: state.deployments.map((x, i) => (i === service ? d : x)) };
}

/** The rollout came forward: its deadline begins anew (S-61). */
export function progress(w: World, service: number): void {
  const d = deploymentOf(w, service);
  if (d.entry >= 0) store(w, service, { ...d, progressedAt: w.now });
}

/** The deadline of a rollout may be over: a condition and nothing more (S-61). `template` = the one it was set for. */
export function onDeadline(w: World, service: number, template: number): number {
  const d = deploymentOf(w, service);
  const def = w.services[service].def;
  if (d.entry < 0 || d.current !== template || d.exceeded || def.role !== 'app') return 0;
  const due = d.progressedAt + def.rollout.deadlineMs;
  if (d.paused || w.now < due) {
    w.at(
      Math.max(due, d.paused ? w.now + def.rollout.deadlineMs : 0),
      EV.platform,
      service,
      timerWord(TIMER.deadline, template),
    );
    return 0;
  }
  const entry = w.journal.add(w.now, 'deploy-failed', d.entry, -1, -1, -1, 0, 'ProgressDeadlineExceeded');
  store(w, service, { ...d, entry, exceeded: true });
  return 1;
}

/** A pod was taken or ended by somebody: what replaces it is due to that. */
export function blameSet(w: World, c: Container): void {
  const d = deploymentOf(w, c.service);
  putDeployment(w, c.service, {
    ...d,
    sets: d.sets.map((s) => (s.template === c.revision ? { ...s, entry: c.entry } : s)),
  });
}

/** Another wanted number; in the middle of a rollout every template keeps its share. */
export function scaleDeployment(w: World, service: number, n: number, cause: number): void {
  const s = w.services[service];
  const d = deploymentOf(w, service);
  const surge = (wanted: number): number =>
    s.def.role === 'app' && s.def.rollout.strategy !== 'recreate' && wanted > 0
      ? fenceposts(wanted, s.def.rollout).surge
      : 0;
  const active = d.sets.filter((x) => x.replicas > 0);
  const alone = active.length > 1 ? -1 : (active[0]?.template ?? d.current);
  const before = s.wanted + surge(s.wanted);
  s.wanted = n;
  const sizes = d.sets.map((x) => x.replicas);
  const next =
    alone >= 0
      ? d.sets.map((x) => (x.template === alone ? n : x.replicas))
      : shares(sizes, before, n === 0 ? 0 : n + surge(n));
  putDeployment(w, service, {
    ...d,
    sets: d.sets.map((x, i) => (x.replicas === next[i] ? x : { ...x, replicas: next[i], entry: cause })),
  });
}

/** Another template is wanted: one that was there before comes back under a new revision (S-62). */
export function rollTo(
  w: World,
  service: number,
  want: Pick<ReplicaSet, 'image' | 'environment' | 'generation'>,
  cause: number,
  kind: 'deploy-started' | 'deploy-rolled-back' = 'deploy-started',
): void {
  const s = w.services[service];
  const d = deploymentOf(w, service);
  const revision = 1 + Math.max(...d.sets.map((x) => x.revision));
  const entry = w.journal.add(w.now, kind, cause, -1, -1, -1, revision, want.image);
  const known = d.sets.find((x) => x.image === want.image && x.generation === want.generation);
  const template = known?.template ?? 1 + Math.max(...d.sets.map((x) => x.template));
  const { image, environment, generation } = want;
  const fresh: ReplicaSet = { image, environment, generation, template, revision, replicas: 0, entry };
  s.image = image;
  if (s.def.environment !== environment) w.define(s, { ...s.def, environment });
  s.revision = template;
  putDeployment(w, service, {
    ...d,
    sets:
      known === undefined
        ? [...d.sets, fresh]
        : d.sets.map((x) => (x.template === template ? { ...x, revision } : x)),
    current: template,
    reached: s.wanted + 1,
    entry,
    startedAt: w.now,
    progressedAt: w.now,
    exceeded: false,
  });
  if (s.def.role === 'app')
    w.after(s.def.rollout.deadlineMs, EV.platform, service, timerWord(TIMER.deadline, template));
}

/** Generation of a template that nobody has had yet. */
export const nextGeneration = (d: Deployment): number => 1 + Math.max(...d.sets.map((x) => x.generation));
