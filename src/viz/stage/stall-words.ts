import type { ContainerView, HerdView, PeersView } from '../../sim/view.ts';
import { fellLately, settled } from './fall.ts';
import type { Ink } from './ops.ts';
import {
  balancerName,
  counted,
  goesAlong,
  isPet,
  NEAR_LIMIT,
  percent,
  seconds,
  sessionHome,
  sessionsElsewhere,
  shortName,
  wholeSeconds,
} from './words.ts';

export type Glyph = 'none' | 'diamond' | 'swatch' | 'check' | 'cross' | 'ice' | 'broken' | 'disk';

/** One line beside a stall: words after a glyph, or a bar of a time that runs. */
export type StallLine =
  | {
      readonly kind: 'words';
      readonly text: string;
      readonly glyph: Glyph;
      readonly fill: Ink;
      /** Said instead where there is room. */
      readonly long?: string;
      /** Rings may lie below it. */
      readonly halo?: boolean;
    }
  | { readonly kind: 'bar'; readonly from: number; readonly due: number; readonly emptying: boolean };

const words = (text: string, glyph: Glyph = 'none', fill: Ink = 'ink', long = text): StallLine => ({
  kind: 'words',
  text,
  glyph,
  fill,
  long,
});

/** Why it is not alive, as one word. */
export const endWord = (c: ContainerView): string =>
  END_WORDS[c.reason] ?? (c.reason !== '' ? c.reason : c.phase === 'removed' ? 'removed' : 'exited');

const END_WORDS: Readonly<Record<string, string>> = { oom: 'out of memory', 'host gone': 'gone with host' };

/** What is to be said beside a stall at time `t`, the most important first. */
export function stallLines(c: ContainerView, view: HerdView, t: number): StallLine[] {
  switch (c.phase) {
    case 'exited':
    case 'removed':
      return deadLines(c, view, t);
    case 'created':
      return [words(c.status || 'created, not started', 'none', 'ink2'), ...origin(c, view)];
    case 'waiting':
      return waitingLines(c, view, t);
    case 'booting':
      return bootingLines(c, view, t);
    case 'prestop':
    case 'stopping':
      return [...leavingLines(c, view, t), ...goingAlong(c, view), ...deaf(c), ...complaints(c, view)];
    case 'running':
      return [
        ...lossLines(c, t),
        ...held(c, view),
        ...busy(c, view),
        ...complaints(c, view),
        ...work(c),
        ...life(c, view, t),
        ...checks(c),
      ];
  }
}

/** What a container lost that already comes back, or is back, under its name. */
const lossLines = (c: ContainerView, t: number): StallLine[] =>
  c.lostSessions > 0 && fellLately(c, t)
    ? [words(`${counted(c.lostSessions, 'session')} lost`, 'none', 'red')]
    : [];

function deadLines(c: ContainerView, view: HerdView, t: number): StallLine[] {
  // Where tokens fell out, they lie below this line.
  if (c.lostSessions > 0) {
    const lost = `${counted(c.lostSessions, 'session')} lost`;
    const long = settled(c, t) ? `${lost} at ${seconds(c.endedAt!)}` : lost;
    return [words(lost, 'none', 'ink', long), ...heldWhere(view)];
  }
  const code = c.exitCode === null ? [] : [words(`exit code ${c.exitCode}`, 'none', 'ink2')];
  return [
    words('no sessions lost'),
    ...stillSent(c, view),
    ...(sessionsElsewhere(view) ? heldWhere(view) : []),
    ...code,
  ];
}

/** Where its sessions were, or are: why they went with it, or did not. */
function heldWhere(view: HerdView): StallLine[] {
  const home = sessionHome(view);
  return home === null
    ? []
    : [{ kind: 'words', text: home.short, long: home.long, glyph: 'none', fill: 'ink2', halo: true }];
}

/** Where lost tokens lie beside it there is room for the loss and for what is left of the wait. */
function waitingLines(c: ContainerView, view: HerdView, t: number): StallLine[] {
  const loss = lossLines(c, t);
  const wait = countdown(c, t, waitWords(c), 'starts in');
  return loss.length > 0
    ? [...loss, ...wait.filter((_, i) => i !== wait.length - 2 || wait.length < 3)]
    : [...wait, ...origin(c, view)];
}

