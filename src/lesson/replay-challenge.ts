/** A challenge as two runs on one seed: the symptom with the mechanism on, none with only the fix. */
import { createDriver } from '../commands/driver.ts';
import { parseScenario } from '../scenario/parse.ts';
import { createReconfigure } from '../scenario/reconfigure.ts';
import { readChallenge } from './challenge.ts';
import { evaluate } from './condition/evaluate.ts';
import type { Check } from './judging.ts';
import { formatProblem } from './problem.ts';
import type { ReplayOptions } from './replay.ts';
import { measurable } from './stage.ts';

/** Plays a challenge's file on the seeds 1 … n. Throws an Error for a file that is no challenge. */
export function replayChallenge(text: string, file: string, { seeds, createRun }: ReplayOptions): Check[] {
  const challenge = readChallenge(text);
  const judge = (what: string, fix: readonly string[], wanted: boolean): Check => {
    const { scenario, problems } = parseScenario(text, file, fix);
    if (scenario === null) throw new Error(problems.map(formatProblem).join('\n'));
    let times = 0;
    let why = '';
    for (let seed = 1; seed <= seeds; seed++) {
      const run = createRun(scenario, seed);
      const driver = createDriver(run, scenario.script, createReconfigure(text, file, fix));
      driver.advance(challenge.untilMs);
      const refused = driver.log.find((command) => !command.ok);
      const found = evaluate(challenge.symptom, measurable(run));
      if (refused === undefined && (found.state === 'true') === wanted) times++;
      else if (why === '') why = `seed ${seed}: ${refused === undefined ? found.text : refused.answer}`;
    }
    return { ok: times === seeds, what, times, seeds, why };
  };
  return [
    judge('shows its symptom', [], true),
    judge(`not with ${challenge.fix.join(' ')}`, challenge.fix, false),
  ];
}
