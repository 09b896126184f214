/** Day or dusk. */
import { SunMoonIcon } from '../icons.tsx';
import { useSurroundings } from './theme-context.tsx';

export function ThemeToggle() {
  const { theme, setTheme } = useSurroundings();
  return (
    <button
      type="button"
      className="btn btn-quiet btn-icon"
      aria-label="Dusk colours"
      role="switch"
      aria-checked={theme === 'dusk'}
      onClick={() => setTheme(theme === 'dusk' ? 'day' : 'dusk')}
    >
      <SunMoonIcon />
    </button>
  );
}
