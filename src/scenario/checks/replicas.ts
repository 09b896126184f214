/** Several replicas need names, ports and a balancer that allow for them. */
import { complain } from '../yaml/place.ts';
import type { Parts } from './parts.ts';

export function checkReplicas({ platform, apps, balancer, herd }: Parts): void {
  const engine = platform === 'docker' || platform === 'compose';
  for (const { draft, base } of apps) {
    const { replicas } = base.base;
    const ofNode = base.hostPorts.find((port) => port.ofNode);
    if (ofNode && platform === 'swarm')
      ofNode.at.report.note(
        `${ofNode.at.path}: mode host is not simulated; a real Swarm runs one task a node with such a port, and no start-first beside it`,
      );
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
