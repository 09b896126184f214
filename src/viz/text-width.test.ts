import { describe, expect, it } from 'vitest';
import { ellipsize, textWidth } from './text-width.ts';

describe('text widths', () => {
  it('grow with size, weight and length', () => {
    expect(textWidth('app-1', 17, 700)).toBeGreaterThan(textWidth('app-1', 17));
    expect(textWidth('app-12', 17)).toBeGreaterThan(textWidth('app-1', 17));
    expect(textWidth('', 17)).toBe(0);
  });

  it('count marks and joiners as nothing, wide scripts as an em', () => {
    expect(textWidth('e\u0301', 10)).toBeCloseTo(textWidth('e', 10), 5);
    expect(textWidth('日本', 10)).toBe(20);
  });

  it('leave what fits and shorten what does not', () => {
    expect(ellipsize('app-1', 100, 17)).toBe('app-1');
    const long = 'the-old-server-under-the-desk-that-nobody-dares-to-touch';
    const short = ellipsize(long, 120, 17, 700);
    expect(short.endsWith('…')).toBe(true);
    expect(textWidth(short, 17, 700)).toBeLessThanOrEqual(120);
    expect(ellipsize(long, 0, 17)).toBe('…');
  });

  it('never cut a character in two', () => {
    for (let width = 10; width < 90; width += 3) {
      expect(ellipsize('🐄🐄🐄🐄🐄🐄', width, 14)).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    }
  });
});
