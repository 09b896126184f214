/** `command`, `entrypoint` and `init` of a service: who is PID 1. */
import { bool } from '../forms/scalars.ts';
import { isEmpty, isListAt, itemsAt, textAt, type Place } from '../yaml/place.ts';

const SHELL = /(?:^|\/)(?:sh|bash|ash|dash|zsh)$/;
const INIT = /(?:^|\/)(?:tini|dumb-init|catatonit)$/;

/** Words of `command` or `entrypoint`; a line is split as Compose does, without a shell. Null when nothing is written. */
export function readArgv(place: Place | undefined): readonly string[] | null {
  if (!place || isEmpty(place)) return null;
  if (isListAt(place)) return itemsAt(place).map((item) => textAt(item) ?? '');
  const words = (textAt(place) ?? '').match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g,
      (_, double: string, single: string, escaped: string) => double ?? single ?? escaped,
    ),
  );
}

/** What the file shows about PID 1, with the sentence that says so; null when it shows nothing. */
export function inferPid1(
  service: string,
  entries: ReadonlyMap<string, Place>,
): { readonly pid1: 'exec' | 'shell' | 'init'; readonly note: string } | null {
  const init = entries.get('init');
  if (init && bool.read(init))
    return { pid1: 'init', note: `${service}: init is true, so an init is PID 1 and passes signals on` };
  const argv = [...(readArgv(entries.get('entrypoint')) ?? []), ...(readArgv(entries.get('command')) ?? [])];
  const [first = '', ...rest] = argv;
  if (first === '') return null;
  const key =
    entries.has('entrypoint') && readArgv(entries.get('entrypoint'))?.length ? 'entrypoint' : 'command';
  if (INIT.test(first))
    return { pid1: 'init', note: `${service}: ${key} runs ${first}, an init that passes signals on` };
  const script = SHELL.test(first) ? rest[rest.findIndex((word) => /^-[a-z]*c$/.test(word)) + 1] : undefined;
  if (script !== undefined && rest.some((word) => /^-[a-z]*c$/.test(word)) && !/^\s*exec\s/.test(script))
    return {
      pid1: 'shell',
      note: `${service}: ${key} runs a shell, which is PID 1 and passes no signals on`,
    };
  return { pid1: 'exec', note: `${service}: ${key} is in exec form, so the app itself is PID 1` };
}
