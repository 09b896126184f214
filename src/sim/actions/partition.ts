import type { Answer, Command } from '../model/command.ts';
import { NODE_BALANCER, NODE_USERS, hostNode, nodeOf, storeNode, storeOfNode } from '../model/legs.ts';
import { beginPartition, healPartition } from '../model/partitions.ts';
import { storeIn } from '../model/store.ts';
import type { World } from '../model/world.ts';
import { containerNamed } from './targets.ts';

type Of<V extends Command['verb']> = Extract<Command, { verb: V }>;

/** The part of the picture that a word names, or undefined. A container that runs the balancer or a store is that. */
function partNamed(w: World, name: string): number | undefined {
  if (name === 'users') return NODE_USERS;
  const front = w.front >= 0 ? w.services[w.front].def.name : 'balancer';
  if (name === 'balancer' || name === front) return NODE_BALANCER;
  const host = w.hosts.slice(0, w.scenario.hosts).find((h) => h.name === name);
  if (host !== undefined) return hostNode(host.id);
  const store = w.stores.find((s) => s.name === name);
  if (store !== undefined) return storeNode(store.id);
  const c = containerNamed(w, name);
  if (c === undefined) return undefined;
  if (c.service === w.front) return NODE_BALANCER;
  const owner = storeIn(w, c);
  return owner === undefined ? nodeOf(c.id) : storeNode(owner.id);
}

/** `paddock partition A B [--for 5s]` and `paddock heal [A B]`. */
export function partition(w: World, command: Of<'partition' | 'heal'>, cause: number): Answer {
  if (command.verb === 'heal' && command.between === null) {
    if (w.partitions.length === 0) return { ok: false, text: 'paddock: nothing is partitioned' };
    for (const p of w.partitions) healPartition(w, p.id, cause);
    return { ok: true, text: 'packets get through everywhere' };
  }
  const [first, second] =
    command.verb === 'partition' ? [command.a, command.b] : (command.between ?? ['', '']);
  const ends: number[] = [];
  for (const name of [first, second]) {
    const part = partNamed(w, name);
    if (part === undefined) return { ok: false, text: `paddock: no part is called ${name}; ${partsOf(w)}` };
    ends.push(part);
  }
  // Without a balancer the users meet the container at its published port: that is the wire to cut.
  const other = (end: number): number => ends[0] + ends[1] - end;
  const [a, b] = ends.map((end) =>
    w.front < 0 && end === NODE_USERS && other(end) !== NODE_BALANCER ? NODE_BALANCER : end,
  );
  if (a === b) return { ok: false, text: `paddock: ${first} and ${second} are the same part` };
  if (!talk(a, b) && !(peersTalk(w) && depth(a) === PEERS && depth(b) === PEERS))
    return {
      ok: false,
      text: `paddock: ${first} and ${second} do not talk to each other: users talk to the balancer, the balancer to containers, containers to stores`,
    };
  const known = w.partitions.find((p) => (p.a === a && p.b === b) || (p.a === b && p.b === a));
  if (command.verb === 'heal') {
    if (known === undefined)
      return { ok: false, text: `paddock: nothing stands between ${first} and ${second}` };
    healPartition(w, known.id, cause);
    return { ok: true, text: `${first} and ${second}` };
  }
  if (known !== undefined)
    return { ok: false, text: `paddock: ${first} and ${second} are partitioned already` };
  beginPartition(w, { a, b, label: `${first} and ${second}`, forMs: command.forMs, cause });
  return { ok: true, text: `${first} and ${second}` };
}

const PEERS = 2;
/** How far inside a part is: users, balancer, containers and their hosts, stores. Each talks to its neighbours only. */
const depth = (part: number): number =>
  part === NODE_USERS ? 0 : part === NODE_BALANCER ? 1 : storeOfNode(part) >= 0 ? 3 : PEERS;
/** Members of a cluster talk to each other as well. */
const peersTalk = (w: World): boolean => w.app.kinds.membership !== null && w.app.state.membership !== 'none';
const talk = (a: number, b: number): boolean => Math.abs(depth(a) - depth(b)) === 1;

function partsOf(w: World): string {
  const names = [
    'users',
    'balancer',
    ...w.hosts.slice(0, w.scenario.hosts).map((h) => h.name),
    ...w.stores.map((s) => s.name),
  ];
  return `there is ${names.join(', ')}, and every container`;
}
