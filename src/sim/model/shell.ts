import { behave } from './behaviour.ts';
import type { Container, LayerEdit } from './container.ts';
import type { Answer } from './command.ts';
import { SESSION, UPLOADED } from './items.ts';
import { reloadBalancer } from './names.ts';
import { emptyPlace, endPlace, openLayerPlace, SESSIONS, UPLOADS } from './state.ts';
import { isMounted, pathOf } from './volumes.ts';
import type { World } from './world.ts';

/** What a container's shell can do. Anything else: `sh: X: not found`. */
const PROGRAMS = ['sh', 'rm', 'touch', 'cat', 'ls', 'env', 'kill', 'echo'];

/** Result of a line run inside a container; `signal` is set when it was `kill … 1`. */
export interface ShellResult extends Answer {
  readonly signal: string | null;
}

const said = (text: string): ShellResult => ({ ok: true, text, signal: null });
const failed = (text: string): ShellResult => ({ ok: false, text, signal: null });

/** nginx's own command line, as far as it means something here. */
function runNginx(w: World, args: readonly string[], cause: number): ShellResult {
  const line = args.join(' ');
  if (line === '-t')
    return said(
      'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful',
    );
  if (line !== '-s reload') return failed(`nginx: only nginx -s reload and nginx -t are understood here`);
  const fault = reloadBalancer(w, cause);
  return fault === null
    ? said('[notice] signal process started')
    : failed(`nginx: [emerg] ${fault} in /etc/nginx/conf.d/default.conf:2`);
}

/** Runs argv inside a container (design §5): hand edits end in its writable layer (S-24). */
export function runInside(w: World, c: Container, argv: readonly string[], cause: number): ShellResult {
  const [program = '', ...rest] = argv;
  if (program === 'sh' && rest[0] === '-c') return runLine(w, c, rest[1] ?? '', cause);
  if (program === 'nginx' && c.service === w.front && w.lb.kind === 'nginx') return runNginx(w, rest, cause);
  if (!PROGRAMS.includes(program)) return failed(`sh: ${program}: not found`);
  const readOnly = w.services[c.service].def.readOnly;
  switch (program) {
    case 'echo':
      return said(rest.join(' '));
    case 'env':
      return said(
        Object.entries(c.environment)
          .map(([k, v]) => `${k}=${v}`)
          .join('\n'),
      );
    case 'ls':
      return said(
        [...c.edits.entries()]
          .filter(([path, e]) => e.letter !== 'D' && path.startsWith(rest[0] ?? '/'))
          .map(([path]) => path)
          .join('\n'),
      );
    case 'cat': {
      const edit = c.edits.get(rest[0] ?? '');
      if (edit === undefined || edit.letter === 'D')
        return failed(`cat: can't open '${rest[0] ?? ''}': No such file or directory`);
      return said(edit.content);
    }
    case 'kill': {
      const signal = rest.length > 1 ? rest[0].replace(/^-(SIG)?/, '') : 'TERM';
      if (rest[rest.length - 1] !== '1')
        return failed(`sh: can't kill pid ${rest[rest.length - 1] ?? ''}: No such process`);
      return { ok: true, text: '', signal: signal === '9' ? 'KILL' : signal === '15' ? 'TERM' : signal };
    }
    case 'touch':
    case 'rm': {
      const paths = rest.filter((a) => !a.startsWith('-'));
      if (paths.length === 0) return failed(`${program}: missing operand`);
      if (readOnly) return failed(`${program}: ${paths[0]}: Read-only file system`);
      for (const path of paths)
        change(w, c, path, program === 'rm' ? null : (c.edits.get(path)?.content ?? ''), cause);
      return said('');
    }
    default:
      return failed(`sh: ${program}: not found`);
  }
}

/** `echo TEXT > PATH`, `echo TEXT >> PATH`, or a plain program with its arguments; several with `&&` or `;`. */
function runLine(w: World, c: Container, line: string, cause: number): ShellResult {
  const parts = line
    .split(/&&|;/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  let last = said('');
  for (const part of parts) {
    const write = /^echo\s+(.*?)\s*(>>?)\s*(\S+)$/.exec(part);
    if (write !== null) {
      const [, raw, how, path] = write;
      const text = raw.replace(/^(["'])(.*)\1$/, '$2');
      if (w.services[c.service].def.readOnly)
        return failed(`sh: can't create ${path}: Read-only file system`);
      if (c.diskEntry >= 0 && !isMounted(w, c, path))
        return failed('sh: write error: No space left on device');
      const before = how === '>>' ? (c.edits.get(path)?.content ?? '') : '';
      change(w, c, path, before === '' ? text : `${before}\n${text}`, cause);
      last = said('');
    } else {
      last = runInside(w, c, part.split(/\s+/), cause);
      if (!last.ok || last.signal !== null) return last;
    }
  }
  return last;
}

/** Image content: paths below /app exist in the image, so a change there is `C`; elsewhere a new path is `A`. */
function change(w: World, c: Container, path: string, content: string | null, cause: number): void {
  if (isMounted(w, c, path)) {
    // What is written to a volume is not in the layer: no drift, and `docker diff` does not see it (S-24).
    if (content === null) wipeState(w, c, path, cause);
    return;
  }
  const edits = new Map(c.edits);
  // The entry that is written below.
  const entry = w.journal.length;
  const had = edits.get(path);
  const inImage = path.startsWith('/app/') || path.startsWith('/etc/');
  let edit: LayerEdit | null;
  if (content === null) edit = had?.letter === 'A' ? null : { letter: 'D', content: '', entry };
  // What was deleted had come with the image, so that making it again is a change.
  else
    edit = { letter: had?.letter === 'A' ? 'A' : had !== undefined || inImage ? 'C' : 'A', content, entry };
  if (edit === null) edits.delete(path);
  else edits.set(path, edit);
  c.edits = edits;
  w.journal.add(w.now, 'drift', cause, c.id, -1, -1, edits.size, path);
  if (content === null) wipeState(w, c, path, entry);
  if (c.service === w.herd) behave(w, c);
  w.recount();
}

/** Deleting the directory that holds sessions or uploads deletes them: in the layer, or on a volume for all who mount it. */
function wipeState(w: World, c: Container, path: string, entry: number): void {
  const under = (kind: 'sessions' | 'uploads'): boolean => path.startsWith(pathOf(w.app.paths, kind));
  const kind = under('sessions') ? SESSIONS : under('uploads') ? UPLOADS : -1;
  if (kind < 0) return;
  const place = c.homes[kind];
  if (c.mounts.some((m) => m.place === place))
    emptyPlace(w, place, kind === SESSIONS ? SESSION : UPLOADED, entry);
  if (!c.layerPlaces.includes(place)) return;
  endPlace(w, place, entry);
  c.layerPlaces = c.layerPlaces.filter((p) => p !== place);
  const fresh = openLayerPlace(w, c);
  c.homes = c.homes.map((p, i) => (i === kind ? fresh : p));
}
