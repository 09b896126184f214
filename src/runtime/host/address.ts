/** The page's address: which place in the app (the fragment), and the parameters an embed was given. */

export interface Address {
  /** The fragment without `#`. */
  fragment(): string;
  /** Calls back when the fragment changes; returns how to stop. */
  onChange(hear: (fragment: string) => void): () => void;
  /** Query parameters; the last one wins. */
  parameters(): Record<string, string>;
}

export function browserAddress(): Address {
  const fragment = (): string => decoded(location.hash.slice(1));
  return {
    fragment,
    onChange(hear) {
      const tell = (): void => hear(fragment());
      addEventListener('hashchange', tell);
      return () => removeEventListener('hashchange', tell);
    },
    parameters: () => Object.fromEntries(new URLSearchParams(location.search)),
  };
}

/** As it stands where it is no valid code: the page then says that there is no such place. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
