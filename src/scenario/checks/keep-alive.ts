/** Time-outs of kept connections where none is kept: nothing that is written is ignored in silence. */
import type { Parts } from './parts.ts';

export function noteKeepAlive({ herd, balancers, balancer }: Parts): void {
  const app = herd.given.get('keep-alive-timeout');
  if (balancer === null) {
    app?.report.note(
      `${app.path} changes nothing: nobody follows the connections of users who reach the app without a balancer`,
    );
    return;
  }
  if (balancer.kind === 'l4' || balancer.keepalive > 0) return;
  for (const at of [app, balancers[0]?.read.given.get('idle-timeout')])
    at?.report.note(
      `${at.path} changes nothing: ${balancer.name} opens a connection for each request; write keepalive: 100 there to keep them`,
    );
}
