/**
 * The life of a container as a plain table: the engine runs this, `container-lifecycle.chart.ts` beside it is the same
 * thing as a statechart for people. Indices are what the engine stores.
 */
export const PHASES = [
  'created',
  'waiting',
  'booting',
  'running',
  'prestop',
  'stopping',
  'exited',
  'removed',
] as const;
export type Phase = (typeof PHASES)[number];

export const LIFECYCLE_EVENTS = ['wait', 'start', 'booted', 'prestop', 'term', 'exit', 'remove'] as const;
export type LifecycleEvent = (typeof LIFECYCLE_EVENTS)[number];

/** Missing = the event does not apply in that phase. */
export const LIFECYCLE: Readonly<Record<Phase, Partial<Readonly<Record<LifecycleEvent, Phase>>>>> = {
  created: { wait: 'waiting', start: 'booting', remove: 'removed' },
  waiting: { wait: 'waiting', start: 'booting', exit: 'exited', remove: 'removed' },
  booting: { booted: 'running', prestop: 'prestop', term: 'stopping', exit: 'exited' },
  running: { prestop: 'prestop', term: 'stopping', exit: 'exited' },
  prestop: { term: 'stopping', exit: 'exited' },
  stopping: { exit: 'exited' },
  exited: { wait: 'waiting', start: 'booting', remove: 'removed' },
  removed: {},
};
