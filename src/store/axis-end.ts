/** The axis is this long at first, and grows by whole steps. */
const AXIS_STEP_MS = 60_000;

/** Where the time axis ends while the run is at `t`, in ms. */
export const axisEnd = (t: number): number => Math.max(1, Math.ceil((t + 1) / AXIS_STEP_MS)) * AXIS_STEP_MS;
