import { seconds } from '../herd/words.ts';

/** The time under the pointer, as a line through the rows and in figures `below` the axis. */
export function Pointed({ at, x, foot, below }: { at: number; x: number; foot: number; below: number }) {
  return (
    <>
      <line x1={x} x2={x} y1={28} y2={foot} className="stroke-ink2" strokeDasharray="2 3" />
      <text
        x={x}
        y={foot + below}
        textAnchor="middle"
        strokeWidth="6"
        className="fill-ink stroke-paper text-[14px] font-bold [paint-order:stroke]"
      >
        {seconds(at)}
      </text>
    </>
  );
}
