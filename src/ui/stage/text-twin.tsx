/** The stage in words: always there for those who listen, and for all eyes on request. */
import { useRef } from 'react';
import type { ContainerView } from '../../sim/view.ts';
import { useCalmView } from '../herd/use-calm-view.ts';
import {
  containerWords,
  outOfReach,
  platformWords,
  seconds,
  storeWords,
  userWords,
  volumeWords,
} from '../herd/words.ts';
import { useOverlay } from '../use-overlay.ts';

/** As many containers are listed. */
const LISTED = 60;
/** For those who listen it is brought up to date this often, and whenever time stands still. */
const UNSEEN_MS = 1000;

const isOdd = ({ phase, frozen, slow, edits, health, server, cutOff, diskFull }: ContainerView): boolean =>
  cutOff ||
  diskFull ||
  phase !== 'running' ||
  frozen ||
  slow > 1 ||
  edits > 0 ||
  health === 'unhealthy' ||
  server !== 'up';

interface TextTwinProps {
  idPrefix: string;
  visible: boolean;
  /** Back to the picture. */
  close(): void;
}

export function TextTwin({ idPrefix, visible, close }: TextTwinProps) {
  const view = useCalmView(visible ? 0 : UNSEEN_MS);
  const place = useRef<HTMLElement>(null);
  useOverlay(place, visible ? 'words' : null, close);
  if (!view) return null;
  const { t, balancer, containers, stores, volumes } = view;
  // Of a crowd only those are told one by one that differ from the rest.
  const odd = containers.length > LISTED ? containers.filter(isOdd) : containers;
  const plain = containers.length - odd.length;
  const listed = odd.slice(0, LISTED);
  return (
    <section
      ref={place}
      tabIndex={visible ? -1 : undefined}
      className={
        visible
          ? 'absolute inset-0 z-[15] overflow-auto rounded-xl border-[1.5px] border-rail bg-paper p-5 leading-6 outline-none'
          : 'sr-only'
      }
      aria-label="The herd in words"
    >
      {visible && (
        <button type="button" className="btn float-right" onClick={close}>
          Back to the picture
        </button>
      )}
      <h2 className="font-bold">
        {view.project} on {platformWords(view.platform)}, {seconds(t)}
      </h2>
      <p>{userWords(view)}.</p>
      {view.hosts.some(({ state }) => state !== 'up') && (
        <p>
          {view.hosts
            .filter(({ state }) => state !== 'up')
            .map(({ name, state }) => `${name} is ${state}`)
            .join(', ')}
          .
        </p>
      )}
      {view.partitions.length > 0 && <p>No packet gets through between {view.partitions.join('; ')}.</p>}
      {balancer && (
        <p>
          {balancer.name}: {balancer.kind}, {balancer.balance}
          {balancer.sticky ? ', sticky cookie' : ''}
          {balancer.up ? '' : ', not answering'}.
        </p>
      )}
      <h3 className="mt-3 font-bold">Containers</h3>
      {containers.length === 0 && <p>No containers.</p>}
      {plain > 0 && (
        <p>
          {plain} run and serve; {containers.length - plain === 0 ? 'there are no others' : 'the others'}:
        </p>
      )}
      <ul>
        {listed.map((container) => (
          <li key={container.id}>
            <b className="font-semibold">{container.name}</b>:{' '}
            <span id={`${idPrefix}-c${container.id}`}>
              {containerWords(container, t)}
              {outOfReach(container, stores)}
            </span>
          </li>
        ))}
      </ul>
      {stores.length > 0 && (
        <>
          <h3 className="mt-3 font-bold">Stores</h3>
          <ul>
            {stores.map((store) => (
              <li key={store.id}>
                <b className="font-semibold">{store.name}</b> ({store.kind}):{' '}
                <span id={`${idPrefix}-s${store.id}`}>{storeWords(store)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {volumes.length > 0 && (
        <>
          <h3 className="mt-3 font-bold">Volumes</h3>
          <ul>
            {volumes.slice(0, LISTED).map((volume) => (
              <li key={volume.id}>
                {volume.name !== '' && <b className="font-semibold">{volume.name}: </b>}
                {volumeWords(volume, containers, view.hosts)}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3 className="mt-3 font-bold">Looking closer</h3>
      <p>
        On the picture + comes closer, − goes farther, 0 shows all of it again, and Shift with an arrow key
        moves it. So do two fingers, or Ctrl and the wheel.
      </p>
    </section>
  );
}
