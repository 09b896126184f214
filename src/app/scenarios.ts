/** The herds that come with the app. */
import herd from '../../lessons/scenarios/herd.compose.yaml?scenario';
import herdRedis from '../../lessons/scenarios/herd-redis.compose.yaml?scenario';
import pet from '../../lessons/scenarios/pet.compose.yaml?scenario';
import type { ReadyScenario } from '../runtime/protocol.ts';
import type { HerdChoice } from '../ui/sandbox/sandbox-panel.tsx';

export interface ShippedHerd extends HerdChoice {
  readonly file: string;
  readonly source: string;
  readonly ready: ReadyScenario;
}

export const HERDS: readonly ShippedHerd[] = [
  {
    name: 'herd',
    title: 'A herd of three',
    idea: 'Sessions in memory behind a sticky cookie, on Swarm',
    file: 'herd.compose.yaml',
    ...herd,
  },
  {
    name: 'herd-redis',
    title: 'The same herd with Redis',
    idea: 'Nothing of value in any container',
    file: 'herd-redis.compose.yaml',
    ...herdRedis,
  },
  {
    name: 'pet',
    title: 'A pet',
    idea: 'One container with a name, kept by hand',
    file: 'pet.compose.yaml',
    ...pet,
  },
];

export const herdNamed = (name: string): ShippedHerd | undefined => HERDS.find((herd) => herd.name === name);
