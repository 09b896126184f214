/** The herds to choose from, each with a small picture of its first seconds that moves while it is looked at. */
import { Suspense, use, useEffect, useRef, useState } from 'react';
import { paint } from '../../viz/stage/paint.ts';
import type { DisplayList } from '../../viz/stage/ops.ts';
import { croppedStill, stillScale } from '../../viz/stage/still.ts';
import { DAY, DUSK } from '../../viz/theme.ts';
import { useSurroundings } from '../theme/theme-context.tsx';
import type { HerdChoice } from './herd-choice.ts';
import { HerdPreview, type OpenPreview } from './herd-preview.tsx';
import { watchBand } from './watch-band.ts';

/** Pictures by the herds' names. */
export type Stills = Readonly<Record<string, DisplayList>>;

interface HerdGalleryProps {
  herds: readonly HerdChoice[];
  chosen: string;
  choose(name: string): void;
  /** The same promise at every call. */
  stills(): Promise<Stills>;
  preview: OpenPreview;
}

/** CSS px. */
const SHOWN = { width: 116, height: 69 };

export function HerdGallery({ herds, chosen, choose, stills, preview }: HerdGalleryProps) {
  const { reducedMotion } = useSurroundings();
  const [looked, lookAt] = useState<string | null>(null);
  const away = (name: string): void => lookAt((now) => (now === name ? null : now));
  const list = useRef<HTMLFieldSetElement>(null);
  // Where nothing hovers, the one that has been scrolled to is the one that is looked at.
  useEffect(() => {
    if (!list.current || !matchMedia('(hover: none)').matches) return undefined;
    return watchBand([...list.current.querySelectorAll<HTMLElement>('label')], (label) =>
      lookAt(label?.dataset.herd ?? null),
    );
  }, [herds]);
  return (
    <fieldset ref={list} className="mt-6 border-t border-hair pt-3">
      <legend className="float-left w-full pb-2 text-ink2">Another herd</legend>
      {herds.map(({ name, title, idea }) => (
        <label
          key={name}
          data-herd={name}
          className="relative clear-both grid cursor-pointer grid-cols-[auto_1fr] items-center gap-x-3 rounded-lg p-2 leading-5 hover:bg-ink/5 has-checked:bg-ink/8 has-focus-visible:outline-2"
          onPointerEnter={({ pointerType }) => pointerType === 'mouse' && lookAt(name)}
          onPointerLeave={({ pointerType }) => pointerType === 'mouse' && away(name)}
        >
          <input
            type="radio"
            name={`herd-${herds[0]?.name ?? ''}`}
            className="sr-only"
            checked={name === chosen}
            onFocus={({ target }) => target.matches(':focus-visible') && lookAt(name)}
            onBlur={() => away(name)}
            onChange={({ target }) => {
              choose(name);
              // Its task stands at the top; whoever goes on by keyboard stays where the focus is.
              if (!target.matches(':focus-visible')) target.closest('article')?.scrollTo({ top: 0 });
            }}
          />
          <span
            className={`relative row-span-2 block overflow-hidden rounded-md bg-paper outline-[1.5px] ${name === chosen ? 'outline-ink' : 'outline-hair'}`}
            style={SHOWN}
          >
            <Suspense fallback={null}>
              <Still name={name} stills={stills} />
            </Suspense>
            {name === looked && !reducedMotion && <HerdPreview name={name} open={preview} />}
          </span>
          <b className="col-start-2 self-end font-semibold">{title}</b>
          <span className="col-start-2 self-start text-[14px] text-ink2">{idea}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Still({ name, stills }: { name: string; stills: HerdGalleryProps['stills'] }) {
  const list = use(stills())[name];
  const canvas = useRef<HTMLCanvasElement>(null);
  const { theme } = useSurroundings();
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !list) return;
    const dpr = Math.min(devicePixelRatio || 1, 3);
    element.width = SHOWN.width * dpr;
    element.height = SHOWN.height * dpr;
    const scale = dpr * stillScale(SHOWN.width);
    paint(context, croppedStill(list), theme === 'dusk' ? DUSK : DAY, scale);
  }, [list, theme]);
  return <canvas ref={canvas} className="block" style={SHOWN} aria-hidden="true" />;
}
