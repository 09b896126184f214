/** Compose's variables: `$TAG`, `${TAG}`, `${TAG:-1.0}`, `${TAG:?say it}`, `$$`. No variable is ever set here. */

const VARIABLE =
  /\$(?:\$|(?<bare>[A-Za-z_]\w*)|\{(?<name>[A-Za-z_]\w*)(?:(?<operator>:?[-?+])(?<word>[^{}]*))?\})/g;

/** A variable that leaves its place empty. `demand` is what `:?` says about it, or null when it is simply not set. */
export interface Unset {
  readonly name: string;
  readonly demand: string | null;
}

/** `text` with variables replaced by their defaults; one without a default becomes empty, which `tell` hears of. */
export function interpolate(text: string, tell: (unset: Unset) => void): string {
  if (!text.includes('$')) return text;
  return text.replace(VARIABLE, (match: string, ...rest: readonly unknown[]) => {
    if (match === '$$') return '$';
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    const name = groups.bare ?? groups.name ?? '';
    const operator = groups.operator?.at(-1);
    if (operator === '-') return groups.word ?? '';
    if (operator !== '+') tell({ name, demand: operator === '?' ? (groups.word ?? '') : null });
    return '';
  });
}
