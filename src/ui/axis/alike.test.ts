import { expect, it } from 'vitest';
import { alike } from './alike.ts';

it('is true of the same in lists and records, however deep, and of nothing else', () => {
  const press = (): void => undefined;
  const props = () => ({ rows: [{ y: 1, label: { text: 'a' } }, null], at: NaN, press });
  expect(alike(props(), props())).toBe(true);
  for (const other of [
    { ...props(), at: 0 },
    { ...props(), press: (): void => undefined },
    { ...props(), more: 1 },
    { ...props(), rows: [{ y: 1, label: { text: 'b' } }, null] },
    { ...props(), rows: [{ y: 1, label: { text: 'a' } }] },
    { ...props(), rows: [{ y: 1, label: { text: 'a' } }, undefined] },
    null,
  ]) {
    expect(alike(props(), other)).toBe(false);
    expect(alike(other, props())).toBe(false);
  }
});
