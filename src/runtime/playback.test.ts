import { describe, expect, it } from 'vitest';
import { createPlayer, type Player } from './player.ts';
import type { PlaybackRequest } from './playback.ts';

interface Bench {
  player: Player;
  requests: PlaybackRequest[];
  /** Lets the browser paint a frame at this wall time; false when none was wanted. */
  frame(wallMs: number): boolean;
}

function bench(autoplay: boolean): Bench {
  const requests: PlaybackRequest[] = [];
  let wanted: ((wallMs: number) => void) | null = null;
  const player = createPlayer({
    autoplay,
    speed: 1,
    clock: {
      request(callback) {
        wanted = callback;
        return () => (wanted = null);
      },
    },
    request: (asked) => requests.push(asked),
    changed: () => undefined,
  });
  return {
    player,
    requests,
    frame(wallMs) {
      const callback = wanted;
      wanted = null;
      callback?.(wallMs);
      return callback !== null;
    },
  };
}

const drawn = (player: Player, t: number, settled = false): void =>
  player.send({ type: 'DRAWN', t, settled });

describe('playback', () => {
  it('moves virtual time with the wall, in whole ms', () => {
    const { player, requests, frame } = bench(true);
    player.send({ type: 'OPENED', t: 0 });
    frame(1000);
    drawn(player, 0);
    frame(1016.7);
    drawn(player, 16);
    frame(1033.4);
    expect(requests.map((asked) => (asked.type === 'tick' ? asked.toMs : asked.type))).toEqual([0, 16, 33]);
  });

  it('skips frames while one is being worked on, and catches up with the next', () => {
    const { player, requests, frame } = bench(true);
    player.send({ type: 'OPENED', t: 0 });
    frame(0);
    frame(16);
    frame(32);
    expect(requests).toHaveLength(1);
    drawn(player, 0);
    frame(48);
    expect(requests.at(-1)).toMatchObject({ type: 'tick', toMs: 48 });
  });

  it('goes on from where it was after a long gap', () => {
    const { player, requests, frame } = bench(true);
    player.send({ type: 'OPENED', t: 0 });
    frame(0);
    drawn(player, 0);
    frame(60_000);
    expect(requests.at(-1)).toMatchObject({ toMs: 100 });
  });

  it('runs at the speed chosen', () => {
    const { player, requests, frame } = bench(true);
    player.send({ type: 'OPENED', t: 0 });
    player.send({ type: 'SPEED', speed: 10 });
    frame(0);
    drawn(player, 0);
    frame(20);
    expect(requests.at(-1)).toEqual({ type: 'tick', toMs: 200, speed: 10 });
  });

  it('settles when the frozen instant has been drawn, not before', () => {
    const { player, requests, frame } = bench(true);
    player.send({ type: 'OPENED', t: 0 });
    frame(0);
    player.send({ type: 'PAUSE' });
    expect(requests.at(-1)?.type).toBe('settle');
    drawn(player, 0);
    expect(player.state().settled).toBe(false);
    drawn(player, 0, true);
    expect(player.state()).toMatchObject({ settled: true, playing: false });
    player.send({ type: 'CHANGED' });
    expect(player.state().settled).toBe(false);
  });

  it('steps once and stands still', () => {
    const { player, requests } = bench(false);
    player.send({ type: 'OPENED', t: 0 });
    drawn(player, 0, true);
    player.send({ type: 'STEP' });
    expect(requests).toEqual([{ type: 'step', speed: 1 }]);
    drawn(player, 12.5, true);
    expect(player.state()).toMatchObject({ settled: true, playing: false });
  });

  it('asks for no frames while nobody looks', () => {
    const { player, requests, frame } = bench(true);
    player.send({ type: 'OPENED', t: 0 });
    player.send({ type: 'SEEN', seen: false });
    expect(frame(16)).toBe(false);
    player.send({ type: 'SEEN', seen: true });
    expect(frame(5000)).toBe(true);
    expect(requests).toEqual([{ type: 'tick', toMs: 0, speed: 1 }]);
  });

  it('opens again as it was told: to play or to stand', () => {
    const { player } = bench(true);
    player.send({ type: 'OPENED', t: 0 });
    player.send({ type: 'REOPEN', play: false });
    expect(player.state().loading).toBe(true);
    player.send({ type: 'OPENED', t: 0 });
    expect(player.state().playing).toBe(false);
  });
});
