import { describe, expect, it } from 'vitest';
import { diskLost, leftOver, sharedVolume } from '../../viz/stage/fixtures/disks.ts';
import type { Situation } from '../../viz/stage/fixtures/build.ts';
import { volumeWords } from './words.ts';

const wordsOf = ({ view }: Situation): string[] =>
  view.volumes.map((volume) => volumeWords(volume, view.containers, view.hosts));

describe('volumes in words', () => {
  it('say what the picture shows: what kind, where, mounted by whom, and what is in it', () => {
    expect(wordsOf(sharedVolume)).toEqual([
      'named volume on host-1, mounted by shop-app-1 and shop-app-3 and shop-app-4, 41 sessions',
      'bound directory on host-1, mounted by shop-app-1 and shop-app-3 and shop-app-4, 19 uploads',
    ]);
    expect(wordsOf(leftOver)[0]).toBe(
      'anonymous volume on host-1, left over: nothing will mount it again, 14 sessions',
    );
    expect(wordsOf(diskLost)[2]).toMatch(/^volume on the network, mounted by /);
  });
});
