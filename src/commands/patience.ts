/** `-t SECONDS` of what stops a container: how long it waits between SIGTERM and SIGKILL. */
import type { Arguments, Flag } from './arguments.ts';
import { wholeNumber } from './verb-spec.ts';

export const PATIENCE: Flag = { name: 'timeout', short: 't', also: ['time'], takes: 'value' };

/** In ms, Infinity for -1; null = the container's own grace period. */
export function readPatience(args: Arguments): number | null {
  const timeout = args.value('timeout');
  const seconds = timeout ? wholeNumber(timeout, timeout.text, -1) : null;
  return seconds === null ? null : seconds < 0 ? Infinity : seconds * 1000;
}

/** Words of the flag, none for the container's own grace period. */
export const patienceWords = (timeoutMs: number | null | undefined): string[] =>
  timeoutMs === null || timeoutMs === undefined
    ? []
    : ['-t', timeoutMs === Infinity ? '-1' : String(Math.round(timeoutMs / 1000))];
