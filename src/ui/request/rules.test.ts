import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENTRY_KINDS, type EntryKind } from '../../sim/engine/journal-entry.ts';
import { FAILURE_CAUSES } from '../../sim/model/failure.ts';
import { BALANCERS } from '../../sim/registries.ts';
import { UNKNOWN_SESSION, ruleOfEntry, ruleOfFailure } from './rules.ts';

const SPEC = readFileSync(new URL('../../sim/SPEC.md', import.meta.url), 'utf8');
const chains: readonly { readonly kind: EntryKind }[][] = [
  [],
  [{ kind: 'store-down' }],
  [{ kind: 'container-told' }],
];
const balancers = [null, ...Object.keys(BALANCERS)];
const found = balancers.flatMap((balancer) =>
  chains.flatMap((chain) => [
    UNKNOWN_SESSION,
    ...FAILURE_CAUSES.map((cause) => ruleOfFailure(cause, { chain, balancer })),
    ...ENTRY_KINDS.flatMap((kind) => ruleOfEntry(kind, { chain, balancer }) ?? []),
  ]),
);

describe('the rule that something belongs to', () => {
  it('is one of the model', () => {
    for (const rule of new Set(found.flatMap(({ rules }) => rules))) expect(SPEC).toContain(`**${rule}**`);
  });

  it('is none where the application itself says no, for whatever reason', () => {
    expect(ruleOfFailure('app-error', { chain: [], balancer: 'haproxy' }).rules).toEqual([]);
  });

  it('is another where another thing led to the same end', () => {
    const refused = (chain: { kind: EntryKind }[]) =>
      ruleOfFailure('connect-refused', { chain, balancer: 'haproxy' }).rules[0];
    expect(refused([{ kind: 'container-exited' }])).toBe('R-1');
    expect(refused([{ kind: 'container-signalled' }, { kind: 'command' }])).toBe('R-5');
    const nobody = (balancer: string) => ruleOfFailure('no-server', { chain: [], balancer }).rules[0];
    expect(['haproxy', 'nginx', 'alb', 'l4'].map(nobody)).toEqual(['S-85', 'R-4', 'S-100', 'S-71']);
    const lost = (chain: { kind: EntryKind }[]) =>
      ruleOfEntry('session-lost', { chain, balancer: null })?.rules[0];
    expect([lost([]), lost([{ kind: 'store-down' }])]).toEqual(['R-7', 'S-106']);
  });
});
