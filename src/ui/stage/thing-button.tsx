/** A container or a store as a button: pressing it opens the menu of its verbs. */
import { useCallback, useRef, useState } from 'react';
import { containerVerbs, startVerb, storeVerbs, type VerbLine } from '../controls/verb-lines.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { Menu } from '../menu/menu.tsx';
import type { Thing } from './things.ts';

function verbsOf(thing: Thing, platform: string | undefined): VerbLine[] {
  if (thing.kind === 'store') return storeVerbs(thing.store);
  const start = startVerb(thing.container, platform);
  return start ? [start] : containerVerbs(thing.container, platform);
}

export function ThingButton({ thing, describedBy }: { thing: Thing; describedBy: string }) {
  const simulator = useSimulator();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { hit } = thing;
  const name = thing.kind === 'container' ? thing.container.name : thing.store.name;
  const locked = useHerd((state) => state.locked);
  const platform = useHerd((state) => state.facts?.platform);
  const isSelected = useHerd((state) => state.selected === name);
  const close = useCallback(() => {
    setOpen(false);
    button.current?.focus({ preventScroll: true });
  }, []);

  function press(): void {
    if (thing.kind === 'container') simulator.select(name);
    setOpen(!open);
  }

  const items = verbsOf(thing, platform).flatMap(({ name: label, line }) =>
    line === null || locked ? [] : [{ label, act: () => simulator.run(line) }],
  );
  return (
    <>
      <button
        ref={button}
        type="button"
        className="stage-thing"
        style={{
          left: hit.x,
          top: hit.y,
          width: `calc(${hit.w}px * var(--zoom, 1))`,
          height: `calc(${hit.h}px * var(--zoom, 1))`,
        }}
        aria-label={name}
        aria-describedby={describedBy}
        aria-haspopup="menu"
        aria-expanded={open}
        data-selected={isSelected || undefined}
        onClick={press}
        onPointerEnter={() => simulator.point(hit)}
        onPointerLeave={() => simulator.point(null)}
        onFocus={() => simulator.point(hit)}
        onBlur={() => simulator.point(null)}
      />
      {open && items.length > 0 && <Menu label={name} items={items} close={close} {...placeFor(hit)} />}
    </>
  );
}

/** CSS px; no verb is longer. */
const MENU = 176;

/** To the right of the thing's middle where there is room, else as far right as it fits; never off the stage's top. */
function placeFor(hit: Thing['hit']): {
  style: { left?: string; right?: string; top: number; transformOrigin?: string };
} {
  const top = Math.max(0, hit.y + hit.h / 2 - 20);
  return hit.kind === 'store'
    ? { style: { right: `calc(100% - ${hit.x + hit.w}px)`, top, transformOrigin: '100% 0' } }
    : {
        style: {
          left: `min(${hit.x + Math.min(72, hit.w / 2)}px, 100% - ${MENU}px / var(--zoom, 1))`,
          top,
        },
      };
}
