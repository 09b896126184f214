import { Taught } from '../teaching/teaching-context.tsx';
import type { Rule } from './rules.ts';

/** The lesson of it: what an operator takes from it, its rule, and where that is taught. */
export function RuleLine({ rule: { rules, words } }: { rule: Rule }) {
  return (
    <div className="max-w-[76ch]">
      <p className="leading-6">
        {words}
        {rules.length > 0 && <span className="text-ink2"> Rule {rules[0]}.</span>}
      </p>
      <Taught rules={rules} />
    </div>
  );
}
