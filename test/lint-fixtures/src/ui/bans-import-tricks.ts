// Ways round the direction of imports.
import '../app/target.ts'; // expect paddock(direction)
import fs = require('../app/target.ts'); // expect paddock(direction)
import { value as support } from '../../test/support/fixtures.ts'; // expect paddock(direction)
import { value as nowhere } from '../beside-the-layers.ts'; // expect paddock(direction)
import herd from '../../lessons/scenarios/herd.compose.yaml?still';
export { value } from '../sim/target.ts'; // expect paddock(direction)
export { type Shape, value as other } from '../sim/target.ts'; // expect paddock(direction)
export const late = () => import('../app/target.ts'); // expect paddock(direction)
export const lateToo = () => import(`../app/target.ts`); // expect paddock(direction)
export type Hidden = import('../app/target.ts').Shape; // expect paddock(direction)

export const used = [fs, support, nowhere, herd];
