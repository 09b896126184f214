import type { Kind } from './kind.ts';
import { LATE_KINDS } from './late.ts';
import { kindsWith } from './order.ts';

/** Kinds of state with a behaviour of their own, in the order in which a request meets them. */
export const KINDS: readonly Kind[] = kindsWith(LATE_KINDS);