/** The same room, and the same order. */
function bootingLines(c: ContainerView, view: HerdView, t: number): StallLine[] {
  const loss = lossLines(c, t);
  const rest = loss.length > 0 ? [] : [...origin(c, view), ...scars(c)];
  return [...loss, ...countdown(c, t, 'starting', ''), ...rest];
}

function waitWords(c: ContainerView): string {
  if (c.status !== '') return c.status;
  return c.dueAt === null ? 'waiting to start' : `restart delay ${seconds(c.dueAt - c.since)}`;
}

/** Whose place it takes, and from which host. */
function origin(c: ContainerView, view: HerdView): StallLine[] {
  const old = view.containers.find(({ id }) => id === c.replaces);
  if (old === undefined) return [];
  const host = view.hosts.find(({ id }) => id === old.host);
  return old.host !== c.host && host !== undefined
    ? [words(`moved from ${host.name}`, 'none', 'ink2')]
    : [words(`replaces ${shortName(old, view)}`, 'none', 'ink2')];
}

const scars = (c: ContainerView): StallLine[] =>
  c.restarts > 0 ? [words(`restarted ${c.restarts}×`, 'none', 'ink2')] : [];

/** How long a pet has been looked after, and what it has been through. */
const life = (c: ContainerView, view: HerdView, t: number): StallLine[] => [
  ...scars(c),
  ...(isPet(c, view) && c.startedAt !== null
    ? [words(`up ${wholeSeconds(t - c.startedAt)}`, 'none', 'ink2')]
    : []),
];

/** Of the requests that it may work on at once: said while all are taken, or others wait for one. */
const busy = (c: ContainerView, view: HerdView): StallLine[] =>
  c.slots !== null && (c.inFlight >= c.slots || c.queued > 0 || (view.balancer?.queued ?? 0) > 0)
    ? [words(`${c.inFlight} of ${c.slots} busy`)]
    : [];

/** Whether anybody who comes now is heard. */
const deaf = (c: ContainerView): StallLine[] =>
  c.phase === 'stopping'
    ? [words(c.listening ? 'still takes new ones' : 'takes no new ones', 'none', 'ink2')]
    : [];

/** What is lost when it has left: what only its process knows. */
const goingAlong = (c: ContainerView, view: HerdView): StallLine[] => {
  if (c.sessions === 0) return [];
  if (!goesAlong(view)) return held(c, view);
  const long = `${counted(c.sessions, 'session')} ${c.sessions === 1 ? 'goes' : 'go'} with it`;
  return [words(`${c.sessions} ${c.sessions === 1 ? 'goes' : 'go'} with it`, 'none', 'ink', long)];
};

/** A bar that fills until the phase ends, what it is, and what is left of it. */
function countdown(c: ContainerView, t: number, what: string, left: string): StallLine[] {
  if (c.dueAt === null) return [words(what, 'none', 'ink2')];
  const bar: StallLine = { kind: 'bar', from: c.since, due: c.dueAt, emptying: false };
  const rest = seconds(c.dueAt - t);
  if (left === '') return [bar, words(`${rest} to ready`)];
  return [bar, words(what), words(`${left} ${rest}`, 'none', 'ink2')];
}

function leavingLines(c: ContainerView, view: HerdView, t: number): StallLine[] {
  // Only a pod has a hook of that name; elsewhere the balancer is given time to look away.
  const before = view.platform === 'kubernetes' ? 'leaving, preStop' : 'leaving rotation';
  const finishing = c.inFlight > 0 ? `finishing ${counted(c.inFlight, 'request')}` : 'got SIGTERM';
  const what = words(c.phase === 'prestop' ? before : finishing);
  if (c.dueAt === null) return [what];
  return [
    { kind: 'bar', from: c.since, due: c.dueAt, emptying: true },
    what,
    words(`killed in ${seconds(c.dueAt - t)}`, 'none', 'ink2'),
  ];
}

function held(c: ContainerView, view: HerdView): StallLine[] {
  if (sessionsElsewhere(view) && c.sessions === 0) return [words('holds no sessions', 'none', 'ink2')];
  return [words(counted(c.sessions, 'session'))];
}

