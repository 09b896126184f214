/** Which light it is drawn in, and whether things may move. */
import { createContext, use } from 'react';
import type { ThemeName } from '../../store/herd-state.ts';

export interface Surroundings {
  readonly theme: ThemeName;
  readonly reducedMotion: boolean;
  setTheme(theme: ThemeName): void;
}

export const SurroundingsContext = createContext<Surroundings>({
  theme: 'day',
  reducedMotion: false,
  setTheme: () => undefined,
});

export const useSurroundings = (): Surroundings => use(SurroundingsContext);
