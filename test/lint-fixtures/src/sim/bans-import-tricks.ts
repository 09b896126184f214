// Ways round the ban on imports.
import 'xstate'; // expect paddock(sim-imports)
import '../ui/target.ts'; // expect paddock(sim-imports)
import simjs from '../../node_modules/simjs/src/sim.js'; // expect paddock(sim-imports)
import { fixture } from '../../test/support/fixtures.ts'; // expect paddock(sim-imports)
import { value } from './free.test.ts'; // expect paddock(sim-imports)
import { value as absolute } from '/src/ui/target.ts'; // expect paddock(sim-imports)
import { value as round } from './../ui/../ui/target.ts'; // expect paddock(sim-imports)
import fs = require('node:fs'); // expect paddock(sim-imports)
export type { Shape } from '../ui/target.ts'; // expect paddock(sim-imports)

export const used = [simjs, fixture, value, absolute, round, fs];
