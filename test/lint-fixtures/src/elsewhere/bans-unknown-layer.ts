import { value } from '../ui/target.ts'; // expect paddock(direction)

export const used = value;
