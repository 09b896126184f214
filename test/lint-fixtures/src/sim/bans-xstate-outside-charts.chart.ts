import { setup } from 'xstate'; // expect paddock(sim-imports)

export const used = setup;
