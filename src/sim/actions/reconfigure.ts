import type { Answer, Command } from '../model/command.ts';
import type { Scenario, Service } from '../model/scenario.ts';
import { refreshKinds } from '../model/kinds.ts';
import { namesChanged } from '../model/names.ts';
import { refresh, setServer } from '../model/pool.ts';
import { startScaler } from '../platforms/mechanisms/scaler.ts';
import type { World } from '../model/world.ts';

/** What a service's containers are made from: a change of any of it makes them out of date (S-33). */
function fingerprint(w: World, s: Service): string {
  // Neither the number of replicas, nor who sets it, nor what is started before is part of what a container is made from.
  const beside = new Set<string>(['replicas', 'dependsOn', 'scaler', ...w.platform.notInSpec]);
  const rest = Object.fromEntries(Object.entries(s).filter(([key]) => !beside.has(key)));
  return JSON.stringify(rest, (_key, value: unknown) => (value === Infinity ? 'Infinity' : value));
}

/**
 * `paddock set`: the scenario changes as a redeploy would change it. Traffic and the balancer's settings hold at once;
 * a service whose definition changed is redeployed by its platform; what cannot change while running is refused.
 */
export function reconfigure(w: World, command: Extract<Command, { verb: 'set' }>, cause: number): Answer {
  const next = command.scenario;
  if (next === null)
    return {
      ok: false,
      text: `paddock: cannot set ${command.assignments.join(' ')} here: the scenario's file is not at hand`,
    };
  const refusal = frozen(w.scenario, next);
  if (refusal !== null) return { ok: false, text: refusal };
  if (command.held === true) return hold(w, next, cause);
  const lines: string[] = [];
  const before = w.scenario;
  w.follow(next);
  next.services.forEach((def, i) => w.define(w.services[i], def));
  refreshKinds(w);
  startScaler(w);
  next.services.forEach((def, i) => {
    const s = w.services[i];
    const old = before.services[i];
    const changed = fingerprint(w, old) !== fingerprint(w, def);
    if (def.role === 'balancer') {
      if (changed) {
        refresh(w);
        if (old.role === 'balancer') namesChanged(w, old.resolve, cause);
        lines.push(`${def.name}: reloaded`);
      }
      return;
    }
    if (def.image !== old.image) s.image = def.image;
    if (def.replicas !== old.replicas) {
      lines.push(w.platform.rescale(w, i, def.replicas, cause).text);
    }
    if (changed && def.role === 'app') lines.push(w.platform.redeploy(w, i, cause).text);
    else if (changed) lines.push(`${def.name}: changed`);
  });
  for (const s of w.proxy.servers)
    if (w.lb.check === null && s.state === 'down') setServer(w, s, 'up', cause);
  return { ok: true, text: lines.join('\n') || command.assignments.join(' ') };
}

/**
 * `paddock set --no-deploy`: the file says another image or environment, and those that run were made before (S-27, S-118).
 * It counts for whoever is made from the file next.
 */
function hold(w: World, next: Scenario, cause: number): Answer {
  if (w.platform.keepsSpec === true && w.scenario.gitops === null)
    return {
      ok: false,
      text: `paddock: on ${w.platform.name} the cluster keeps what was applied and does not read the file; leave --no-deploy out`,
    };
  const rest = (s: Scenario): string =>
    JSON.stringify(
      { ...s, services: s.services.map((x) => ({ ...x, image: '', environment: {} })) },
      (_key, value: unknown) => (value === Infinity ? 'Infinity' : value),
    );
  if (rest(next) !== rest(w.scenario))
    return {
      ok: false,
      text: 'paddock: --no-deploy is for image and environment; anything else would hold at once (or is inferred from them)',
    };
  const lines: string[] = [];
  const before = w.scenario;
  w.follow(next);
  if (w.platform.keepsSpec === true) {
    w.gitops = { ...w.gitops, commits: w.gitops.commits + 1 };
    return { ok: true, text: 'committed; the agent finds it when it polls next' };
  }
  next.services.forEach((def, i) => {
    if (fingerprint(w, before.services[i]) === fingerprint(w, def)) return;
    const s = w.services[i];
    w.define(s, def);
    if (def.image !== before.services[i].image) s.image = def.image;
    w.platform.fileChanged?.(w, i);
    w.journal.add(w.now, 'note', cause, -1, -1, -1, 0, `the file says something new of ${def.name}`);
    lines.push(`${def.name}: changed in the file`);
  });
  return { ok: true, text: lines.join('\n') || 'nothing changed' };
}

const kindOf = (s: Service): string => (s.role === 'app' ? s.role : s.kind);

/** What a running herd cannot change, said. */
function frozen(now: Scenario, next: Scenario): string | null {
  const names = (s: Scenario): string => s.services.map((x) => x.name).join(',');
  if (next.platform !== now.platform)
    return 'paddock: the platform cannot change while the herd runs; reset with the new one';
  if (names(next) !== names(now))
    return 'paddock: services cannot come or go while the herd runs; reset with the new file';
  for (const [i, service] of next.services.entries())
    if (kindOf(service) !== kindOf(now.services[i]))
      return `paddock: ${service.name} cannot become another kind of service (${kindOf(service)}) while the herd runs; reset with the new file`;
  if (next.hosts !== now.hosts)
    return 'paddock: hosts cannot change while the herd runs; reset with the new number';
  if ((next.traffic.rate === null) !== (now.traffic.rate === null))
    return 'paddock: open load (rate) and closed load (think) cannot change places while the herd runs; reset with the new one';
  if (next.traffic.users !== now.traffic.users)
    return 'paddock: the number of users cannot change while the herd runs; reset with the new number';
  if (next.name !== now.name) return 'paddock: the project keeps its name while it runs';
  return null;
}
