export const value = 1;
export type Shape = number;
