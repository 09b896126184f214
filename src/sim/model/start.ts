import { planCrash } from './boot.ts';
import { move } from './container.ts';
import { startNames } from './names.ts';
import { beginProcess, createContainer } from './lifecycle.ts';
import { refreshKinds } from './kinds.ts';
import { newServer } from './server.ts';
import { refresh, startChecks } from './pool.ts';
import { watchHealth, watchReadiness } from './probes.ts';
import type { Service } from './scenario.ts';
import { roomIn } from './capacity.ts';
import { BROWSE } from './requests.ts';
import { SESSIONS, UPLOADS, createSession } from './state.ts';
import { newStore } from './store.ts';
import { startTraffic } from './arrivals.ts';
import { hasUpload } from './uploads.ts';
import { startScaler } from '../platforms/mechanisms/scaler.ts';
import { newHost, newService, type World } from './world.ts';

/** The herd at t = 0 (design §3): wanted replicas run, are ready and UP; stores are up; sessions are where sign-ins would have put them. */
export function startHerd(w: World): void {
  const scenario = w.scenario;
  for (let i = 0; i < scenario.hosts; i++) w.hosts.push(newHost(i, `host-${i + 1}`));
  // The last one is no host of the herd: balancer and stores run elsewhere, but where one machine is all there is.
  w.hosts.push(newHost(scenario.hosts, 'elsewhere'));
  // A balancer that runs in no container has none to kill.
  const wanted = (def: Service): number =>
    def.role === 'balancer' && w.balancer.runsIn !== 'container' ? 0 : def.replicas;
  for (const def of scenario.services) w.services.push(newService(def, wanted(def)));
  scenario.services.forEach((def, service) => {
    if (def.role !== 'store') return;
    const id = w.stores.length;
    const kind = w.storeKinds[def.kind];
    if (kind === undefined) throw new Error(`unknown kind of store '${def.kind}'`);
    w.stores.push(newStore(id, service, def, kind, w.places.open('store', id, '', -1)));
  });
  w.platformState = w.platform.initialState();
  refreshKinds(w);
  w.services.forEach((s, service) => {
    for (let k = 1; k <= s.wanted; k++) {
      const c = createContainer(w, service, -1);
      c.slot = k;
      c.pending = false;
      move(c, 'start', w.now);
      move(c, 'booted', w.now);
      beginProcess(w, c);
      c.booted = true;
      c.listening = true;
      c.ready = true;
      c.readyAt = 0;
      if (c.health !== null) c.health = 'healthy';
      watchHealth(w, c);
      planCrash(w, c);
      if (service === w.herd) {
        addServer(w, c.id);
        if (w.platform.settle === undefined) watchReadiness(w, c, true);
      }
    }
  });
  w.platform.settle?.(w);
  refresh(w);
  startNames(w, -1);
  w.proxy.clockPhase = w.random.faults.uniform() * 1000;
  w.recount();
  w.metrics.settle();
  w.platform.agent?.start(w);
  startScaler(w);
  signEveryoneIn(w);
  startTraffic(w);
}

/** A server that has been UP for a while: full health, checks at a random phase. */
function addServer(w: World, id: number): void {
  const s = newServer(w.proxy.servers.length, id, w.proxy.servers.length + 1);
  const check = w.lb.check;
  s.health = check === null ? 1 : check.rise + check.fall - 1;
  w.containers[id].server = s.index;
  w.proxy.servers.push(s);
  if (check !== null && w.balancer.checks === true) startChecks(w, s);
}

/** Sessions and uploads that exist at t = 0, spread as the balancer would have spread them. */
function signEveryoneIn(w: World): void {
  const t = w.traffic;
  const herd = w.containers.filter((c) => c.service === w.herd);
  if (herd.length === 0) return;
  const containerFor = (user: number): number => {
    const r = w.requests.open(0, user, BROWSE);
    const s = w.balancer.pick(w, r);
    w.requests.close(r);
    return s < 0 ? herd[0].id : w.proxy.servers[s].container;
  };
  if (t.signedIn) {
    for (let u = 0; u < t.users; u++) {
      const id = containerFor(u);
      const c = w.containers[id];
      const server = w.proxy.servers[c.server];
      if (server !== undefined) server.used = ++w.proxy.uses;
      if (!roomIn(w, c.homes[SESSIONS])) continue;
      createSession(w, u, c.homes[SESSIONS], c.behaviour.format);
      if (w.lb.sticky === 'cookie') w.users.setServer(u, id);
    }
  }
  if (w.app.state.uploads !== 'none') {
    for (let k = 0; k < t.storedUploads; k++)
      hasUpload(w, k % Math.max(1, t.users), w.containers[containerFor(k)].homes[UPLOADS]);
  }
}
