/** The file that the herd was made from, to be changed, or to make way for one of one's own. */
import { useId, useRef, useState, type RefObject } from 'react';

export interface ComposeFile {
  /** Its name, under which faults in it are reported. */
  readonly file: string;
  readonly source: string;
}

interface ComposeEditorProps extends ComposeFile {
  /** Lines of `source` that are wrong, from 1. */
  faulty: readonly number[];
  run(file: ComposeFile): void;
}

/** Characters; a compose file has some thousands. */
const MOST = 200_000;

export function ComposeEditor({ file, source, faulty, run }: ComposeEditorProps) {
  const [draft, write] = useState<ComposeFile>({ file, source });
  const [refused, refuse] = useState<string | null>(null);
  const id = useId();
  const numbers = useRef<HTMLOListElement>(null);
  const tryIt = (next: ComposeFile): void => {
    const reason = whyNot(next);
    refuse(reason);
    if (reason === null) run(next);
  };
  const open = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    if (chosen.size > 4 * MOST) {
      refuse(tooLong(chosen.name));
      return;
    }
    try {
      const next = { file: chosen.name, source: await chosen.text() };
      write(next);
      tryIt(next);
    } catch {
      refuse(`${chosen.name} cannot be read.`);
    }
  };
  return (
    <div className="mt-2">
      <label htmlFor={id} className="font-mono text-[13px] text-ink2">
        {draft.file}
      </label>
      <div className="relative mt-1">
        <LineNumbers
          ref={numbers}
          lines={draft.source.split('\n').length}
          faulty={draft.source === source ? faulty : []}
        />
        <textarea
          id={id}
          aria-describedby={refused === null ? undefined : `${id}-refused`}
          className="block w-full resize-y rounded-md border border-ink2 bg-plate p-2 pl-11 font-mono text-[13px] leading-5"
          rows={14}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          value={draft.source}
          onChange={({ target }) => write({ ...draft, source: target.value })}
          onScroll={({ currentTarget }) => {
            if (numbers.current) numbers.current.scrollTop = currentTarget.scrollTop;
          }}
        />
      </div>
      {refused !== null && (
        <p id={`${id}-refused`} role="alert" className="mt-2 text-[15px] leading-5 text-red">
          {refused}
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        <button type="button" className="btn btn-solid" onClick={() => tryIt(draft)}>
          Run this file
        </button>
        <label className="btn cursor-pointer has-focus-visible:outline-2">
          Open a file
          <input
            type="file"
            accept=".yaml,.yml,.json,text/*"
            className="sr-only"
            onChange={({ target }) => {
              void open(target.files?.[0]);
              // The same file may be chosen again after it was mended.
              target.value = '';
            }}
          />
        </label>
      </div>
      <p className="mt-2 text-[14px] leading-5 text-ink2">
        Any compose file will do, and it stays in this browser. What Compose has no word for, such as the
        traffic, goes under <code className="font-mono">x-paddock</code>.
      </p>
    </div>
  );
}

interface LineNumbersProps {
  ref: RefObject<HTMLOListElement | null>;
  lines: number;
  faulty: readonly number[];
}

/** Beside the text, so that a line that is spoken of can be found; those at fault have a bar as well as the colour. */
function LineNumbers({ ref, lines, faulty }: LineNumbersProps) {
  return (
    <ol
      ref={ref}
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-px left-px w-9 overflow-hidden border-y-8 border-transparent text-right font-mono text-[13px] leading-5 text-ink2 tabular-nums"
    >
      {Array.from({ length: lines }, (_, i) => i + 1).map((line) => (
        <li
          key={line}
          data-faulty={faulty.includes(line) || undefined}
          className="border-l-4 border-transparent pr-1 data-faulty:border-red data-faulty:font-bold data-faulty:text-red"
        >
          {line}
        </li>
      ))}
    </ol>
  );
}

const tooLong = (file: string): string => `${file} is longer than ${MOST / 1000} 000 characters.`;

function whyNot({ file, source }: ComposeFile): string | null {
  if (source.trim() === '')
    return `${file} is empty; write services: with at least one service that has an image`;
  if (source.length > MOST) return tooLong(file);
  return source.includes('\0') ? `${file} is not text.` : null;
}
