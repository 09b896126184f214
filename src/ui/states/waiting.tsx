/** Before there is anything to show. */
import { BrandIcon } from '../icons.tsx';

export function Waiting() {
  return (
    <output className="grid min-h-dvh place-items-center">
      <span className="flex items-center gap-3 font-semibold text-ink2">
        <BrandIcon />
        Opening the gate…
      </span>
    </output>
  );
}
