import { expect, test } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { containerLifecycleChart } from './container-lifecycle.chart.ts';
import { LIFECYCLE, LIFECYCLE_EVENTS, PHASES, type Phase } from './container-lifecycle.ts';

const walk = PHASES.flatMap((phase) => LIFECYCLE_EVENTS.map((type) => [phase, type] as const));

test.each(walk)('%s × %s is the same in table and chart', (phase, type) => {
  const before = containerLifecycleChart.resolveState({ value: phase });
  const [after] = transition(containerLifecycleChart, before, { type });
  expect(after.value).toBe(LIFECYCLE[phase][type] ?? phase);
  // A missing event must be unknown to the chart too, not a transition that happens to lead back.
  expect(before.can({ type })).toBe(LIFECYCLE[phase][type] !== undefined);
});

test('chart and table begin alike and have the same phases', () => {
  const [first] = initialTransition(containerLifecycleChart);
  expect(first.value satisfies Phase).toBe('created');
  expect(Object.keys(containerLifecycleChart.states).toSorted()).toEqual([...PHASES].toSorted());
});
