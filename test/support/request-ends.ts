import type { Run } from '../../src/sim/run.ts';

const BALANCER = 1;
const USERS = 0;

/**
 * How every request ended, one line each: answers as they reached their users (a run whose legs are recorded keeps the
 * last 65,536 legs), and what the journal says of the failures, of which a user's own time-out is one.
 */
export function requestEnds(run: Run): string[] {
  const legs = run.legs(run.now, Infinity);
  const ends: string[] = [];
  for (let i = 0; i < legs.length; i++)
    if (legs.from[i] === BALANCER && legs.to[i] === USERS)
      ends.push(`answer ${legs.t1[i]} user ${legs.user[i]} outcome ${legs.outcome[i]} ${legs.cause[i]}`);
  for (const e of run.journal(0, run.journalLength()))
    if (e.kind.startsWith('request-')) ends.push(`${e.kind} ${e.t} user ${e.user} request ${e.request}`);
  return ends;
}
