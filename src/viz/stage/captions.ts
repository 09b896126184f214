/** What is said of a container where there is room for a word or two. */
import type { ContainerView, HerdView } from '../../sim/view.ts';
import { endedBadly, fellLately } from './fall.ts';
import type { Ink } from './ops.ts';
import { endWord } from './stall-words.ts';
import {
  balancerName,
  goesAlong,
  NEAR_LIMIT,
  percent,
  seconds,
  sessionsElsewhere,
  shortName,
} from './words.ts';

/** A word or two; `shorter` ones for where even they do not fit, the shortest last. */
export interface Caption {
  readonly text: string;
  readonly shorter?: readonly string[];
  readonly fill: Ink;
  /** Drawn before it. */
  readonly glyph?: 'diamond';
}

/** The one thing to say where there is little room. */
export function stallCaption(c: ContainerView, view: HerdView, t: number): Caption {
  if (c.lostSessions > 0 && fellLately(c, t)) return { text: `${c.lostSessions} lost`, fill: 'red' };
  switch (c.phase) {
    case 'exited':
    case 'removed':
      return { text: endWord(c), fill: endedBadly(c) ? 'red' : 'ink2' };
    case 'created':
      return { text: c.status || 'created', fill: 'ink2' };
    case 'waiting':
      return c.status === ''
        ? { ...countdownCaption(c, t, 'waits', 'waiting'), fill: 'ink2' }
        : { ...countdownCaption(c, t, c.status, c.status, 'back-off'), fill: endedBadly(c) ? 'red' : 'ink2' };
    case 'booting':
      return { ...countdownCaption(c, t, 'boots', 'starting'), fill: 'ink2' };
    case 'prestop':
    case 'stopping':
      return c.sessions > 0 && goesAlong(view)
        ? {
            text: `${c.sessions} go with it`,
            shorter: [`${c.sessions} go too`, `${c.sessions} go`],
            fill: 'ink',
          }
        : { text: 'stopping', fill: 'ink2' };
    case 'running':
      return runningCaption(c, view);
  }
}

function countdownCaption(
  c: ContainerView,
  t: number,
  verb: string,
  open: string,
  less = '',
): { text: string; shorter?: readonly string[] } {
  if (c.dueAt === null) return { text: open };
  const left = seconds(c.dueAt - t);
  return { text: `${verb} ${left}`, shorter: less === '' ? [left] : [`${less} ${left}`, left] };
}

/** How it ended, in fewer words where there is less room. */
const ending = (c: ContainerView): Caption => ({
  text: endWord(c),
  shorter: SHORTER_ENDS[c.reason] ?? [],
  fill: endedBadly(c) ? 'red' : 'ink2',
});

const SHORTER_ENDS: Readonly<Record<string, readonly string[]>> = {
  oom: ['no memory', 'OOM'],
  'host gone': ['host gone', 'host'],
  'power lost': ['no power'],
};

/** A second thing to say, below the caption. */
export function stallDetail(c: ContainerView, view: HerdView, t: number): Caption | null {
  const fallen = c.lostSessions > 0 && fellLately(c, t);
  switch (c.phase) {
    case 'exited':
    case 'removed':
      return fallen ? ending(c) : { text: 'none lost', fill: 'ink2' };
    case 'created':
      return null;
    case 'waiting':
    case 'booting': {
      if (fallen || (c.phase === 'waiting' && endedBadly(c))) return ending(c);
      const old = view.containers.find(({ id }) => id === c.replaces);
      if (old === undefined) return null;
      const short = [`replaces ${old.number}`, `for ${old.number}`];
      return { text: `replaces ${shortName(old, view)}`, shorter: short, fill: 'ink2' };
    }
    case 'prestop':
    case 'stopping': {
      if (c.dueAt === null) return null;
      const left = seconds(c.dueAt - t);
      return { text: `killed in ${left}`, shorter: [`kill ${left}`, left], fill: 'ink2' };
    }
    case 'running':
      if (c.cutOff && view.balancer !== null)
        return c.server === 'up'
          ? {
              text: `${balancerName(view.balancer.kind)} still sends`,
              shorter: ['still tried'],
              fill: 'ink',
            }
          : { text: 'taken out', fill: 'ink2' };
      if (c.variant > 0) return { text: '  its answers', glyph: 'diamond', fill: 'ink2' };
      if (runningCaption(c, view).text !== plainCaption(c, view).text)
        return sessionsElsewhere(view) && c.sessions === 0 ? null : plainCaption(c, view, 'ink2');
      return view.containers.some(({ version, phase }) => version !== c.version && phase === 'running')
        ? { text: `v${c.tag}`, fill: 'ink2' }
        : null;
  }
}

function runningCaption(c: ContainerView, view: HerdView): Caption {
  if (c.frozen) return { text: 'frozen', fill: 'red' };
  if (c.cutOff) return { text: 'network cut', shorter: ['cut off'], fill: 'red' };
  if (c.diskFull) return { text: 'disk full', fill: 'red' };
  if (c.memory !== null && c.memory >= NEAR_LIMIT)
    return { text: `memory ${percent(c.memory)}`, shorter: [`mem ${percent(c.memory)}`], fill: 'red' };
  const store = view.stores.find(({ cutOff }) => cutOff.includes(c.id));
  if (store !== undefined) return { text: `no way to ${store.name}`, shorter: ['no store'], fill: 'red' };
  if (c.server === 'down') return { text: 'down', fill: 'red' };
  if (c.health === 'unhealthy') return { text: 'unhealthy', fill: 'red' };
  if (c.slow > 1) return { text: `${Math.round(c.slow * 10) / 10}× slow`, fill: 'red' };
  if (c.queued > 0) return { text: `${c.queued} waiting`, fill: 'ink' };
  if (c.edits > 0) return { text: 'edited by hand', shorter: ['hand edit', 'edited'], fill: 'ink' };
  if (c.slots !== null && c.inFlight >= c.slots)
    return { text: `${c.inFlight} of ${c.slots} busy`, fill: 'ink' };
  if (c.server === 'drain') return { text: 'draining', fill: 'ink2' };
  return plainCaption(c, view);
}

const plainCaption = (c: ContainerView, view: HerdView, fill: Ink = 'ink'): Caption =>
  sessionsElsewhere(view) && c.sessions === 0
    ? { text: 'serving', fill }
    : { text: `${c.sessions} held`, fill };
