/**
 * Size in CSS px that the stills of the shipped herds are laid out for; they are shown smaller, and without the users at
 * the left, who are the same everywhere.
 */
export const STILL_SIZE = { width: 720, height: 330 } as const;
export const STILL_LEFT = 165;
