/** A sentence with a mark: open, true or false. */
import type { ReactNode, Ref } from 'react';

type Truth = 'pending' | 'true' | 'false';

const MARKS: Readonly<Record<Truth, ReactNode>> = {
  pending: (
    <circle
      cx="11"
      cy="11"
      r="9"
      fill="none"
      className="stroke-ink"
      strokeWidth="2"
      strokeDasharray="3 3.3"
    />
  ),
  true: (
    <>
      <circle cx="11" cy="11" r="11" className="fill-ink" />
      <path d="M5.5 11.5l3.8 3.8L16.5 7" fill="none" className="stroke-on-ink" strokeWidth="2.6" />
    </>
  ),
  false: <path d="M4 4l14 14M18 4L4 18" fill="none" className="stroke-red" strokeWidth="3.6" />,
};

export function TruthRow({
  truth,
  words,
  row,
  marked = false,
  children,
}: {
  truth: Truth;
  words: Readonly<Record<Truth, string>>;
  row?: Ref<HTMLDivElement>;
  /** Somebody pointed at it. */
  marked?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      ref={row}
      data-truth={truth}
      data-marked={marked || undefined}
      className="mb-4 data-marked:outline-2 data-marked:-outline-offset-2 data-marked:outline-ink data-marked:outline-dashed grid grid-cols-[22px_1fr] gap-3 border-y border-hair py-3 font-sans text-[15px] leading-5 [&+&]:-mt-[17px] [&_p]:mb-0! [&_p]:font-sans! [&_p]:text-[15px]! [&_p]:leading-5! [&_p]:font-medium!"
    >
      <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
        {MARKS[truth]}
      </svg>
      <div>
        <span className="sr-only">{words[truth]}: </span>
        {children}
      </div>
    </div>
  );
}
