import { detectorsOf } from '../drift/registry.ts';
import { handEdits } from '../drift/layer.ts';
import type { Answer, Command } from '../model/command.ts';
import type { Container } from '../model/container.ts';
import { changedVariables, wantedBuild } from '../model/drift.ts';
import { digestOf } from '../model/images.ts';
import type { World } from '../model/world.ts';
import { resolve } from './targets.ts';

/** `paddock drift [CONTAINER…]`: what differs in truth, and beside it what each tool would see of that (S-123, S-124). */
export function drift(w: World, command: Extract<Command, { verb: 'drift' }>): Answer {
  const all = command.targets.kind === 'names' && command.targets.names.length === 0;
  const { found, unknown } = all
    ? { found: w.containers.filter((c) => c.service === w.herd && c.phase !== 'removed'), unknown: [] }
    : resolve(w, command.targets);
  const errors = unknown.map((name) => `paddock: no container is called ${name}`);
  return {
    ok: errors.length === 0 || found.length > 0,
    text: [...found.map((c) => report(w, c)), ...errors].join('\n\n'),
  };
}

function report(w: World, c: Container): string {
  const truth = differences(w, c);
  const lines = [
    `${c.name} (${Math.floor((w.now - c.createdAt) / 1000)} s old)`,
    `  in truth: ${truth.length === 0 ? 'as its definition says' : truth.join('; ')}`,
  ];
  for (const d of detectorsOf(w.platform)) {
    const seen = d.sees(w, c);
    lines.push(`  ${d.name}: ${d.verdict(seen.length)}`);
    for (const line of seen) lines.push(`    ${line}`);
    lines.push(`    cannot see: ${d.blind}`);
  }
  return lines.join('\n');
}

/** What makes a container another than one that is made today. */
function differences(w: World, c: Container): string[] {
  const s = w.services[c.service];
  const found = handEdits(c).map((edit) => `${edit} by hand`);
  for (const name of changedVariables(w, c)) found.push(`${name} is older than the file`);
  if (c.image !== s.image) found.push(`it runs ${c.image}, the definition says ${s.image}`);
  else if (c.build !== wantedBuild(w, c))
    found.push(`it runs ${digestOf(c.image, c.build).slice(0, 19)}, and ${c.image} has moved since`);
  if (c.restart !== s.def.restart) found.push(`its restart policy was set to ${c.restart}`);
  return found;
}
