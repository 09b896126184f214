import type { Flag } from '../../viz/axis/flags.ts';
import { seconds } from '../herd/words.ts';

/** A command on an axis whose line of time is at `foot`. `stub` = how far it rises where there is no room for its words. */
export function FlagPicture({ flag, foot, stub }: { flag: Flag; foot: number; stub: number }) {
  const { x, label } = flag;
  return (
    <g>
      <title>{`${flag.line}, ${seconds(flag.at)}`}</title>
      <line
        x1={x}
        x2={x}
        y1={label ? label.y : foot - stub}
        y2={foot}
        className="stroke-ink"
        strokeWidth="1.5"
      />
      <circle cx={x} cy={foot} r="5.5" className="fill-paper stroke-ink" strokeWidth="3" />
      {label && (
        <>
          <rect x={label.x} y={label.y} width={label.w} height={label.h} rx="2" className="fill-ink" />
          <text x={label.x + 12} y={label.y + 16.5} className="fill-on-ink font-mono text-[13px]">
            {label.text}
          </text>
        </>
      )}
    </g>
  );
}
