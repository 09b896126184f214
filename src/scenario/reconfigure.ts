/** `paddock set`: the scenario that results from changed keys. */
import type { Reconfigure } from '../commands/driver.ts';
import { parseScenario } from './parse.ts';

/** Re-reads the compose source with the overrides it was opened with and the assignments on top. */
export function createReconfigure(
  text: string,
  file: string,
  overrides: readonly string[] = [],
): Reconfigure {
  return (assignments) => {
    const { scenario, problems } = parseScenario(text, file, [...overrides, ...assignments]);
    return scenario ?? { message: `paddock set: ${problems.map(({ message }) => message).join('; ')}` };
  };
}
