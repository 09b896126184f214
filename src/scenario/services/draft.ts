/** A service before its kind of reader takes over: what it is, and where its keys stand. */
import { isScalar } from 'yaml';
import { complain, entriesAt, isEmpty, isListAt, itemsAt, textAt, type Place } from '../yaml/place.ts';
import { imageName, roleOfImage, type Role } from '../roles.ts';
import { describeKeys } from '../compose/describe.ts';
import { SERVICE_KEYS } from '../compose/known-keys.ts';
import { oneOf } from '../forms/scalars.ts';
import { nearest } from '../../commands/suggest.ts';

export interface ServiceDraft {
  readonly name: string;
  readonly place: Place;
  readonly entries: ReadonlyMap<string, Place>;
  /** `x-paddock`, perhaps empty. */
  readonly x: Place;
  readonly image: string;
  readonly role: Role;
  /** Kind of balancer or store as written or read off the image. */
  readonly kind: string;
  /** Where that kind is written. */
  readonly kindAt: Place;
  /** Whether the file itself says the role. */
  readonly roleGiven: boolean;
}

/** Reads what decides a service's role. Null = it takes no part: it has a profile, is not simulated, or cannot be read. */
export function readDraft(
  name: string,
  place: Place,
  project: string,
  siblings: readonly string[],
  xKeyHint: (key: string) => string | null,
): ServiceDraft | null {
  const { report } = place;
  if (!/^[a-zA-Z0-9._-]+$/.test(name))
    complain(place, `'${name}' is not a service name; use letters, digits, '.', '_' and '-'`);
  const entries = entriesAt(place);
  describeKeys(entries, SERVICE_KEYS, xKeyHint);
  const profiles = entries.get('profiles');
  if (profiles && !isEmpty(profiles) && !(isListAt(profiles) && itemsAt(profiles).length === 0)) {
    report.note(`${place.path} is left out: it starts only with one of its profiles`);
    return null;
  }
  const image = imageOf(name, place, entries, project, siblings);
  const x = entries.get('x-paddock') ?? {
    ...place,
    path: `${place.path}.x-paddock`,
    node: null,
    at: place.at,
  };
  const keys = entriesAt(x);
  const roleAt = keys.get('role');
  const given = roleAt && oneOf('app', 'balancer', 'store').read(roleAt);
  const read = roleOfImage(image);
  const role = given ?? read.role;
  if (role === 'other') {
    report.note(`${place.path} is left out: ${imageName(image)} is not simulated`);
    return null;
  }
  const kindAt = keys.get('kind');
  const kind = (role !== 'app' && kindAt && textAt(kindAt)) || read.kind;
  return {
    name,
    place,
    entries,
    x,
    image,
    role,
    kind,
    kindAt: kindAt ?? entries.get('image') ?? place,
    roleGiven: given !== undefined || kindAt !== undefined,
  };
}

function imageOf(
  name: string,
  place: Place,
  entries: ReadonlyMap<string, Place>,
  project: string,
  siblings: readonly string[],
): string {
  const imageAt = entries.get('image');
  const image = imageAt && textAt(imageAt);
  // What is left of a variable that nobody set is told of as such.
  if (imageAt && image && !isReference(image) && !hasVariable(imageAt))
    complain(imageAt, `'${image}' is not an image; write lower case and no spaces, e.g. ${name}:1.0`);
  if (image) return image;
  if (entries.has('build')) return `${project}-${name}:latest`;
  const others = siblings.filter((other) => other !== name);
  if (place.report.isOverride(place.node)) {
    const near = nearest(name, others);
    complain(
      place,
      `there is no service '${name}'; ${near === null ? `there is: ${others.join(', ')}` : `did you mean '${near}'?`} A new one needs an image`,
    );
  } else {
    complain(place, `service "${name}" has neither an image nor a build; write image: ${name}:1.0`);
  }
  return `${name}:latest`;
}

const HOST = /^(?:localhost|[^/]*[.:][^/]*)\//;
const PATH = /^[a-z\d]+(?:[._/-]+[a-z\d]+)*(?::\w[\w.-]{0,127})?(?:@[\w+.-]+:[\da-fA-F]+)?$/;

const hasVariable = ({ node }: Place): boolean => isScalar(node) && String(node.value).includes('$');

/** As the engine reads it: `registry.example:5000/shop/app:1.0@sha256:…`. */
const isReference = (image: string): boolean => PATH.test(image.replace(HOST, ''));
