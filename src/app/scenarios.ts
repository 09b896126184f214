/** What is said of the herds that come with the app, and the one thing to try with each. */
import type { TimedLine } from '../sim/model/scenario.ts';
import type { HerdChoice } from '../ui/sandbox/herd-choice.ts';
import { HERD_FILES, type ShippedFile } from './herd-files.ts';

export interface ShippedHerd extends HerdChoice, ShippedFile {
  /** What happens in its small moving picture. */
  readonly preview: readonly TimedLine[];
}

const sessions = (count: number): string => `${count} ${count === 1 ? 'session' : 'sessions'}`;

const CHOICES: readonly Omit<ShippedHerd, 'file' | 'contents'>[] = [
  {
    name: 'herd',
    title: 'A herd of three',
    idea: 'Swarm, sessions in memory, a sticky cookie',
    preview: [{ at: 4000, do: 'docker kill shop-app-2' }],
    task: {
      verb: 'Kill',
      words: (name) =>
        `Press Kill. It ends ${name} in the middle of its work. How many users will be signed out?`,
      isDone: ({ lines }) => lines.some((line) => line.startsWith('docker kill')),
      after: ({ lost, home }) =>
        lost > 0
          ? `${sessions(lost)} went with it. Choose another home for Sessions and do the same again: the same users come at the same seconds.`
          : home('sessions') === 'redis'
            ? 'Nobody was signed out: the sessions live in Redis. What would happen if that went?'
            : 'Watch who is sent where, and what comes back.',
    },
  },
  {
    name: 'herd-redis',
    title: 'The same herd with Redis',
    idea: 'Nothing of value in any container',
    preview: [{ at: 4000, do: 'docker kill shop-app-2' }],
    task: {
      line: { does: 'Stop Redis', types: 'paddock store cache down' },
      words: () =>
        'Any container can go, and nobody is signed out. Redis is what everything depends on now: stop it.',
      isDone: ({ lines }) => lines.includes('paddock store cache down'),
      after: ({ lines }) =>
        lines.includes('paddock store cache up')
          ? 'It read its file again, so the sessions are back. What was a loss before is a wait now.'
          : 'Every request waits for it. Start it again: what had reached its file is still there.',
      next: { does: 'Start Redis', types: 'paddock store cache up' },
    },
  },
  {
    name: 'pet-docker',
    title: 'A pet on Docker',
    idea: 'One container with a name, started by hand',
    preview: [{ at: 4000, do: 'paddock crash bessie' }],
    task: {
      verb: 'Crash',
      words: () => 'Crash Bessie. The engine starts the same container again: what does it still know?',
      isDone: ({ lines }) => lines.some((line) => line.startsWith('paddock crash')),
      after: ({ lost }) =>
        `${sessions(lost)} ended with the process; the photos in its files did not. Now press Kill: whoever kills by hand is taken at their word, and nothing starts it again.`,
    },
  },
  {
    name: 'pet',
    title: 'A pet on Compose',
    idea: 'Repaired by hand, until the next deploy',
    preview: [
      { at: 3000, do: "docker exec bessie sh -c 'echo fixed by hand >> /app/config.js'" },
      { at: 9000, do: 'docker compose up -d --force-recreate' },
    ],
    task: {
      verb: 'Edit by hand',
      words: () => 'Fix something by hand: the hatching on the hide is what the image does not know of.',
      isDone: ({ lines }) => lines.some((line) => line.startsWith('docker exec')),
      after: ({ lines }) =>
        lines.some((line) => line.startsWith('paddock set'))
          ? 'Compose made a new container from the new image: the edit, the sessions and the photos went with the old one.'
          : 'Now press Deploy. Compose makes a new container from the image: what is left of the edit, and of the photos?',
    },
  },
  {
    name: 'layer-files',
    title: 'Photos in the containers',
    idea: 'Three containers, each with files of its own',
    preview: [],
    task: {
      words: () =>
        'Most photos are not found, although none is lost: each is in the one container that took it. Choose S3 as the home of Uploads.',
      isDone: ({ home }) => home('uploads') === 's3',
      after: () => 'Every photo is found, whichever container is asked. Now any of them can go.',
    },
  },
  {
    name: 'kubernetes',
    title: 'A deployment with probes',
    idea: 'Kubernetes asks every pod how it is',
    preview: [{ at: 3000, do: 'paddock hang shop-app-1' }],
    task: {
      line: { does: 'Let one hang', types: 'paddock hang shop-app-1' },
      words: () =>
        'Let a pod hang: it runs, and answers nobody. Who finds out, when, and what is done about it?',
      isDone: ({ lines }) => lines.some((line) => line.startsWith('paddock hang')),
      after: () =>
        'Two missed readiness probes take it out of traffic. Three missed liveness probes have it stopped: it does not listen, so it is killed when its 30 s are over, and started again with a clean layer.',
    },
  },
  {
    name: 'nginx',
    title: 'nginx in front',
    idea: 'No health checks: failures are the news',
    preview: [{ at: 4000, do: 'paddock crash shop-app-2' }],
    task: {
      verb: 'Crash',
      words: (name) => `Crash ${name}. nginx makes no checks: who notices, and does any user?`,
      isDone: ({ lines }) => lines.some((line) => line.startsWith('paddock crash')),
      after: () =>
        'Whoever was refused there was sent on to the next server, and nginx leaves that one alone for 10 s.',
    },
  },
  {
    name: 'streams',
    title: 'Sixty open streams',
    idea: 'WebSockets end when their container does',
    preview: [{ at: 3000, do: 'docker service update --image ticker:1.1 ticker_app' }],
    task: {
      verb: 'Deploy',
      words: () =>
        'The lines in the rails are streams, sixty of them. Deploy a new version: where do they go?',
      isDone: ({ lines }) => lines.some((line) => line.startsWith('docker service update')),
      after: () =>
        'Each container that leaves closes its streams. A second later all of them are back, at another one: some of them more than once.',
    },
  },
  {
    name: 'cron',
    title: 'A clock in every container',
    idea: 'Three replicas, and every mail three times',
    preview: [],
    task: {
      words: () =>
        'Every ten seconds a newsletter is due, and three clocks send it: three times. Choose Queue as the home of Jobs.',
      isDone: ({ home }) => ['queue', 'redis', 'postgres'].includes(home('jobs') ?? ''),
      after: () => 'It goes out once: whichever container takes the job has it alone.',
      measures: [
        { label: 'Newsletters sent', metric: 'jobs.run' },
        { label: 'of them again', metric: 'jobs.duplicated' },
      ],
    },
  },
  {
    name: 'autoscaler',
    title: 'As many pods as it takes',
    idea: 'Kubernetes counts how busy they are',
    preview: [{ at: 2000, do: 'paddock set x-paddock.traffic.rate=100/s' }],
    task: {
      line: { does: 'Send 100 a second', types: 'paddock set x-paddock.traffic.rate=100/s' },
      words: () =>
        'Two pods serve 20 requests a second with ease. Send them 100: who notices, and how long does it take?',
      isDone: ({ lines }) => lines.includes('paddock set x-paddock.traffic.rate=100/s'),
      after: ({ lines }) =>
        lines.includes('paddock set x-paddock.traffic.rate=20/s')
          ? 'What it no longer needs goes more slowly than it came: only when 30 s have passed with less to do.'
          : 'The autoscaler looks every 15 s. Until it has looked, and the new pods are ready, requests wait in line.',
      next: { does: 'Back to 20 a second', types: 'paddock set x-paddock.traffic.rate=20/s' },
    },
  },
  {
    name: 'canary',
    title: 'A canary goes first',
    idea: 'One container of the new version, and a count',
    preview: [{ at: 2000, do: 'docker service update --image shop:1.1 shop_app' }],
    task: {
      verb: 'Deploy',
      words: () => 'Deploy. One answer in five of version 1.1 is an error: how many users will see one?',
      isDone: ({ lines }) => lines.some((line) => line.startsWith('docker service update')),
      after: ({ lines }) =>
        lines.includes('docker service update --image shop:1.2 shop_app')
          ? 'Version 1.2 is sound: a fifth of the traffic, then three fifths, then the whole herd.'
          : 'One container of it gets a fifth of the traffic for ten seconds. Then its failures are counted, and it is taken back.',
      next: { does: 'Deploy 1.2 instead', types: 'docker service update --image shop:1.2 shop_app' },
    },
  },
  {
    name: 'blue-green',
    title: 'Blue and green',
    idea: 'Two herds, and one instant between them',
    preview: [{ at: 2000, do: 'docker service update --image shop:1.1 shop_app' }],
    task: {
      verb: 'Deploy',
      words: () =>
        'Deploy. A second herd is made ready beside the first, and then all traffic goes there. Who notices?',
      isDone: ({ lines }) => lines.some((line) => line.startsWith('docker service update')),
      after: ({ home }) =>
        home('sessions') === 'redis'
          ? 'Not a request fails, and everybody stays signed in: both herds ask the same Redis.'
          : 'Not a request fails, and still everybody has to sign in again: the new herd has never seen them. Choose Redis as the home of Sessions, and deploy again.',
    },
  },
];

/** In the order in which they are offered. */
export const HERDS: readonly ShippedHerd[] = CHOICES.map((choice) => {
  const file = HERD_FILES.find(({ name }) => name === choice.name);
  if (!file) throw new Error(`no file holds the herd '${choice.name}'`);
  return { ...choice, ...file };
});

export const herdNamed = (name: string): ShippedHerd | undefined => HERDS.find((herd) => herd.name === name);
