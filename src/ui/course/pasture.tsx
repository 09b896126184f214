/** A landscape for the front door: three cattle with numbers in their ears, one of them looking at you. Decoration. */

interface BeastProps {
  x: number;
  y: number;
  scale: number;
  number: number;
  patch: string;
}

function Beast({ x, y, scale, number, patch }: BeastProps) {
  return (
    <g transform={`translate(${x} ${y}) scale(${scale})`} strokeLinejoin="round" strokeLinecap="round">
      {/* far legs, body, near legs */}
      <path d="M70 84V128H82V92M176 92V128H188V84" className="fill-paper stroke-ink" strokeWidth="3" />
      <path
        d="M30 66C28 40 52 32 92 33C130 34 158 28 188 32C208 35 216 48 214 66C213 80 210 90 206 98V130H192V102C174 108 132 108 112 102V130H98V98C82 96 66 92 58 82C46 84 34 78 30 66Z"
        className="fill-plate stroke-ink"
        strokeWidth="3.5"
      />
      <path d={patch} className="fill-ink" />
      {/* tail */}
      <path d="M211 48C224 52 226 70 222 92" fill="none" className="stroke-ink" strokeWidth="3" />
      <path d="M222 90l-5 15 5 4 4-5z" className="fill-ink" />
      {/* head */}
      <path
        d="M14 50C8 60 2 82 6 92C10 100 24 100 30 93C38 84 50 72 52 58C52 46 40 40 30 42C22 43 17 45 14 50Z"
        className="fill-plate stroke-ink"
        strokeWidth="3.5"
      />
      <path
        d="M17 45C10 40 8 32 12 26M38 41C42 34 48 32 53 33"
        fill="none"
        className="stroke-ink"
        strokeWidth="3.5"
      />
      <path d="M5 88C12 84 24 84 31 90" fill="none" className="stroke-ink" strokeWidth="2.5" />
      <circle cx="22" cy="62" r="3" className="fill-ink" />
      {/* ear with its tag */}
      <path
        d="M44 48C56 40 68 44 70 52C64 60 52 60 44 56Z"
        className="fill-plate stroke-ink"
        strokeWidth="3"
      />
      <path
        d="M56 54h4l5 6v17a3 3 0 0 1-3 3h-8a3 3 0 0 1-3-3V60z"
        fill="var(--yellow)"
        stroke="#14171c"
        strokeWidth="2"
      />
      <text
        x="58"
        y="76"
        textAnchor="middle"
        className="font-sans"
        fontSize="13"
        fontWeight="800"
        fill="#14171c"
      >
        {number}
      </text>
    </g>
  );
}

/** Its outline is drawn, its sides are not. */
function Hill({ line }: { line: string }) {
  return (
    <>
      <path d={`${line}V260H0Z`} className="fill-paper" />
      <path d={line} fill="none" className="stroke-rail" strokeWidth="1.5" />
    </>
  );
}

export function Pasture() {
  return (
    <div className="mt-4 flex justify-center overflow-hidden" aria-hidden="true">
      <svg viewBox="0 48 1056 198" className="block w-full min-w-[760px] flex-none">
        <circle cx="842" cy="92" r="34" fill="var(--yellow)" />
        <Hill line="M0 150C140 104 268 112 396 138C540 168 660 104 800 112C900 118 980 138 1056 128" />
        <Hill line="M0 190C180 160 340 170 520 182C720 196 900 164 1056 178" />
        {[60, 200, 340, 480, 620, 760, 900, 1040].map((x) => (
          <path key={x} d={`M${x} 172v60`} className="stroke-ink" strokeWidth="6" strokeLinecap="round" />
        ))}
        <path d="M0 186H1056M0 208H1056" className="stroke-ink" strokeWidth="3" />
        <Beast
          x={120}
          y={112}
          scale={1}
          number={1}
          patch="M120 40C136 34 156 38 158 52C158 66 138 72 126 64C116 58 112 46 120 40Z"
        />
        <Beast
          x={430}
          y={96}
          scale={1.12}
          number={2}
          patch="M150 38C170 30 198 36 204 50C206 64 180 70 164 62C150 56 142 44 150 38Z"
        />
        <Beast
          x={770}
          y={118}
          scale={0.94}
          number={3}
          patch="M92 36C110 32 128 40 126 54C122 68 100 66 92 58C86 52 84 40 92 36Z"
        />
        <path
          d="M40 246l-4-12M46 246l2-14M52 246l6-10M392 246l-4-12M398 246l2-14M404 246l6-10M700 246l-4-12M706 246l2-14M712 246l6-10M1010 246l-4-12M1016 246l2-14"
          fill="none"
          className="stroke-ink"
          strokeWidth="2"
          strokeLinecap="round"
        />
      </svg>
    </div>
  );
}
