import type { RawEntry } from './engine/journal.ts';
import type { JournalEntry } from './engine/journal-entry.ts';
import { type FailureCause, failureOf } from './model/failure.ts';
import type { World } from './model/world.ts';

const CAUSE_WORDS: Record<FailureCause, string> = {
  'connect-refused': 'the connection was refused',
  reset: 'the container went away in the middle of it',
  'no-server': 'the balancer had no server left',
  'queue-timeout': 'it waited too long in the balancer',
  'server-timeout': 'the container did not answer in time',
  'client-timeout': 'the user gave up waiting',
  truncated: 'the answer was cut off',
  dependency: 'a store that it needs did not answer',
  'app-error': 'the application answered with an error',
};

/** Why a member found nobody, by the home of the list. */
const ALONE: Readonly<Record<string, string>> = {
  memory: 'none of its seeds answered',
  redis: 'it cannot read the registry, or nobody else is in it',
  dns: 'the name service lists nobody else',
};

const secs = (ms: number): string => `${Math.round(ms / 100) / 10} s`;

/** A journal entry as a sentence. */
export function describe(w: World, e: RawEntry): JournalEntry {
  const c = e.container >= 0 ? w.containers[e.container].name : '';
  const user = e.user >= 0 ? `user ${e.user + 1}` : '';
  const store = (): string => w.stores[e.detail]?.name ?? c;
  const [subject, text] = sentence(e, c, user, store);
  return {
    id: e.id,
    t: e.t,
    kind: e.kind,
    subject,
    text,
    cause: e.cause,
    container: e.container,
    user: e.user,
    request: e.request,
  };
}

