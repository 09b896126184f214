/** A run number that means: send this tray back. */
export const ECHO = -1;
