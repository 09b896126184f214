/** A console with the real tools' grammar. Up and Down go through what was typed. */
import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { parseCommand } from '../../commands/parse-command.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { seconds } from '../herd/words.ts';

export function Console() {
  const simulator = useSimulator();
  const answers = useHerd((state) => state.answers);
  const [line, setLine] = useState('');
  const [error, setError] = useState('');
  const [typed, setTyped] = useState<readonly string[]>([]);
  const back = useRef(0);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const text = line.trim();
    if (text === '') return;
    const parsed = parseCommand(text);
    setError(parsed.ok ? '' : parsed.message);
    if (!parsed.ok) return;
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
    <div className="flex h-full flex-col font-mono text-[15px]">
      <form onSubmit={submit} className="order-last flex-none pt-2">
        <div className="flex items-center gap-2 rounded-lg border-[1.5px] border-rail px-3 focus-within:outline-3 focus-within:outline-offset-2 focus-within:outline-ink">
          <span aria-hidden="true">$</span>
          <input
            className="h-9 flex-1 bg-transparent outline-none"
            aria-label="Command"
            aria-invalid={error !== ''}
            placeholder="docker ps"
            autoCapitalize="off"
            autoComplete="off"
            spellCheck={false}
            value={line}
            onChange={(event) => setLine(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </div>
        <p role="alert" className="min-h-5 whitespace-pre-wrap pt-1 font-sans text-sm text-red">
          {error}
        </p>
      </form>
      <ol
        role="log"
        aria-label="Commands and their answers"
        className="flex min-h-0 flex-1 flex-col-reverse gap-2 overflow-auto"
        tabIndex={0}
      >
        {answers.toReversed().map((answer, i) => (
          <li key={answers.length - i}>
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
  );
}