function sentence(e: RawEntry, c: string, user: string, store: () => string): [string, string] {
  switch (e.kind) {
    case 'command':
      return [e.text, e.text];
    case 'refused-command':
      return [e.text, `${e.text}: refused`];
    case 'fault':
      return [c || e.text, c === '' ? e.text : `${c} became ${e.detail} times slower`];
    case 'container-created':
      return [c, `${c} was created`];
    case 'container-started':
      return [c, e.detail > 0 ? `${c} was started again (restart ${e.detail})` : `${c} was started`];
    case 'container-ready':
      return [c, `${c} is ready`];
    case 'container-told':
      return [c, `${c} is leaving: it waits ${secs(e.detail)} before SIGTERM`];
    case 'container-signalled':
      return [
        c,
        e.text.endsWith('ignored')
          ? `${c} ignored SIG${e.text.replace(' ignored', '')}: PID 1 has no handler for it`
          : `${c} got SIG${e.text || 'TERM'}`,
      ];
    case 'container-exited':
      return [c, exited(c, e)];
    case 'container-removed':
      return [c, `${c} was removed, and its layer with it`];
    case 'container-restart-planned':
      return [c, `${c} starts in ${secs(e.detail)}`];
    case 'container-healthy':
      return [c, `${c} is healthy`];
    case 'container-unhealthy':
      return [c, `${c} is unhealthy`];
    case 'container-frozen':
      return [c, `${c} hangs: it accepts connections and never answers`];
    case 'container-resumed':
      return [c, `${c} goes on`];
    case 'server-up':
      return [c, `the balancer sends requests to ${c}`];
    case 'server-down':
      return [c, `the balancer took ${c} for dead`];
    case 'server-drain':
      return [c, `the balancer drains ${c}: only users with its cookie still come`];
    case 'server-maint':
      return [c, `the balancer was told to send nothing new to ${c}`];
    case 'server-added':
      return [c, `the balancer knows ${c} and checks it first`];
    case 'fail-open':
      return ['balancer', 'no target is healthy: the balancer sends to all of them (fail-open)'];
    case 'server-removed':
      return [c, `the balancer forgot ${c}`];
    case 'request-failed': {
      const { cause, status } = failureOf(e.detail);
      return [
        user,
        `a request of ${user} failed (${status === 0 ? 'no answer' : status}): ${CAUSE_WORDS[cause]}`,
      ];
    }
    case 'upload-not-found':
      return [user, `${c} answered 404: it does not hold the upload that ${user} asked for`];
    case 'session-lost':
      return [user, `the session of ${user} was lost${c === '' ? '' : ` with ${c}`}`];
    case 'session-missed':
      return [
        user,
        e.detail === 1
          ? `${c} cannot read the session of ${user}: another version wrote it in another format`
          : `${c} does not know ${user}: the session is held elsewhere`,
      ];
    case 'upload-lost':
      return [user, `an upload of ${user} was lost${c === '' ? '' : ` with ${c}`}`];
    case 'record-lost':
      return [user, `an order of ${user} was lost`];
    case 'store-down':
      return [store(), `${store()} is down`];
    case 'store-up':
      return [store(), `${store()} is back`];
    case 'store-paused':
      return [store(), `${store()} hangs`];
    case 'store-resumed':
      return [store(), `${store()} goes on`];
    case 'session-expired':
      return [user, `the session of ${user} expired`];
    case 'store-failed-over':
      return [store(), `the replica of ${store()} took over`];
    case 'store-rejoined':
      return [store(), `${store()} has a replica again`];
    case 'store-throttled':
      return [store(), `${store()} answers 503 Slow Down`];
    case 'store-full':
      return [
        store(),
        e.text === 'noeviction'
          ? `${store()} is full: OOM command not allowed when used memory > 'maxmemory'`
          : `${store()} is full, and does as ${e.text} says`,
      ];
    case 'store-refused':
      return [c, `${store()} let ${c} in no more: ${e.text}`];
    case 'drift':
      return [c, `${c} was changed by hand: ${e.text}`];
    case 'deploy-started':
      return [e.text, `roll-out of ${e.text} began`];
    case 'deploy-step':
      return [c, c === '' ? `the roll-out takes up slot ${e.detail}` : `the roll-out takes up ${c}`];
    case 'deploy-paused':
      return [c, c === '' ? 'the roll-out was paused' : 'the roll-out paused: a new container failed'];
    case 'deploy-done':
      return ['roll-out', `the roll-out is done after ${secs(e.detail)}`];
    case 'deploy-failed':
      return ['roll-out', e.text === '' ? 'the roll-out failed' : `the roll-out failed: ${e.text}`];
    case 'deploy-rolled-back':
      return ['roll-out', `going back to ${e.text}`];
    case 'stream-dropped':
      return [user, `a long-lived connection was cut${c === '' ? '' : ` with ${c}`}`];
    case 'deploy-resumed':
      return ['roll-out', 'the roll-out goes on'];
    case 'deploy-superseded':
      return ['roll-out', `the roll-out of ${e.text} was overtaken by a newer one`];
    case 'traffic-switched':
      return ['roll-out', `all traffic goes to ${e.text} from now on`];
    case 'canary-step':
      return ['roll-out', `${e.text} gets ${e.detail / 10} % of the traffic`];
    case 'out-of-sync':
      return [e.text, `OutOfSync: ${e.text} is not what git says`];
    case 'synced':
      return ['git', 'what git says was applied'];
    case 'image-pushed':
      return [e.text, `another build was pushed as ${e.text}: the tag moved`];
    case 'asset-missed':
      return [user, `${user} got a page without its assets: ${c} runs another version than the page's`];
    case 'schema-migrated':
      return c === ''
        ? ['database', `the database was taken back to schema ${e.text || '(the first)'}`]
        : [
            'database',
            `${c} migrated the database to schema ${e.text}${e.detail === 1 ? '; code of the schema before still works' : ''}`,
          ];
    case 'host-lost':
      return [e.text, `${e.text} is gone, with its disks`];
    case 'host-rebooting':
      return [e.text, `${e.text} reboots`];
    case 'host-back':
      return [e.text, `${e.text} is back`];
    case 'volume-orphaned':
      return [c, `the anonymous volume of ${c} at ${e.text} stays behind: nothing will mount it again`];
    case 'volume-removed':
      return [
        c || e.text,
        c === ''
          ? `the volume ${e.text} was removed`
          : `the anonymous volume of ${c} at ${e.text} was removed with it`,
      ];
    case 'disk-full':
      return [c, `the disk under the layer of ${c} is full: what writes to it fails`];
    case 'disk-freed':
      return [c, `there is room on the disk of ${c} again`];
    case 'memory-exceeded':
      return [c, `memory cgroup out of memory: ${c} uses ${e.text} MB of its ${e.detail} MB`];
    case 'boot-failed':
      return [c, `${c} does not come up: ${e.text}`];
    case 'record-duplicated':
      return [user, `an order of ${user} was stored a second time`];
    case 'partition-began':
      return [e.text, `packets between ${e.text} vanish`];
    case 'partition-healed':
      return [e.text, `packets between ${e.text} get through again`];
    case 'logs-lost':
      return [c, `${e.detail} log lines were lost${c === '' ? '' : ` with ${c}`}${e.text}`];
    case 'count-lost':
      return [c || 'counter', `a counter forgot ${e.detail} requests${c === '' ? '' : ` with ${c}`}`];
    case 'job-cut':
      return [c, `${c} went away in the middle of a scheduled job`];
    case 'job-duplicated':
      return [c, `${c} runs the same job again: execution ${e.detail} of one due time`];
    case 'job-missed':
      return ['job', 'a scheduled job was missed: no execution of it came to its end'];
    case 'lease-expired':
      return [c, `the lease of ${c} on its secret is over, and was not renewed`];
    case 'secret-revoked':
      return ['secret', 'the old secret was revoked: the database refuses whoever still has it'];
    case 'licence-refused':
      return [c, `the licence refuses ${c}: ${e.text}`];
    case 'member-joined':
      return [c, `${c} joined its peers: it knows ${e.detail} of them`];
    case 'member-known':
      return [c, `${c} and its peers all know each other, ${secs(e.detail)} after it came up`];
    case 'member-alone':
      return [c, `${c} is alone: ${ALONE[e.text] ?? 'it found nobody'}`];
    case 'member-suspected':
      return [
        c,
        `${e.text} heard nothing of ${c} for too long and takes it for dead${e.detail === 1 ? ', though it runs' : ''}`,
      ];
    case 'member-left':
      return [c, `${c} told its peers that it leaves`];
    case 'member-forgotten':
      return [c, `no peer believes in ${c} any more, ${secs(e.detail)} after it ended`];
    case 'members-split':
      return ['members', `the members are ${e.detail} groups that do not know of each other`];
    case 'members-whole':
      return ['members', 'the members are one group again'];
    case 'registry-lost':
      return ['members', `the registry forgot ${e.detail} members`];
    case 'upload-raced':
      return [
        user,
        `an upload of ${user} was written over by one of user ${e.detail + 1} that did not know of it; both were told that theirs is stored`,
      ];
    case 'value-changed':
      return [e.text, e.text];
    case 'note':
      return ['', e.text];
    case 'connection-idle':
      return [c, `${c} had just closed the connection: idle for ${e.detail} ms, its keep-alive-timeout`];
    case 'node-status':
      return [e.text.split(' ')[0], e.text];
    case 'scaled':
      return ['scaler', `the scaler wants ${e.detail} containers: ${e.text}`];
    case 'probe-failed':
      return [
        c,
        e.text === 'readiness'
          ? `${c} failed its readiness probe (${e.detail} in a row): no more traffic for it`
          : `${c} failed its ${e.text} probe (${e.detail} in a row): its container is stopped and started again`,
      ];
  }
}

function exited(c: string, e: RawEntry): string {
  switch (e.text) {
    case 'killed':
      return `${c} was killed (exit ${e.detail})`;
    case 'crashed':
      return `${c} crashed (exit ${e.detail})`;
    case 'oom':
      return `${c} ran out of memory and was killed (exit ${e.detail})`;
    case 'host gone':
      return `${c} went down with its host`;
    case 'stopped':
      return `${c} stopped (exit ${e.detail})`;
    default:
      return `${c} ended: ${e.text} (exit ${e.detail})`;
  }
}
