/** `ports` of a service: which ports of the host it takes. */
import { integer } from '../forms/scalars.ts';
import { shown } from '../forms/form.ts';
import { complain, entriesAt, isMapAt, itemsAt, textAt, type Place } from '../yaml/place.ts';

export interface HostPort {
  readonly port: number;
  readonly at: Place;
  /** Of the node that a task runs on, not of the whole swarm. */
  readonly ofNode: boolean;
}

/** Fixed host ports only: a port that the engine picks never clashes. */
export function readHostPorts(place: Place): HostPort[] {
  return itemsAt(place).flatMap((item) =>
    (isMapAt(item) ? longForm(item) : shortForm(item)).map((port) => ({
      port,
      at: item,
      ofNode: isMapAt(item) && textAt(entriesAt(item).get('mode') ?? { ...item, node: null }) === 'host',
    })),
  );
}

function longForm(place: Place): number[] {
  const published = entriesAt(place).get('published');
  if (!published) return [];
  const text = textAt(published) ?? '';
  if (/^\d+-\d+$/.test(text)) return [];
  const port = integer(0, 65_535).read(published);
  return port === undefined || port === 0 ? [] : [port];
}

const RANGE = String.raw`(\d+)(?:-(\d+))?`;
const SHORT = new RegExp(
  String.raw`^(?:(?:\[[^\]]*\]|\d+(?:\.\d+){3}):)?(?:(?:${RANGE})?:)?${RANGE}(?:/(?:tcp|udp|sctp))?$`,
);

/** `[IP:][HOST:]CONTAINER[/protocol]`. */
function shortForm(place: Place): number[] {
  const match = SHORT.exec(textAt(place) ?? '');
  const [host, hostEnd, container, containerEnd] = (match ?? [])
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part)));
  if (
    container === undefined ||
    [host, hostEnd, container, containerEnd].some((port) => port !== undefined && port > 65_535)
  ) {
    complain(place, `${shown(place)} is not a port; write "8080:80" or "80"`);
    return [];
  }
  if (host === undefined) return [];
  if (hostEnd === undefined) return [host];
  // A range for one container port leaves the choice to the engine.
  if (containerEnd === undefined) return [];
  return Array.from({ length: Math.max(0, hostEnd - host + 1) }, (_, i) => host + i);
}
