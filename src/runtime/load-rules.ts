/** Platforms and balancers by name, each a chunk of its own: a herd that is shown fetches only those that it runs on. */
import { kindsWith, LATE, type LateKinds } from '../sim/kinds/order.ts';
import type { Kind } from '../sim/kinds/kind.ts';
import type { Hands, Rules } from '../sim/herd-run.ts';
import type { Scenario, StateKind } from '../sim/model/scenario.ts';

export const PLATFORM_CHUNKS: Readonly<Record<string, () => Promise<Rules['platform']>>> = {
  bare: async () => (await import('../sim/platforms/bare.ts')).bare,
  docker: async () => (await import('../sim/platforms/docker.ts')).docker,
  compose: async () => (await import('../sim/platforms/compose.ts')).compose,
  swarm: async () => (await import('../sim/platforms/swarm.ts')).swarm,
  kubernetes: async () => (await import('../sim/platforms/kubernetes.ts')).kubernetes,
};

export const BALANCER_CHUNKS: Readonly<Record<string, () => Promise<NonNullable<Rules['balancer']>>>> = {
  haproxy: async () => (await import('../sim/balancers/haproxy.ts')).haproxy,
  nginx: async () => (await import('../sim/balancers/nginx.ts')).nginx,
  alb: async () => (await import('../sim/balancers/alb.ts')).alb,
  l4: async () => (await import('../sim/balancers/l4.ts')).l4,
};

/** Kinds that nobody uses yet. What is fetched takes their place, for runs that have begun as well. */
const late = Object.fromEntries(LATE.map((kind) => [kind, notYet(kind)])) as LateKinds;
const KINDS = kindsWith(late);

function notYet(kind: StateKind): Kind {
  return { kind, active: () => false, initial: () => null, copy: () => null };
}

/** Fetches the kinds of state that a file has to ask for. Before that nothing may use them: not a run, nor a changed file. */
export async function loadLateKinds(): Promise<void> {
  const { LATE_KINDS } = await import('../sim/kinds/late.ts');
  for (const kind of LATE) Object.assign(late[kind], LATE_KINDS[kind]);
}

/** What carries commands out and looks at containers, once it was fetched; for runs that have begun as well. */
let fetched: Hands | null = null;
const hands: Hands = {
  act: (w, command, line) =>
    fetched?.act(w, command, line) ?? {
      answer: { ok: false, text: `paddock: ${line}: the console is not there yet; try again` },
      outcome: 1,
    },
  inspect: (w, name) => fetched?.inspect(w, name) ?? null,
};

/** Fetches what carries commands out and looks at containers. A run plays without it; before that neither may be asked of one. */
export async function loadActions(): Promise<void> {
  const [{ act }, { inspectContainer }] = await Promise.all([
    import('../sim/actions/act.ts'),
    import('../sim/inspection.ts'),
  ]);
  fetched = { act, inspect: inspectContainer };
}

const usesLateKinds = ({ services }: Scenario): boolean =>
  services.some((service) => service.role === 'app' && LATE.some((kind) => service.kinds[kind] !== null));

/** Fetches what a scenario is played by. Rejects where it names what does not exist, or where nothing can be fetched. */
export async function loadRules(scenario: Scenario): Promise<Rules> {
  const platform = PLATFORM_CHUNKS[scenario.platform];
  if (!platform) throw new Error(`unknown platform '${scenario.platform}'`);
  const front = scenario.services.find((service) => service.role === 'balancer');
  const balancer = front ? BALANCER_CHUNKS[front.kind] : null;
  if (balancer === undefined) throw new Error(`unknown balancer '${front?.kind ?? ''}'`);
  const [rules, balancing] = await Promise.all([
    platform(),
    balancer?.() ?? null,
    usesLateKinds(scenario) ? loadLateKinds() : null,
  ]);
  return { platform: rules, balancer: balancing, kinds: KINDS, ...hands };
}
