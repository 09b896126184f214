/** A console with the real tools' grammar. Up and Down go through what was typed. */
import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { dialectOf } from '../../commands/dialects.ts';
import { parseCommand } from '../../commands/parse-command.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { seconds } from '../herd/words.ts';

export function Console() {
  const simulator = useSimulator();
  const answers = useHerd((state) => state.answers);
  const locked = useHerd((state) => state.locked);
  const platform = useHerd((state) => state.facts?.platform);
  const [line, setLine] = useState('');
  const [error, setError] = useState('');
  const [typed, setTyped] = useState<readonly string[]>([]);
  const back = useRef(0);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const text = line.trim();
    if (text === '') return;
    const parsed = parseCommand(text);
    setError(parsed.ok ? (locked ? 'Answer the question in the lesson first.' : '') : parsed.message);
    if (!parsed.ok || locked) return;
    simulator.run(text);
    setTyped([...typed, text]);
    back.current = 0;
    setLine('');
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    back.current = Math.min(Math.max(0, back.current + step), typed.length);
    setLine(back.current === 0 ? '' : (typed.at(-back.current) ?? ''));
  }

  return (
    // Reversed, so that the end stays in sight as the log grows; the form stands in the scroller and keeps it within reach.
    <div className="flex h-full flex-col-reverse overflow-auto font-mono text-[15px]">
      <form onSubmit={submit} className="sticky bottom-0 flex-none bg-paper pt-2">
        <div className="flex items-center gap-2 rounded-lg border-[1.5px] border-rail px-3 focus-within:outline-3 focus-within:outline-offset-2 focus-within:outline-ink">
          <span aria-hidden="true">$</span>
          <input
            className="h-9 flex-1 bg-transparent outline-none"
            aria-label="Command"
            aria-invalid={error !== ''}
            placeholder={dialectOf(platform).list}
            autoCapitalize="off"
            autoComplete="off"
            spellCheck={false}
            value={line}
            onChange={(event) => setLine(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </div>
        <p role="alert" className="min-h-5 pt-1 font-sans text-sm whitespace-pre-wrap text-red">
          {error}
        </p>
      </form>
      <div role="log" aria-label="Commands and their answers" className="mb-auto">
        <ol className="grid gap-2">
          {answers.map((answer, place) => (
            <li key={place} data-at={answer.at}>
              <p>
                <span className="text-ink2">{seconds(answer.at)} $</span> {answer.line}
              </p>
              {answer.text && (
                <p className={`whitespace-pre-wrap ${answer.ok ? 'text-ink2' : 'text-red'}`}>{answer.text}</p>
              )}
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}
