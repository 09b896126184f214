/** Words that point at something: it is marked on the stage while they are pointed at, and stays marked once pressed. */
import type { ReactNode } from 'react';
import type { Show } from '../../lesson/lesson.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { DRAWERS } from '../drawer/drawers.ts';

export function ShowWords({ node, children }: { node: Show; children: ReactNode }) {
  const simulator = useSimulator();
  const name =
    node.what === 'balancer' || node.what === 'users'
      ? node.what
      : node.what === 'output'
        ? `output ${node.name}`
        : node.name;
  const isOn = useHerd((state) => state.highlight === name);

  function press(): void {
    const drawer =
      node.what === 'drawer'
        ? DRAWERS.find(({ label }) => label.toLowerCase() === node.name.toLowerCase())
        : undefined;
    if (drawer) simulator.openDrawer(drawer.name);
    else simulator.setHighlight(isOn ? null : name);
  }

  return (
    <button
      type="button"
      className="rounded-sm underline decoration-dotted decoration-2 underline-offset-4 aria-pressed:bg-ink aria-pressed:text-on-ink aria-pressed:no-underline"
      aria-pressed={node.what === 'drawer' ? undefined : isOn}
      onClick={press}
    >
      {children}
    </button>
  );
}
