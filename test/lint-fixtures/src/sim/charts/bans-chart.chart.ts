import { curveLinear } from 'd3-shape'; // expect paddock(sim-imports)
import { value } from '../../ui/target.ts'; // expect paddock(sim-imports)

export const used = [curveLinear, value];