/** nginx reads its servers when it starts and when it is told to; others are told one by one. */
const unknownYet = ({ balancer }: HerdView): StallLine =>
  balancer?.kind === 'nginx'
    ? words('unknown to nginx', 'none', 'red', 'nginx needs a reload')
    : words('not in service yet', 'none', 'ink2');

/** The balancer has not noticed yet. */
const stillSent = (c: ContainerView, { balancer }: HerdView): StallLine[] =>
  balancer !== null && c.server === 'up'
    ? [words('still tried', 'none', 'ink', `${balancerName(balancer.kind)} still tries it`)]
    : [];

function complaints(c: ContainerView, view: HerdView): StallLine[] {
  const lines: StallLine[] = [];
  if (c.cutOff) lines.push(words('network cut', 'broken', 'red'), ...stillSent(c, view));
  for (const store of view.stores) {
    if (store.cutOff.includes(c.id)) lines.push(words(`no way to ${store.name}`, 'broken', 'red'));
  }
  if (c.memory !== null && c.memory >= NEAR_LIMIT)
    lines.push(words(`memory ${percent(c.memory)}`, 'none', 'red'));
  if (c.diskFull) lines.push(words('disk full', 'disk', 'red'));
  if (c.frozen) lines.push(words('frozen', 'ice', 'red'));
  if (c.queued > 0) lines.push(words(`${c.queued} waiting`, 'none', c.queued > 20 ? 'red' : 'ink'));
  if (c.phase === 'running' && c.server === 'down')
    lines.push(words('marked down', 'cross', 'red', c.cutOff ? 'taken out of service' : 'marked down'));
  if (c.phase === 'running' && c.server === 'drain') lines.push(words('draining', 'none', 'ink2'));
  if (c.phase === 'running' && c.server === 'maint') lines.push(words('out of service', 'none', 'ink2'));
  if (c.phase === 'running' && c.server === 'absent') lines.push(unknownYet(view));
  if (c.slow > 1) lines.push(words(`${Math.round(c.slow * 10) / 10}× slower`, 'none', 'red'));
  if (c.peers) lines.push(...mistakes(c.peers));
  if (c.edits > 0) lines.push(words('edited by hand', 'swatch', 'ink', 'edited: gone if replaced'));
  if (c.variant > 0) lines.push(words('its own answers', 'diamond'));
  if (c.health === 'unhealthy') lines.push(words('unhealthy', 'cross', 'red'));
  return lines;
}

/** Where a member of a cluster is wrong about the others. */
const mistakes = ({ dead, unknown }: PeersView): StallLine[] => [
  ...(dead > 0
    ? [
        words(
          `believes in ${dead} dead`,
          'none',
          'red',
          `believes in ${dead} that ${dead === 1 ? 'is' : 'are'} gone`,
        ),
      ]
    : []),
  ...(unknown > 0
    ? [
        words(
          `does not know ${unknown}`,
          'none',
          'red',
          `does not know of ${unknown} ${unknown === 1 ? 'other' : 'others'}`,
        ),
      ]
    : []),
];

/** What it does beside answering, and what it has ready. */
const work = (c: ContainerView): StallLine[] => [
  ...(c.jobs > 0 ? [words(c.jobs === 1 ? 'runs a job' : `runs ${c.jobs} jobs`)] : []),
  ...(c.cached === null
    ? []
    : [words(c.cached === 0 ? 'cache empty' : `cache ${percent(c.cached)} full`, 'none', 'ink2')]),
];

function checks(c: ContainerView): StallLine[] {
  const lines: StallLine[] = [];
  // Checks of a container that is not in service yet are expected to fail for a while.
  const early = c.server === 'absent' && c.health !== 'unhealthy';
  if (c.checkedAt !== null && c.checkOk) lines.push(words('check passed', 'check'));
  if (c.checkedAt !== null && !c.checkOk && !early) lines.push(words('check failed', 'cross', 'red'));
  if (c.streams > 0) lines.push(words(counted(c.streams, 'stream'), 'none', 'ink2'));
  if (c.memory !== null && c.memory < NEAR_LIMIT)
    lines.push(words(`memory ${percent(c.memory)}`, 'none', 'ink2'));
  return lines;
}
