/** A file, with the lines that matter marked, and whether this is how to do it. */
import type { CodeBlock } from '../../lesson/lesson.ts';

const VERDICTS = { wrong: 'Not like this', right: 'Like this', '': '' } as const;

export function CodeFigure({ node }: { node: CodeBlock }) {
  const { title, verdict, lines } = node;
  return (
    <figure className="mb-5 rounded-lg border-[1.5px] border-rail bg-plate font-sans">
      {(title || verdict) && (
        <figcaption className="flex justify-between gap-4 border-b border-hair px-3 py-2 text-sm">
          <span className="font-mono">{title}</span>
          <b>{VERDICTS[verdict]}</b>
        </figcaption>
      )}
      <pre className="py-2 text-[13px] leading-5 wrap-anywhere whitespace-pre-wrap">
        <code className="grid bg-transparent! p-0! font-mono text-[13px]! leading-5!">
          {lines.map((line, place) => (
            // Lines do not move, so their places are their keys.
            <span
              key={place}
              className={
                line.marked
                  ? 'border-l-4 border-ink bg-ink/6 px-2 font-bold'
                  : 'border-l-4 border-transparent px-2'
              }
            >
              {line.text || ' '}
            </span>
          ))}
        </code>
      </pre>
    </figure>
  );
}
