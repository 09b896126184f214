/** What was taught about a rule of the model, where this page can say: by the lesson beside it, or by one elsewhere. */
import { createContext, use, type ReactNode } from 'react';

/** Null = nothing here teaches any of these. */
type Teaching = (rules: readonly string[]) => ReactNode;

const TeachingContext = createContext<Teaching>(() => null);

export function TeachingProvider({ teaching, children }: { teaching: Teaching; children: ReactNode }) {
  return <TeachingContext value={teaching}>{children}</TeachingContext>;
}

/** The sentence of the lesson that foretold it, or the lesson that teaches it; nothing where there is none. */
export function Taught({ rules }: { rules: readonly string[] }) {
  return use(TeachingContext)(rules);
}
