/** `volumes` and `tmpfs` of a service, and the volumes of the file. */
import type { Mount } from '../../sim/model/scenario.ts';
import { didYouMean } from '../../commands/suggest.ts';
import { shown } from '../forms/form.ts';
import { oneOf } from '../forms/scalars.ts';
import { complain, entriesAt, isListAt, isMapAt, itemsAt, textAt, type Place } from '../yaml/place.ts';

/** Named volumes of the file; true = on a network file system, so that every host sees the same files. */
export type Volumes = ReadonlyMap<string, boolean>;

const NETWORK_TYPES = /^(?:nfs4?|cifs|smb3?|glusterfs|ceph)$/;

export function readVolumes(place: Place): Volumes {
  const volumes = new Map<string, boolean>();
  for (const [name, at] of entriesAt(place)) {
    const entries = entriesAt(at);
    const driver = textAt(entries.get('driver') ?? { ...at, node: null }) ?? 'local';
    const options = entries.get('driver_opts');
    const typeAt = options && entriesAt(options).get('type');
    const network = driver !== 'local' || NETWORK_TYPES.test((typeAt && textAt(typeAt)) ?? '');
    if (driver !== 'local') at.report.note(`${at.path}: driver ${driver} taken as a volume on the network`);
    volumes.set(name, network);
  }
  return volumes;
}

/** `service` is named in the error of a volume that the file does not define. */
export function readMounts(place: Place, service: string, volumes: Volumes): Mount[] {
  return itemsAt(place).flatMap((item) =>
    isMapAt(item) ? longForm(item, service, volumes) : shortForm(item, service, volumes),
  );
}

export function readTmpfs(place: Place): Mount[] {
  const places = isListAt(place) ? itemsAt(place) : [place];
  return places.map((item) => ({
    type: 'tmpfs',
    source: null,
    target: (textAt(item) ?? '').split(':')[0] ?? '',
  }));
}

function shortForm(place: Place, service: string, volumes: Volumes): Mount[] {
  const text = textAt(place) ?? '';
  const [first = '', second] = text.split(':');
  if (second === undefined) {
    if (first.startsWith('/')) return [{ type: 'volume', source: null, target: first }];
    complain(place, `${shown(place)} is not a volume; write name:/path, ./path:/path or /path`);
    return [];
  }
  if (/^[./~]/.test(first)) return [{ type: 'bind', source: first, target: second }];
  return named(place, service, first, second, volumes);
}

function longForm(place: Place, service: string, volumes: Volumes): Mount[] {
  const entries = entriesAt(place);
  const typeAt = entries.get('type');
  const type = typeAt && oneOf('volume', 'bind', 'tmpfs', 'cluster', 'image', 'npipe').read(typeAt);
  const target = textAt(entries.get('target') ?? { ...place, node: null });
  if (type === undefined || target === undefined) {
    if (typeAt === undefined || target === undefined)
      complain(place, 'needs a type and a target; write { type: volume, source: data, target: /data }');
    return [];
  }
  const sourceAt = entries.get('source');
  const source = (sourceAt && textAt(sourceAt)) ?? null;
  if (type === 'tmpfs') return [{ type, source: null, target }];
  if (type === 'bind') return [{ type, source, target }];
  if (type === 'cluster') return [{ type: 'network', source, target }];
  if (type === 'volume')
    return source === null
      ? [{ type, source, target }]
      : named(sourceAt ?? place, service, source, target, volumes);
  return [];
}

function named(place: Place, service: string, source: string, target: string, volumes: Volumes): Mount[] {
  const network = volumes.get(source);
  if (network === undefined) {
    complain(
      place,
      `service "${service}" refers to undefined volume ${source}; add it under volumes${didYouMean(source, volumes.keys())}`,
    );
    return [];
  }
  return [{ type: network ? 'network' : 'volume', source, target }];
}
