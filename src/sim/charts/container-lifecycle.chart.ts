/**
 * The life of a container as a statechart for people: what the interface draws. The engine runs the plain table in
 * `container-lifecycle.ts`; a test walks every phase and event of both and demands the same answer.
 */
import { setup } from 'xstate';
import type { LifecycleEvent } from './container-lifecycle.ts';

/** States carry a `description`, events a verb in the imperative. */
export const containerLifecycleChart = setup({
  types: { events: {} as { type: LifecycleEvent } },
}).createMachine({
  id: 'container',
  initial: 'created',
  states: {
    created: {
      description: 'Exists, with a layer of its own, and was never started.',
      on: { wait: 'waiting', start: 'booting', remove: 'removed' },
    },
    waiting: {
      description:
        'Its platform lets a delay pass before it starts: a restart back-off, or a replacement waiting for its turn.',
      on: { wait: 'waiting', start: 'booting', exit: 'exited', remove: 'removed' },
    },
    booting: {
      description: 'The process has started and does not serve yet.',
      on: { booted: 'running', prestop: 'prestop', term: 'stopping', exit: 'exited' },
    },
    running: {
      description: 'Serves.',
      on: { prestop: 'prestop', term: 'stopping', exit: 'exited' },
    },
    prestop: {
      description: 'Leaves: still serves while it is told to wait before SIGTERM.',
      on: { term: 'stopping', exit: 'exited' },
    },
    stopping: {
      description: 'Has been sent SIGTERM; SIGKILL follows when the grace period is over.',
      on: { exit: 'exited' },
    },
    exited: {
      description: 'The process has ended. The container and its layer remain, its memory does not.',
      on: { wait: 'waiting', start: 'booting', remove: 'removed' },
    },
    removed: {
      description: 'The container is gone, and its layer with it.',
      type: 'final',
    },
  },
});
