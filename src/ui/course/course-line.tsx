/** The course as a line with its stations, and gaps between its parts. Hollow = not open yet. */

/** Lessons in each part. */
const PARTS = [3, 4, 3, 3, 4, 1];
const STEP = 21;
const GAP = 13;

interface CourseLineProps {
  /** Stations that can be entered, from 1. */
  open: readonly number[];
  /** Stations that were finished. */
  passed: readonly number[];
  /** Where the reader is. */
  here: number | null;
}

export function CourseLine({ open, passed, here }: CourseLineProps) {
  const stations = places();
  const last = stations.at(-1)?.x ?? 0;
  const label =
    here === null ? `A course of ${stations.length} lessons` : `Lesson ${here} of ${stations.length}`;
  const at = stations.find(({ number }) => number === here);
  return (
    <>
      <span className="sr-only">{label}</span>
      <svg
        width={last + 12}
        viewBox={`0 0 ${last + 12} 32`}
        aria-hidden="true"
        className="block h-auto max-w-full"
      >
        <line x1="8" x2={last} y1="16" y2="16" className="stroke-rail" strokeWidth="2" />
        {at && <line x1="8" x2={at.x} y1="16" y2="16" className="stroke-ink" strokeWidth="4" />}
        {stations.map(({ number, x }) =>
          number === here ? (
            <g key={number}>
              <circle cx={x} cy="16" r="9" className="fill-paper stroke-ink" strokeWidth="3" />
              <circle cx={x} cy="16" r="3.5" className="fill-ink" />
            </g>
          ) : (
            <circle
              key={number}
              cx={x}
              cy="16"
              r={passed.includes(number) ? 5 : 4.5}
              className={
                passed.includes(number)
                  ? 'fill-ink'
                  : open.includes(number)
                    ? 'fill-paper stroke-ink'
                    : 'fill-paper stroke-rail'
              }
              strokeWidth="2"
            />
          ),
        )}
      </svg>
    </>
  );
}

function places(): { number: number; x: number }[] {
  let x = 10 - STEP;
  let number = 0;
  return PARTS.flatMap((size, part) => {
    if (part > 0) x += GAP;
    return Array.from({ length: size }, () => ({ number: ++number, x: (x += STEP) }));
  });
}
