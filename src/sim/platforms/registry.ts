import { bare } from './bare.ts';
import { compose } from './compose.ts';
import { docker } from './docker.ts';
import { kubernetes } from './kubernetes.ts';
import type { Platform } from './platform.ts';
import { swarm } from './swarm.ts';

/** Every platform, by the name it has in a scenario. */
export const PLATFORMS: Readonly<Record<string, Platform>> = { bare, docker, compose, swarm, kubernetes };
