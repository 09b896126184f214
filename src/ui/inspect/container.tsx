/** One container: what it is, what was changed in it, how its siblings differ, and which tool would notice. */
import { useEffect, type ReactNode } from 'react';
import type { Inspection } from '../../sim/inspection.ts';
import { useHerd, useSimulator } from '../herd/herd-context.tsx';
import { targetOf } from '../herd/target.ts';
import { count, seconds } from '../herd/words.ts';
import { HatchIcon } from '../icons.tsx';

export function ContainerPanel() {
  const simulator = useSimulator();
  const target = useHerd((state) => targetOf(state)?.name);
  const names = useHerd((state) => state.view?.containers.map(({ name }) => name).join('\n') ?? '');
  const edits = useHerd((state) => state.view?.totals.drift);
  const second = useHerd((state) => Math.floor(state.t / 1000));
  const found = useHerd((state) => state.inspection);
  useEffect(() => {
    if (target !== undefined) simulator.lookInto(target);
  }, [simulator, target, edits, second]);
  if (target === undefined) return <p className="text-ink2">There is no container.</p>;
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <label className="flex items-center gap-2">
          <span>Container</span>
          <select
            className="h-9 max-w-64 rounded-lg border-[1.5px] border-rail bg-transparent px-2 font-semibold text-ellipsis"
            value={target}
            onChange={(event) => simulator.select(event.target.value)}
          >
            {names.split('\n').map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        {found && (
          <span className="text-ink2">
            {found.image} on {found.host}, made at {seconds(found.createdAt)},{' '}
            {count(found.restarts, 'restart')}
          </span>
        )}
      </div>
      {found && found.name === target && <Found found={found} />}
    </div>
  );
}

function Found({ found }: { found: Inspection }) {
  const { diff, byHand, environment, siblings, homes, tools, image, wantedImage, peers } = found;
  const odd = siblings.filter(({ differs }) => differs.length > 0);
  return (
    <div className="grid items-start gap-x-8 gap-y-5 min-[1100px]:grid-cols-3">
      <Part title="Layer against image" note="docker diff">
        {diff.length === 0 ? (
          <p className="text-ink2">Nothing was written.</p>
        ) : (
          <ul className="font-mono text-[13.5px] leading-6">
            {diff.slice(0, 40).map((row) => (
              <li
                key={row}
                className={
                  byHand.includes(row)
                    ? 'flex items-center gap-2 font-semibold [&_svg]:size-3.5'
                    : 'text-ink2'
                }
              >
                {byHand.includes(row) && <HatchIcon />}
                {row}
                {byHand.includes(row) && <span className="font-sans text-[13px]">by hand</span>}
              </li>
            ))}
            {diff.length > 40 && <li className="text-ink2">and {diff.length - 40} more</li>}
          </ul>
        )}
      </Part>
      <Part title="Against the file and its siblings">
        <ul className="leading-6">
          {image !== wantedImage && (
            <li>
              runs <b>{image}</b>, the file wants <b>{wantedImage}</b>
            </li>
          )}
          {environment.map(({ name, here, file }) => (
            <li key={name}>
              <code className="font-mono text-[14px]">{name}</code> is {here}, the file says {file}
            </li>
          ))}
          {image === wantedImage && environment.length === 0 && (
            <li className="text-ink2">Image and environment are what the file says.</li>
          )}
          {odd.slice(0, 8).map(({ name, differs }) => (
            <li key={name}>
              {name} {differs.join(', ')}
            </li>
          ))}
          {odd.length > 8 && <li className="text-ink2">and {odd.length - 8} more differ</li>}
          {odd.length === 0 && siblings.length > 0 && (
            <li className="text-ink2">Its {count(siblings.length, 'sibling')} are alike.</li>
          )}
        </ul>
        {peers && <Peers peers={peers} />}
        {homes.length > 0 && (
          <table className="mt-3 text-left leading-5 [&_tr]:align-top">
            <caption className="sr-only">Where its state lives</caption>
            <tbody>
              {homes.map(({ kind, home, bound, held }) => (
                <tr key={kind}>
                  <th scope="row" className="py-0.5 pr-4 font-semibold capitalize">
                    {kind}
                  </th>
                  <td className="py-0.5 pr-4">{home}</td>
                  <td className="py-0.5 text-ink2">{ENDS[bound] ?? ''}</td>
                  <td className="py-0.5 pl-4 text-right tabular-nums">{held > 0 ? held : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Part>
      <Part title="Who would notice">
        <ul className="grid grid-cols-1 gap-2">
          {tools.map(({ name, findings, verdict, blind }) => (
            <li key={name} className="leading-5">
              <b className="font-semibold">{name}</b>: {verdict}
              {findings.length > 0 && (
                <span className="block truncate text-[14px]" title={findings.join('\n')}>
                  {findings.slice(0, 2).join('; ')}
                  {findings.length > 2 ? ` and ${findings.length - 2} more` : ''}
                </span>
              )}
              <span className="block text-[14px] text-ink2">blind to {blind}</span>
            </li>
          ))}
        </ul>
      </Part>
    </div>
  );
}

/** Whom it takes for its peers, and where it is wrong. */
function Peers({ peers: { known, dead, unknown } }: { peers: NonNullable<Inspection['peers']> }) {
  return (
    <ul className="mt-3 leading-6" aria-label="Peers">
      <li>{known.length > 0 ? `knows ${named(known)}` : 'knows none of its peers'}</li>
      {dead.length > 0 && <li className="font-semibold text-red">believes in {named(dead)}, gone</li>}
      {unknown.length > 0 && <li className="font-semibold">does not know {named(unknown)}</li>}
    </ul>
  );
}

const NAMED = 6;
const named = (names: readonly string[]): string =>
  names.slice(0, NAMED).join(', ') + (names.length > NAMED ? ` and ${names.length - NAMED} more` : '');

/** With what a place ends. */
const ENDS: Readonly<Record<string, string>> = {
  process: 'ends with its process',
  layer: 'ends with the container',
  volume: 'outlives the container',
  store: 'outside of it',
  client: 'with the user',
};

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0 wrap-break-word">
      <h3 className="mb-1 border-b border-hair pb-1 font-bold">
        {title} {note && <code className="font-mono text-[13px] font-normal text-ink2">{note}</code>}
      </h3>
      {children}
    </section>
  );
}
