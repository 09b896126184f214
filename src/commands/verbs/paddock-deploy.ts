import { readArguments } from '../arguments.ts';
import { didYouMean } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import { asText, toLine, type VerbSpec } from '../verb-spec.ts';

const ACTIONS = ['pause', 'resume', 'abort', 'undo'] as const;
const usage = `paddock deploy ${ACTIONS.join('|')} [SERVICE]`;

/** Who names an image wants to deploy it: that is what the platforms' own tools are for. */
function instead(first: string, second: string | null): string | null {
  const image = [first, second].find((word) => word?.includes(':') === true);
  if (image === undefined) return null;
  const service = first === image ? (second ?? 'SERVICE') : first;
  return `paddock deploy holds, resumes or undoes a roll-out; to begin one write docker service update --image ${image} ${service} (Swarm, bare), kubectl set image deployment/${service} ${service}=${image} (Kubernetes), or paddock set services.${service}.image=${image} (Compose)`;
}

export const paddockDeploy: VerbSpec = {
  words: 'paddock deploy',
  usage,
  about: 'Holds a roll-out, lets it go on, gives it up, or goes back to what was deployed before.',
  parse(words, end) {
    const [word, service, extra] = readArguments(usage, words, []).rest;
    if (!word) throw new UsageError(`requires at least 1 argument (usage: ${usage})`, end);
    if (extra) throw new UsageError(`accepts at most 2 arguments (usage: ${usage})`, extra.column);
    const wanted = asText(word).text;
    const action = ACTIONS.find((known) => known === wanted);
    if (!action)
      throw new UsageError(
        instead(wanted, service ? asText(service).text : null) ??
          `a roll-out cannot '${wanted}'${didYouMean(wanted, ACTIONS)} (usage: ${usage})`,
        word.column,
      );
    return { verb: 'deploy', action, service: service ? asText(service).text : null };
  },
  format(command) {
    if (command.verb !== 'deploy') return null;
    return toLine('paddock deploy', command.action, ...(command.service === null ? [] : [command.service]));
  },
};
