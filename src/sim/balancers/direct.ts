import { failAtBalancer } from '../model/balancing.ts';
import type { BalancerService } from '../model/scenario.ts';
import type { Balancer } from './balancer.ts';
import { turnOf } from './pick.ts';

/**
 * No balancer at all: the users meet the published port of the one container. Nobody retries, nobody answers for it, and
 * a dead container is a refused connection (S-20). Not a kind that a scenario can name.
 */
export const direct: Balancer = {
  name: 'direct',
  runsIn: 'platform',
  perConnection: false,
  checks: false,
  noServerStatus: 0,
  pick: (w) => turnOf(w, () => true),
  connectFailed: (w, r) => failAtBalancer(w, r, 0, 'connect-refused', w.requests.because[r]),
  serverDied: (w, r, because) => failAtBalancer(w, r, 0, 'reset', because),
  serverTimedOut: (w, r) => failAtBalancer(w, r, 0, 'client-timeout', w.requests.because[r]),
};

/** The settings of that nothing: no cookie, no check, no limit, no time-out of its own. */
export const DIRECT_SERVICE: BalancerService = {
  name: '',
  image: '',
  replicas: 0,
  containerName: null,
  pullPolicy: null,
  restart: 'no',
  restartMax: 0,
  restartCondition: 'any',
  restartDelayMs: 0,
  restartWindowMs: 0,
  stopGraceMs: 0,
  stopSignal: null,
  environment: {},
  healthcheck: null,
  hostPorts: [],
  dependsOn: [],
  mounts: [],
  readOnly: false,
  update: {
    parallelism: 1,
    delayMs: 0,
    order: 'stop-first',
    failureAction: 'pause',
    monitorMs: 0,
    maxFailureRatio: 0,
  },
  rollback: {
    parallelism: 1,
    delayMs: 0,
    order: 'stop-first',
    failureAction: 'pause',
    monitorMs: 0,
    maxFailureRatio: 0,
  },
  role: 'balancer',
  kind: 'direct',
  balance: 'roundrobin',
  hashType: 'map-based',
  resolve: 'told',
  sticky: 'none',
  check: null,
  retries: 0,
  redispatch: false,
  persist: false,
  retryOn: ['conn-failure'],
  noPost: false,
  connectTimeoutMs: 60_000,
  serverTimeoutMs: 1e9,
  queueTimeoutMs: null,
  maxconn: 0,
  slowstartMs: 0,
  observe: null,
  errorLimit: 0,
  onError: 'fail-check',
  onMarkedDown: 'none',
  handoverMs: 0,
  keepalive: 0,
  idleTimeoutMs: 0,
  maxFails: 0,
  failTimeoutMs: 0,
  nextUpstream: [],
  deregistrationMs: 0,
};
