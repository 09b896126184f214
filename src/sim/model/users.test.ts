import { describe, expect, it } from 'vitest';
import { Blocks } from '../engine/blocks.ts';
import { Users } from './users.ts';

const USERS = 40;

/** Takes what idle connections a user has; how many they were. */
function drain(users: Users, u: number): number {
  let n = 0;
  while (users.takeIdle(u)) n++;
  return n;
}

describe('users', () => {
  it('have as many idle connections as they left open, each his own, however many', () => {
    const users = new Users(USERS, 1);
    const left = (u: number): number => (u * 7) % 12;
    for (let round = 0; round < 12; round++)
      for (let u = 0; u < USERS; u++) if (round < left(u)) users.addIdle(u);
    for (let u = 0; u < USERS; u++) expect(drain(users, u)).toBe(left(u));
  });

  it('are in a checkpoint as they were, cookies and connections', () => {
    const blocks = new Blocks();
    const users = new Users(USERS, 1);
    for (let n = 0; n < 5; n++) users.addIdle(17);
    users.setSession(3, 12, 4);
    users.setServer(3, 9);
    users.setSigningIn(5, true);
    users.setStale(6, true);
    const saved = users.save(blocks);
    drain(users, 17);
    users.addIdle(18);
    users.setSession(3, -1, 0);
    users.setServer(3, -1);
    users.setSigningIn(5, false);
    users.setStale(6, false);
    users.load(saved, blocks);
    expect([users.session(3), users.sessionGen(3), users.server(3)]).toEqual([12, 4, 9]);
    expect([users.signingIn(5), users.signingIn(6), users.isStale(6), users.isStale(5)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([drain(users, 17), drain(users, 18)]).toEqual([5, 0]);
  });

  it('share with the checkpoint before all that nobody has changed since', () => {
    const blocks = new Blocks();
    const users = new Users(5000, 1);
    const first = users.save(blocks);
    users.setServer(4000, 1);
    const second = users.save(blocks);
    expect(second.state).toBe(first.state);
    expect(second.records.map((page, p) => page === first.records[p])).toEqual([
      true,
      true,
      true,
      false,
      true,
    ]);
  });
});
