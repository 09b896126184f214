/** Codes (`b` of `EV.platform`) of the timers that deploys set; `a` is the service. Platforms keep theirs below 10. */
export const STAGE = 10;
export const DEADLINE = 11;
