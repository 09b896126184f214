/** `--restart` of `docker run` and `docker update`. */
import type { RestartPolicy } from '../sim/model/upkeep.ts';
import { UsageError } from './usage-error.ts';
import type { TextWord } from './words.ts';

export interface WrittenPolicy {
  readonly restart: RestartPolicy;
  /** `on-failure:N`; 0 = no limit. */
  readonly restartMax: number;
}

/** `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:3`; anything else is a UsageError in Docker's words. */
export function readPolicy(word: TextWord): WrittenPolicy {
  const match = /^(no|always|unless-stopped|on-failure)(?::(\d+))?$/.exec(word.text);
  if (!match)
    throw new UsageError(
      `invalid restart policy '${word.text}': use no, always, unless-stopped, on-failure or on-failure:3`,
      word.column,
    );
  const restart = match[1] as RestartPolicy;
  if (match[2] !== undefined && restart !== 'on-failure')
    throw new UsageError(
      "invalid restart policy: maximum retry count can only be used with 'on-failure'",
      word.column,
    );
  return { restart, restartMax: Number(match[2] ?? 0) };
}

export const policyText = ({ restart, restartMax }: WrittenPolicy): string =>
  restartMax > 0 ? `${restart}:${restartMax}` : restart;
