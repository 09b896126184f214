/** Several replicas need names, ports and a balancer that allow for them. */
import type { HostPort } from '../compose/ports.ts';
import { complain } from '../yaml/place.ts';
import type { Parts } from './parts.ts';

export function checkReplicas({ platform, hosts, apps, balancer, herd }: Parts): void {
  const engine = platform === 'docker' || platform === 'compose';
  for (const { draft, base } of apps) {
    const { replicas } = base.base;
    if (platform === 'swarm') checkNodePorts(base.hostPorts, apps, hosts);
    if (replicas < 2) continue;
    const containerName = draft.entries.get('container_name');
    if (containerName && engine)
      complain(
        containerName,
        `${replicas} replicas cannot share one name: remove container_name or write deploy: { replicas: 1 }`,
      );
    const [fixed] = base.hostPorts;
    if (fixed && engine)
      complain(
        fixed.at,
        `${replicas} replicas cannot share port ${fixed.port} of the host (port is already allocated): publish it on a balancer, or leave the port of the host to the engine`,
      );
  }
  if (engine) checkSharedPorts(apps);
  const { replicas } = herd.base.base;
  if (balancer !== null) return;
  const { place } = herd.draft;
  const add = 'add one under services: lb: { image: "haproxy:3.2" }';
  if (replicas > 1) {
    complain(
      herd.base.deploy.replicasAt ?? place,
      `${replicas} replicas need a load balancer on ${platform}; ${add}`,
    );
  } else if (!engine && platform !== 'bare') {
    complain(place, `a service on ${platform} needs a load balancer; ${add}`);
  } else {
    place.report.note(`no load balancer: users reach ${place.path} directly`);
  }
}

/** One engine gives a port of its host to one container. */
function checkSharedPorts(apps: Parts['apps']): void {
  const owner = new Map<number, string>();
  for (const { base } of apps)
    for (const { port, at } of base.hostPorts) {
      const first = owner.get(port);
      if (first === undefined) owner.set(port, base.base.name);
      else if (first !== base.base.name)
        complain(
          at,
          `port ${port} of the host belongs to ${first} (port is already allocated): write another one, or only the port of the container`,
        );
    }
}

/** A port in `mode: host` belongs to one task of a node: at the start there have to be nodes for all. */
function checkNodePorts(ports: readonly HostPort[], apps: Parts['apps'], hosts: number): void {
  for (const { port, ofNode, at } of ports) {
    if (!ofNode) continue;
    const tasks = apps
      .filter(({ base }) => base.hostPorts.some((other) => other.ofNode && other.port === port))
      .reduce((n, { base }) => n + base.base.replicas, 0);
    if (tasks > hosts)
      complain(
        at,
        `${tasks} tasks need port ${port} of their node (mode: host), and there ${hosts === 1 ? 'is 1 node' : `are ${hosts} nodes`}: write hosts: ${tasks} under x-paddock, fewer replicas, or mode: ingress`,
      );
  }
}
