/** Day or dusk, as the system asks or as the visitor chose; and whether things may move. */
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { prefersDark, prefersLessMotion, type Preference } from '../runtime/host/preferences.ts';
import type { Memory } from '../runtime/host/storage.ts';
import type { ThemeName } from '../store/herd-state.ts';
import { SurroundingsContext } from '../ui/theme/theme-context.tsx';

const KEY = 'theme';

interface SurroundingsProviderProps {
  memory: Memory;
  /** Given = not the visitor's to choose. */
  fixed: ThemeName | null;
  children: ReactNode;
}

export function SurroundingsProvider({ memory, fixed, children }: SurroundingsProviderProps) {
  const dark = usePreference(prefersDark);
  const reducedMotion = usePreference(prefersLessMotion);
  const [chosen, setChosen] = useState<ThemeName | null>(() => fixed ?? readTheme(memory));
  const theme = chosen ?? (dark ? 'dusk' : 'day');

  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);

  const surroundings = useMemo(
    () => ({
      theme,
      reducedMotion,
      setTheme(next: ThemeName) {
        setChosen(next);
        memory.write(KEY, next);
      },
    }),
    [theme, reducedMotion, memory],
  );
  return <SurroundingsContext value={surroundings}>{children}</SurroundingsContext>;
}

function readTheme(memory: Memory): ThemeName | null {
  const kept = memory.read(KEY);
  return kept === 'day' || kept === 'dusk' ? kept : null;
}

function usePreference(ask: () => Preference): boolean {
  const [preference] = useState(ask);
  const [value, setValue] = useState(preference.current);
  useEffect(() => preference.onChange(setValue), [preference]);
  return value;
}
