import { b } from './bans-cycle-b.ts'; // expect import(no-cycle)

export const a: number = b;
