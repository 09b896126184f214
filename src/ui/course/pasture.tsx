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
      <path
        d="M70 84V128H82V92M176 92V128H188V84"
        className="stroke-ink"
        fill="var(--shade)"
        strokeWidth="3"
      />
      <path
        d="M30 66C28 40 52 32 92 33C130 34 158 28 188 32C208 35 216 48 214 66C213 80 210 90 206 98V130H192V102C174 108 132 108 112 102V130H98V98C82 96 66 92 58 82C46 84 34 78 30 66Z"
        className="stroke-ink"
        fill="var(--hide)"
        strokeWidth="3.5"
      />
      <path d={patch} className="fill-ink" />
      {/* tail */}
      <path d="M211 48C224 52 226 70 222 92" fill="none" className="stroke-ink" strokeWidth="3" />
      <path d="M222 90l-5 15 5 4 4-5z" className="fill-ink" />
      {/* head */}
      <path
        d="M14 50C8 60 2 82 6 92C10 100 24 100 30 93C38 84 50 72 52 58C52 46 40 40 30 42C22 43 17 45 14 50Z"
        className="stroke-ink"
        fill="var(--hide)"
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
        className="stroke-ink"
        fill="var(--hide)"
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

/** One land behind the other, and the sky above them all. */
const FAR = 'M0 262C150 208 330 196 540 236C760 276 900 136 1130 128C1280 124 1370 150 1440 176V430H0Z';
const NEAR = 'M0 316C230 274 470 284 700 300C980 318 1200 258 1440 280V430H0Z';
const POSTS = Array.from({ length: 11 }, (_, i) => -10 + i * 146);
const GRASS = [52, 388, 520, 858, 946, 1010, 1342];

export function Pasture() {
  return (
    <svg
      viewBox="0 0 1440 430"
      preserveAspectRatio="xMidYMax slice"
      className="pasture absolute inset-x-0 bottom-0 h-[300px] w-full sm:h-[430px]"
      aria-hidden="true"
    >
      <circle cx="1196" cy="120" r="46" fill="var(--yellow)" />
      <path d={FAR} fill="var(--far)" />
      <path d={NEAR} fill="var(--near)" />
      {POSTS.map((x) => (
        <path key={x} d={`M${x} 304v66`} stroke="var(--wood)" strokeWidth="9" strokeLinecap="round" />
      ))}
      <path d="M0 320H1440M0 346H1440" stroke="var(--wood)" strokeWidth="5" />
      <path
        d={GRASS.map((x) => `M${x} 414l-4-12M${x + 6} 414l2-14M${x + 12} 414l6-10`).join('')}
        fill="none"
        className="stroke-ink"
        strokeWidth="2"
        strokeLinecap="round"
      />
      {[
        [282, 402, 120],
        [746, 412, 134],
        [1216, 404, 112],
      ].map(([x, y, rx]) => (
        <ellipse key={x} cx={x} cy={y} rx={rx} ry="9" fill="var(--shadow)" />
      ))}
      <Beast
        x={150}
        y={270}
        scale={1}
        number={1}
        patch="M120 40C136 34 156 38 158 52C158 66 138 72 126 64C116 58 112 46 120 40Z"
      />
      <Beast
        x={600}
        y={264}
        scale={1.12}
        number={2}
        patch="M150 38C170 30 198 36 204 50C206 64 180 70 164 62C150 56 142 44 150 38Z"
      />
      <Beast
        x={1098}
        y={280}
        scale={0.94}
        number={3}
        patch="M92 36C110 32 128 40 126 54C122 68 100 66 92 58C86 52 84 40 92 36Z"
      />
    </svg>
  );
}
