/** `x-paddock` at the top of the file. */
import { parseCommand } from '../../commands/parse-command.ts';
import { GITOPS_DEFAULTS, TOP_DEFAULTS, TRAFFIC_DEFAULTS } from '../defaults.ts';
import type { TimedLine, Traffic } from '../../sim/model/scenario.ts';
import { block, readBlock, reportUnknown } from '../forms/block.ts';
import { key, type Form } from '../forms/form.ts';
import { bool, duration, instant, integer, or, positiveDuration, text } from '../forms/scalars.ts';
import { complain, entriesAt, itemsAt, textAt, type Place } from '../yaml/place.ts';
import { readTraffic, TRAFFIC_KEYS } from './traffic.ts';

const traffic: Form<Traffic> = { says: `{ ${Object.keys(TRAFFIC_KEYS).join(', ')} }`, read: readTraffic };

const script: Form<readonly TimedLine[]> = {
  says: '[{ at, do }]',
  read: (place) => itemsAt(place).flatMap(readLine),
};

function readLine(place: Place): TimedLine[] {
  const entries = entriesAt(place);
  for (const [name, at] of entries) if (name !== 'at' && name !== 'do') reportUnknown(name, at, ['at', 'do']);
  const at = entries.get('at');
  const line = entries.get('do');
  if (!at || !line) {
    complain(place, 'needs a time and a command; write { at: 10s, do: docker ps }');
    return [];
  }
  const ms = instant.read(at);
  const typed = textAt(line) ?? '';
  const parsed = parseCommand(typed);
  if (!parsed.ok) complain(line, `column ${parsed.column} of the command: ${parsed.message}`);
  return ms === undefined || !parsed.ok ? [] : [{ at: ms, do: typed }];
}

export const GITOPS_KEYS = {
  poll: key(positiveDuration, 'between two looks at the file'),
  jitter: key(duration, 'up to which the next look may be later'),
  'self-heal': key(bool, 'live edits are put right; else they stay, and are OutOfSync'),
};

/** `platform` is a name; which ones there are is the caller's to check. */
export const TOP_KEYS = {
  platform: key(text, 'who restarts, replaces and rolls: its rules, not its API'),
  hosts: key(integer(1, 1000), 'number of hosts'),
  reboot: key(duration, 'how long a host is away when it reboots'),
  seed: key(integer(0, 0xffff_ffff), 'of the random streams, unless the runner names another'),
  traffic: key(traffic, 'who asks for what'),
  gitops: key(
    or(block(GITOPS_KEYS, GITOPS_DEFAULTS, 'true'), 'none', null),
    'kubernetes: an agent that applies the file when it changes',
  ),
  script: key(script, 'console commands at their times'),
};

export function readTop(place: Place) {
  return readBlock(place, TOP_KEYS, TOP_DEFAULTS, (name) =>
    name in TRAFFIC_DEFAULTS ? `it belongs under traffic` : null,
  );
}
