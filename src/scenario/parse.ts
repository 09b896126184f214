/** Compose file to scenario. */
import type { Scenario } from '../sim/model/scenario.ts';
import { assemble } from './assemble.ts';
import { checkReferences } from './checks/references.ts';
import { describeKeys } from './compose/describe.ts';
import { TOP_LEVEL_KEYS } from './compose/known-keys.ts';
import { readVolumes } from './compose/mounts.ts';
import { underTopXPaddock } from './keys/hint.ts';
import { readTop } from './keys/top.ts';
import { unknownName, type KnownNames } from './known-names.ts';
import { applyOverrides } from './overrides.ts';
import { projectName } from './project-name.ts';
import { registeredNames } from './registered-names.ts';
import { readServices } from './services/read-services.ts';
import { openSource } from './yaml/open.ts';
import { complain, entriesAt, type Place } from './yaml/place.ts';
import type { Problem } from './yaml/report.ts';

export interface ParsedScenario {
  /** Null when there are problems. */
  readonly scenario: Scenario | null;
  /** In the order of the file. */
  readonly problems: readonly Problem[];
  /** What was inferred or is not simulated, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads a compose file. `file` is its name for messages; `overrides` are `path=value` edits made before it is read
 * (`services.app.x-paddock.state.sessions=redis`); `names` says which platforms, kinds and homes there are.
 */
export function parseScenario(
  text: string,
  file: string,
  overrides: readonly string[] = [],
  names: KnownNames = registeredNames(),
): ParsedScenario {
  const { root, report } = openSource(text, file);
  const scenario = root && readScenario(applyOverrides(root, overrides), file, names);
  const problems = report.problems.toSorted((a, b) =>
    a.file === b.file ? a.line - b.line || a.column - b.column : 0,
  );
  return { scenario: problems.length > 0 ? null : scenario, problems, notes: report.notes };
}

function readScenario(root: Place, file: string, names: KnownNames): Scenario | null {
  const top = entriesAt(root);
  describeKeys(top, TOP_LEVEL_KEYS, underTopXPaddock);
  const empty: Place = { ...root, node: null };
  const { values, given } = readTop(top.get('x-paddock') ?? { ...empty, path: 'x-paddock' });
  const platform = knownPlatform(values.platform, given.get('platform') ?? root, names);
  const name = projectName(top.get('name'), file, root);
  const places = entriesAt(top.get('services') ?? empty);
  if (places.size === 0) {
    const advice = 'there are no services; write services: { app: { image: "shop:1.0" } }';
    complain(top.get('services') ?? root, advice);
    return null;
  }
  const { hosts, reboot, seed, script, traffic, gitops } = values;
  const gitopsAt = given.get('gitops');
  if (gitopsAt && gitops !== null && platform !== 'kubernetes')
    complain(gitopsAt, `is for platform: kubernetes; ${platform} has no agent that applies a file`);
  const volumes = readVolumes(top.get('volumes') ?? empty);
  const surroundings = { platform, hosts, hostsAt: given.get('hosts') ?? root, volumes, names };
  const services = readServices(places, name, surroundings, traffic, names);
  checkReferences(top, new Map([...places].map(([service, place]) => [service, entriesAt(place)])));
  const assembled = assemble(root, services, surroundings, [...places.keys()]);
  if (assembled === null) return null;
  const agent = gitops && { pollMs: gitops.poll, jitterMs: gitops.jitter, selfHeal: gitops['self-heal'] };
  return { name, platform, hosts, rebootMs: reboot, seed, script, gitops: agent, traffic, ...assembled };
}

/** One that does not exist is complained of and taken for Compose, so that the rest of the file is read all the same. */
function knownPlatform(platform: string, at: Place, { platforms }: KnownNames): string {
  if (platforms.includes(platform)) return platform;
  complain(at, unknownName('platform', platform, platforms));
  return 'compose';
}
