/** Keeps an eye on a lesson's conditions and measures, and reports only what changed. */
import { evaluate, measure, type Measurable } from '../lesson/condition/evaluate.ts';
import type { Watch, WatchResults } from './protocol.ts';

export interface Watcher {
  watch(what: Watch): void;
  /** What changed since the last look, or null. */
  look(source: Measurable): WatchResults | null;
}

export function createWatcher(): Watcher {
  let watched: Watch = { conditions: {}, measures: {} };
  let seen = new Map<string, string>();

  /** True when `value` is news under this key. */
  function isNews(key: string, value: string): boolean {
    if (seen.get(key) === value) return false;
    seen.set(key, value);
    return true;
  }

  return {
    watch(what) {
      watched = what;
      seen = new Map();
    },
    look(source) {
      const conditions = Object.entries(watched.conditions)
        .map(([key, condition]) => [key, evaluate(condition, source)] as const)
        .filter(([key, found]) => isNews(`c ${key}`, `${found.state} ${found.text}`));
      const measures = Object.entries(watched.measures)
        .map(([key, what]) => [key, measure(what, source)] as const)
        .filter(([key, found]) => isNews(`m ${key}`, String(found)));
      if (conditions.length === 0 && measures.length === 0) return null;
      return { conditions: Object.fromEntries(conditions), measures: Object.fromEntries(measures) };
    },
  };
}
