/** What the visitor's system asks for. */

export interface Preference {
  current(): boolean;
  /** Calls back at every change; returns how to stop. */
  onChange(hear: (value: boolean) => void): () => void;
}

function mediaPreference(query: string): Preference {
  const list = globalThis.matchMedia(query);
  return {
    current: () => list.matches,
    onChange(hear) {
      const tell = (): void => hear(list.matches);
      list.addEventListener('change', tell);
      return () => list.removeEventListener('change', tell);
    },
  };
}

export const prefersDark = (): Preference => mediaPreference('(prefers-color-scheme: dark)');
export const prefersLessMotion = (): Preference => mediaPreference('(prefers-reduced-motion: reduce)');
