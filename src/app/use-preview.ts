/** Runs of shipped herds for their small pictures, in the thread that the page's own run is in. */
import { useCallback } from 'react';
import type { OpenPreview } from '../ui/sandbox/herd-preview.tsx';
import { herdNamed } from './scenarios.ts';
import { useOpenRun } from './use-simulator.ts';

export function usePreview(): OpenPreview {
  const openRun = useOpenRun();
  return useCallback(
    async (name) => {
      const herd = herdNamed(name);
      if (!herd) throw new Error(`no herd is called ${name}`);
      const { source, ready } = await herd.contents();
      return openRun({ source, file: herd.file, ready, seed: null, autoplay: true, log: herd.preview });
    },
    [openRun],
  );
}
