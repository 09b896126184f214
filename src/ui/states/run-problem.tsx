/** A scenario that cannot be read, or a run that broke: what, where, and the way on. */
import { useHerd, useSimulator } from '../herd/herd-context.tsx';

export function RunProblem() {
  const phase = useHerd((state) => state.phase);
  const problems = useHerd((state) => state.problems);
  const failure = useHerd((state) => state.failure);
  const lastSet = useHerd((state) => Object.keys(state.settings).at(-1));
  const simulator = useSimulator();
  if (phase !== 'problem' && phase !== 'failed') return null;
  return (
    <div role="alert" className="absolute inset-0 z-10 overflow-auto border-t-4 border-red bg-paper p-6">
      {phase === 'problem' ? (
        <>
          <h2 className="text-xl font-bold">This compose file cannot be run</h2>
          <ul className="mt-3 grid gap-2">
            {problems.map((problem) => (
              <li key={`${problem.line}:${problem.column}:${problem.message}`}>
                <p className="text-[14px] text-ink2">
                  <code className="font-mono">{problem.file}</code>, line{' '}
                  <b className="font-semibold text-ink">{problem.line}</b>, column {problem.column}
                </p>
                <p className="max-w-prose">{problem.message}</p>
              </li>
            ))}
          </ul>
          {lastSet !== undefined && (
            <button type="button" className="btn mt-4" onClick={() => simulator.chooseSetting(lastSet, null)}>
              Take {lastSet.split('.').at(-1)} back
            </button>
          )}
        </>
      ) : (
        <>
          <h2 className="text-xl font-bold">The run broke</h2>
          <p className="mt-3 max-w-prose">This is a fault of Paddock, not of yours: {failure}</p>
          <button type="button" className="btn mt-4" onClick={simulator.reset}>
            Reset
          </button>
        </>
      )}
    </div>
  );
}
