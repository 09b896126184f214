/** The lesson that the nodes below belong to. */
import { createContext, use, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { LessonSession, LessonState } from '../../store/lesson-store.ts';

const LessonContext = createContext<LessonSession | null>(null);

export function LessonProvider({ session, children }: { session: LessonSession; children: ReactNode }) {
  return <LessonContext value={session}>{children}</LessonContext>;
}

export function useLesson(): LessonSession {
  const session = use(LessonContext);
  if (!session) throw new Error('there is no lesson around this component');
  return session;
}

export function useLessonState<T>(select: (state: LessonState) => T): T {
  return useStore(useLesson().store, select);
}
