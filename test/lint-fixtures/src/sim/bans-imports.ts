import { scaleLinear } from 'd3-scale'; // expect paddock(sim-imports)
import { setup } from 'xstate'; // expect paddock(sim-imports)
import { readFileSync } from 'node:fs'; // expect paddock(sim-imports)
import type { Atom } from 'nanostores'; // expect paddock(sim-imports)
import { value } from '../runtime/target.ts'; // expect paddock(sim-imports)
import type { Shape } from '../scenario/target.ts'; // expect paddock(sim-imports)
import data from '../../package.json'; // expect paddock(sim-imports)
import { other } from './charts/other.chart.ts'; // expect paddock(sim-imports)
export { value as again } from '../commands/target.ts'; // expect paddock(sim-imports)
export * from '../lesson/target.ts'; // expect paddock(sim-imports)

type Hidden = import('../ui/target.ts').Shape; // expect paddock(sim-imports)
export const lazy = () => import('./target.ts'); // expect paddock(sim-no-dynamic-import)
export const used = [scaleLinear, setup, readFileSync, value, data, other];
export type Used = [Atom, Shape, Hidden];
