import { it } from 'vitest';
import { herdOf } from './fixtures/crowds.ts';
import { layoutZoomed, layoutStage } from './layout.ts';
it('prof', () => {
  const view = herdOf(1000);
  const box = { width: 992, height: 512 };
  for (let k = 0; k < 3; k++) {
    for (const room of [1, 2, 4, 8]) {
      const t = performance.now();
      const l = layoutStage(view, box, room);
      console.log(room, l.detail, Math.round(performance.now() - t));
    }
    const t = performance.now();
    layoutZoomed(view, box, 8);
    console.log('zoomed', Math.round(performance.now() - t));
  }
});
