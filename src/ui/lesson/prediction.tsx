/** A question before the act. The answer is kept, and shown beside what happened; a wrong one costs nothing. */
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import type { LessonNode, Predict, PredictAnswer } from '../../lesson/lesson.ts';
import { useLesson, useLessonState } from './lesson-context.tsx';

/** Shows nodes of the text: the choices stand in the prediction, not among its children. */
type Render = (nodes: readonly LessonNode[]) => ReactNode;

export function Prediction({ node, render }: { node: Predict; render: Render }) {
  const said = useLessonState((state) => state.answers[node.id]);
  return (
    <div className="mb-5 border-y border-b-hair border-t-2 border-t-ink pt-3 pb-4 font-sans">
      <div className="[&_p]:mb-2! [&_p]:font-sans! [&_p]:text-[15px]! [&_p]:leading-5! [&_p]:font-medium! [&_p]:text-ink2">
        {render(node.children)}
      </div>
      {said === undefined ? (
        <Question node={node} render={render} />
      ) : (
        <Outcome node={node} said={said} render={render} />
      )}
    </div>
  );
}

function Question({ node, render }: { node: Predict; render: Render }) {
  const lesson = useLesson();
  const [answer, setAnswer] = useState('');
  const name = useId();
  const { answer: wanted } = node;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (answer !== '') lesson.answer(node.id, answer);
  }

  return (
    <form onSubmit={submit}>
      {wanted.kind === 'choice' ? (
        <fieldset className="grid gap-1">
          <legend className="sr-only">Your prediction</legend>
          {wanted.choices.map(({ key, children }) => (
            <label
              key={key}
              className="flex cursor-pointer items-start gap-2.5 rounded-lg px-2 py-1.5 leading-5 hover:bg-ink/5 has-checked:bg-ink/8"
            >
              <input
                type="radio"
                className="mt-0.5 size-4 flex-none accent-ink"
                name={name}
                value={key}
                checked={answer === key}
                onChange={() => setAnswer(key)}
              />
              <span>{render(children)}</span>
            </label>
          ))}
        </fieldset>
      ) : (
        <label className="flex items-center gap-3">
          <span className="sr-only">Your prediction, a number</span>
          <input
            type="number"
            className="h-10 w-28 rounded-lg border-[1.5px] border-rail bg-plate px-3 text-xl font-bold"
            min={wanted.min}
            max={wanted.max}
            value={answer}
            onChange={(event) => setAnswer(event.target.value)}
          />
        </label>
      )}
      <button type="submit" className="btn mt-3" disabled={answer === ''}>
        That is my guess
      </button>
    </form>
  );
}

function Outcome({ node, said, render }: { node: Predict; said: string; render: Render }) {
  const decided = useLessonState((state) => state.observed[node.id]);
  const measured = useLessonState((state) => state.measured[node.id]);
  const { answer } = node;
  const isKnown = answer.kind === 'choice' ? decided !== undefined : measured !== undefined;
  return (
    <output className="grid gap-1" aria-label="Your prediction and what happened">
      <span className="text-[17px] leading-6 font-bold">
        You said: <Said answer={answer} said={said} render={render} />
      </span>
      {isKnown ? (
        <span className="text-[17px] leading-6 font-bold">
          {answer.kind === 'number' ? (
            `It was ${measured ?? '–'}.`
          ) : decided?.state === 'true' && said === answer.key ? (
            'That is what happened.'
          ) : decided?.state === 'true' ? (
            <>
              What happened: <Said answer={answer} said={answer.key} render={render} />
            </>
          ) : (
            'This run came out otherwise. Look at the numbers.'
          )}
        </span>
      ) : (
        <span className="kicker">Now see what happens.</span>
      )}
    </output>
  );
}

function Said({ answer, said, render }: { answer: PredictAnswer; said: string; render: Render }) {
  if (answer.kind === 'number') return said;
  const choice = answer.choices.find(({ key }) => key === said);
  return choice ? render(choice.children) : said;
}
