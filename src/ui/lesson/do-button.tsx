/** A button of the text: the same command as at the console. Once pressed it is a receipt, until the run begins anew. */
import type { ReactNode } from 'react';
import type { Do } from '../../lesson/lesson.ts';
import { seconds } from '../herd/words.ts';
import { useHerd } from '../herd/herd-context.tsx';
import { TickIcon } from '../icons.tsx';
import { useLesson, useLessonState } from './lesson-context.tsx';

export function DoButton({ node, children }: { node: Do; children: ReactNode }) {
  const lesson = useLesson();
  const at = useLessonState((state) => state.pressed[node.id]);
  const waits = useLessonState((state) =>
    lesson.gatesBefore(node.id).some((id) => !Object.hasOwn(state.answers, id)),
  );
  const ready = useHerd((state) => state.phase === 'ready');
  const line = node.lines.at(-1);
  if (at !== undefined)
    return (
      <output className="mb-5 flex min-h-10 items-center gap-2.5 rounded-lg border-[1.5px] border-rail px-3 font-mono text-[15px]">
        <TickIcon />
        <span className="min-w-0 wrap-anywhere">{line}</span>
        <span className="ml-auto flex-none font-sans text-sm text-ink2">{seconds(at)}</span>
      </output>
    );
  return (
    <div className="mb-5">
      <button
        type="button"
        className="go"
        disabled={waits || !ready}
        title={line}
        onClick={() => lesson.press(node.id)}
      >
        {children}
      </button>
      {waits && <p className="kicker mt-1.5! mb-0! font-sans! text-sm!">Answer first, then try it.</p>}
    </div>
  );
}
