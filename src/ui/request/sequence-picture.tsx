import type { Mark, Row, Sequence } from '../../viz/request/sequence.ts';
import { Scrolled } from '../scrolled.tsx';

const ms = (value: number): string =>
  value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value.toFixed(1)} ms`;

/** The words are real text, so that a screen reader reads the table that the picture is. */
export function SequencePicture({ picture }: { picture: Sequence }) {
  const { width, height, lanes, rows, top, bottom } = picture;
  return (
    <Scrolled label="The request on its way, drawn">
      <ol className="sr-only" aria-label="Steps of the request">
        {rows.map((row) => (
          <li key={row.y}>
            after {ms(row.at)}: {row.words}
            {row.took === null ? '' : `, ${ms(row.took)}`}
          </li>
        ))}
      </ol>
      <svg width={width} height={height} aria-hidden="true" className="block text-[14px] font-medium">
        {lanes.map((lane) => (
          <g key={lane.id}>
            <line x1={lane.x} x2={lane.x} y1={top} y2={bottom} className="stroke-hair" strokeWidth="2" />
            <text x={lane.x} y={top - 16} textAnchor="middle" className="fill-ink font-bold">
              {lane.label}
            </text>
          </g>
        ))}
        {rows.map((row) => (
          <g key={row.y}>
            <text x={8} y={row.y + 4} className="fill-ink2 text-[13px] tabular-nums">
              {row.at === 0 ? '0 ms' : `+${ms(row.at)}`}
            </text>
            <Step row={row} />
          </g>
        ))}
      </svg>
    </Scrolled>
  );
}

function Step({ row }: { row: Row }) {
  const { y, words, took } = row;
  const long = took !== null && took >= 1 && row.kind === 'bar' ? ` ${ms(took)}` : '';
  if (row.kind === 'arrow') {
    const { from, to, mark } = row;
    const right = to > from;
    const tip = to + (right ? -7 : 7);
    return (
      <>
        <line x1={from} x2={tip} y1={y} y2={y} className="stroke-ink" strokeWidth="1.5" />
        {mark === 'failed' ? (
          <Cross x={tip} y={y} />
        ) : (
          <path d={`M${to} ${y}l${right ? -9 : 9} -5v10z`} className="fill-ink" />
        )}
        <text
          x={(from + to) / 2}
          y={y - 5}
          textAnchor="middle"
          strokeWidth="4"
          className={`stroke-paper text-[13px] [paint-order:stroke] ${mark === 'failed' ? 'fill-red font-semibold' : 'fill-ink2'}`}
        >
          {words}
        </text>
      </>
    );
  }
  const x = row.x;
  return (
    <>
      {row.kind === 'bar' ? (
        <rect
          x={x - 5}
          y={y - 12}
          width={10}
          height={24}
          rx={2}
          className={row.fill === 'solid' ? 'fill-ink' : 'fill-paper stroke-ink'}
          strokeWidth="1.5"
          strokeDasharray={row.fill === 'hatch' ? '3 2' : undefined}
        />
      ) : (
        <End x={x} y={y} mark={row.mark} />
      )}
      <text
        x={x + 14}
        y={y + 4}
        strokeWidth="4"
        className={`stroke-paper text-[13px] [paint-order:stroke] ${row.kind === 'end' && row.mark === 'failed' ? 'fill-red font-bold' : row.kind === 'end' ? 'fill-ink font-bold' : 'fill-ink2'}`}
      >
        {words}
        {long}
      </text>
    </>
  );
}

function Cross({ x, y }: { x: number; y: number }) {
  return (
    <path d={`M${x - 5} ${y - 5}l10 10M${x + 5} ${y - 5}l-10 10`} className="stroke-red" strokeWidth="4" />
  );
}

function End({ x, y, mark }: { x: number; y: number; mark: Mark }) {
  if (mark === 'failed') return <Cross x={x} y={y} />;
  return (
    <>
      <circle
        cx={x}
        cy={y}
        r={6}
        className={mark === 'ok' ? 'fill-ink' : 'fill-paper stroke-ink'}
        strokeWidth="2"
      />
      {mark === 'half' && <path d={`M${x} ${y - 6}a6 6 0 0 1 0 12z`} className="fill-ink" />}
    </>
  );
}
