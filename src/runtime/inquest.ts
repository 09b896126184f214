/** Questions that need another run than the one that is shown: a chunk of its own, fetched with the first of them. */
import type { Run } from '../sim/run.ts';
import { autopsy, type MakeReplay } from './autopsy.ts';
import { dialsOf } from './dials.ts';
import type { Past } from './past.ts';
import type { Question, Replies } from './protocol.ts';
import { stopping } from './stopping.ts';
import { survival } from './survival/survive.ts';

export type LargeQuestion = Extract<Question, { kind: 'autopsy' | 'dials' | 'stopping' | 'survival' }>;

export async function inquire(
  run: Run,
  question: LargeQuestion,
  past: Past,
  replay: MakeReplay,
): Promise<Replies[LargeQuestion['kind']]> {
  switch (question.kind) {
    case 'autopsy':
      return autopsy(run, past, replay, question.request);
    case 'dials':
      return dialsOf(run.scenario);
    case 'stopping':
      return stopping(run, question.settings);
    case 'survival':
      return survival(run, question.victim);
  }
}
