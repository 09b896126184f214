/** The herds that come with the app. Only the first is there at once; the others are fetched when they are asked for. */
import herd from '../../lessons/scenarios/herd.compose.yaml?scenario';
import type { ReadyScenario } from '../runtime/protocol.ts';
import { once } from './once.ts';

export interface HerdContents {
  readonly source: string;
  /** What it says, where it was read at build time. */
  readonly ready?: ReadyScenario;
}

export interface ShippedFile {
  readonly name: string;
  readonly file: string;
  /** The same promise at every call. */
  contents(): HerdContents | Promise<HerdContents>;
}

const fetched = (load: () => Promise<{ default: HerdContents }>): (() => Promise<HerdContents>) =>
  once(() => load().then((module) => module.default));

export const HERD_FILES: readonly ShippedFile[] = [
  { name: 'herd', file: 'herd.compose.yaml', contents: () => herd },
  {
    name: 'herd-redis',
    file: 'herd-redis.compose.yaml',
    contents: fetched(() => import('../../lessons/scenarios/herd-redis.compose.yaml?scenario')),
  },
  {
    name: 'pet-docker',
    file: 'pet-docker.compose.yaml',
    contents: fetched(() => import('../../lessons/scenarios/pet-docker.compose.yaml?scenario')),
  },
  {
    name: 'pet',
    file: 'pet.compose.yaml',
    contents: fetched(() => import('../../lessons/scenarios/pet.compose.yaml?scenario')),
  },
  {
    name: 'layer-files',
    file: 'layer-files.compose.yaml',
    contents: fetched(() => import('../../lessons/scenarios/layer-files.compose.yaml?scenario')),
  },
  {
    name: 'kubernetes',
    file: 'kubernetes.compose.yaml',
    contents: fetched(() => import('../../lessons/scenarios/kubernetes.compose.yaml?scenario')),
  },
  {
    name: 'nginx',
    file: 'nginx.compose.yaml',
    contents: fetched(() => import('../../lessons/scenarios/nginx.compose.yaml?scenario')),
  },
  {
    name: 'streams',
    file: 'streams.compose.yaml',
    contents: fetched(() => import('../../lessons/scenarios/streams.compose.yaml?scenario')),
  },
  {
    name: 'cron',
    file: 'cron.compose.yaml',
    contents: fetched(() => import('../../lessons/scenarios/cron.compose.yaml?scenario')),
  },
  {
    name: 'autoscaler',
    file: 'autoscaler.compose.yaml',
    contents: fetched(() => import('../../lessons/scenarios/autoscaler.compose.yaml?scenario')),
  },
  {
    name: 'canary',
    file: 'canary.compose.yaml',
    contents: fetched(() => import('../../lessons/scenarios/canary.compose.yaml?scenario')),
  },
  {
    name: 'blue-green',
    file: 'blue-green.compose.yaml',
    contents: fetched(() => import('../../lessons/scenarios/blue-green.compose.yaml?scenario')),
  },
];
