/** Where a kind of state lives at this instant: a command may have moved it since the run began. */
import type { ChosenKind, RunView } from '../../store/herd-state.ts';

/** `sticky` = process memory behind a sticky cookie. */
export function homeNow(view: RunView, kind: ChosenKind): string {
  const home = view.state[kind] ?? '';
  return kind === 'sessions' && home === 'memory' && view.balancer?.sticky ? 'sticky' : home;
}
