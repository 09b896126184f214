/**
 * A herd too large for a button each: one button goes where the pointer or the arrow keys point, so that every container
 * can be reached and the page stays light.
 */
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useHerd } from '../herd/herd-context.tsx';
import { containerWords } from '../herd/words.ts';
import { neighbour, thingAt } from './neighbour.ts';
import { ThingButton } from './thing-button.tsx';
import type { Thing } from './things.ts';

export function Crowd({ things, describedBy }: { things: readonly Thing[]; describedBy: string }) {
  const [key, setKey] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const active = things.find((thing) => thing.key === key) ?? things[0];
  if (!active) return null;

  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    const edge = box.current?.getBoundingClientRect();
    if (!edge) return;
    // The stage may be seen larger than its own px.
    const zoom = edge.width / event.currentTarget.offsetWidth;
    const found = thingAt(
      things,
      (event.clientX - edge.left) / zoom,
      (event.clientY - edge.top) / zoom,
      16 / zoom,
    );
    if (found && found.key !== key) setKey(found.key);
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    // An open menu keeps its keys to itself.
    const next = active && neighbour(things, active, event.key);
    if (!next) return;
    event.preventDefault();
    setKey(next.key);
    requestAnimationFrame(() => box.current?.querySelector('button')?.focus({ preventScroll: true }));
  }

  return (
    <div
      ref={box}
      role="toolbar"
      aria-label="Containers"
      tabIndex={-1}
      className="absolute inset-0"
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    >
      <span id={describedBy} className="sr-only">
        <Words of={active} />. Arrow keys go to the other {things.length - 1} containers.
      </span>
      <ThingButton key={active.key} thing={active} describedBy={describedBy} />
    </div>
  );
}

/** How it is with a container now. */
function Words({ of: { hit } }: { of: Thing }) {
  return useHerd(({ view }) => {
    const container = view?.containers.find(({ id }) => id === hit.id);
    return view && container ? containerWords(container, view.t) : '';
  });
}
