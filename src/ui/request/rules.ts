/** Which rule of the model a failure belongs to, and in words what an operator takes from it. */
import type { FailureCause } from '../../sim/model/failure.ts';

export const RULES: Readonly<Record<FailureCause, { readonly rule: string; readonly words: string }>> = {
  reset: {
    rule: 'R-1',
    words:
      'What is in flight when a process dies dies with it. Only a copy of the request, sent elsewhere, could save it.',
  },
  'connect-refused': {
    rule: 'R-1',
    words:
      'The balancer did not know yet that the container was gone. A retry on another server would have hidden it.',
  },
  'no-server': { rule: 'R-7', words: 'With nobody left to ask, the balancer answers for the herd.' },
  'queue-timeout': {
    rule: 'R-3',
    words: 'Too few places for the load: waiting in the balancer ended first.',
  },
  'server-timeout': {
    rule: 'R-2',
    words: 'A container that hangs takes connections and gives nothing back.',
  },
  'client-timeout': { rule: 'R-2', words: 'Nobody told the user that no answer would come.' },
  truncated: { rule: 'R-1', words: 'The answer had begun: nothing can be sent again after that.' },
  dependency: { rule: 'R-9', words: 'Whatever the state was moved to is now what every request needs.' },
  'app-error': {
    rule: 'S-60',
    words: 'The container was there and said no: health is not the same as being up.',
  },
};
