import type { Container, LayerEdit } from './container.ts';
import { versionOfBuild } from './images.ts';
import type { AppService, Distribution, Version } from './scenario.ts';
import type { World } from './world.ts';

/**
 * What the code of a container makes of a request: its image's version, and what hands changed under /app since.
 * Worked out when a process starts and when somebody edits; replaced, never changed in place.
 */
export interface Behaviour {
  /** Share of answers that are a 500 of its own, 0..1. */
  readonly errorRate: number;
  /** Journal entry of the edit that says so; -1 = its version does. The same of `slow`. */
  readonly errorEntry: number;
  readonly slowEntry: number;
  /** Its own work per request, or null = the service's. */
  readonly serviceTime: Distribution | null;
  /** Work takes this many times longer. */
  readonly slow: number;
  /** Index into the run's session formats. */
  readonly format: number;
  /** Database schema that its code is written for; '' = the first. */
  readonly schema: string;
  /** Index into the run's asset builds. */
  readonly assets: number;
  /** Its health endpoint can answer well. */
  readonly healthy: boolean;
  /** Index into the run's variants of the code: 0 = as the image was built. */
  readonly variant: number;
}

/** Behaviour of a container before its first start, and of what is no app. */
export const PLAIN: Behaviour = {
  errorRate: 0,
  errorEntry: -1,
  slowEntry: -1,
  serviceTime: null,
  slow: 1,
  format: 0,
  schema: '',
  assets: 0,
  healthy: true,
  variant: 0,
};

/** What runs of one scenario may differ in, in order of appearance. Replaced, never changed in place. */
export interface CodeTables {
  readonly variants: readonly string[];
  readonly assets: readonly string[];
  /** Migrations of the database that have been carried out; the first entry is the schema at t = 0. */
  readonly migrations: readonly Migration[];
}

/** A step of the database's schema; `compatible` = code written for the schema before goes on working. */
export interface Migration {
  readonly schema: string;
  readonly compatible: boolean;
  /** Journal entry, -1 at t = 0. */
  readonly entry: number;
}

export const newCodeTables = (): CodeTables => ({ variants: [''], assets: [''], migrations: [] });

/** What the scenario says of a container's version; nothing if it is silent. */
export const versionOf = (w: World, app: AppService, c: Container): Version =>
  app.versions[c.build === 0 ? c.tag : versionOfBuild(w, c.image, c.build)] ?? {};

/** Directories of data: an edit there changes state, not code. */
const DATA = ['/app/sessions', '/app/uploads'];

/** Whether a path is read by the code: everything below /app that is not data. */
const isCode = (path: string): boolean =>
  path.startsWith('/app/') && !DATA.some((dir) => path === dir || path.startsWith(`${dir}/`));

/** Works out what a container's code does from now on. */
export function behave(w: World, c: Container): void {
  const app = w.services[c.service].def;
  if (app.role !== 'app') return;
  const version = versionOf(w, app, c);
  const file = settings(c.edits);
  if (version.assets !== undefined) w.hasAssets = true;
  c.behaviour = {
    errorRate: file.errorRate?.value ?? version.errorRate ?? 0,
    errorEntry: file.errorRate?.entry ?? -1,
    slowEntry: file.slow?.entry ?? -1,
    serviceTime: version.serviceTime ?? null,
    slow: file.slow?.value ?? 1,
    format: indexOf(w, version.sessionFormat ?? ''),
    schema: version.schema ?? '',
    assets: assetsOf(w, version.assets ?? ''),
    healthy: version.healthcheck !== 'never',
    variant: variantOf(w, c.edits),
  };
}

/** A value, and the journal entry of the edit that it is in. */
interface Directive {
  readonly value: number;
  readonly entry: number;
}

/** Directives of the application's own configuration files, `/app/config` and whatever lies below it. */
function settings(edits: ReadonlyMap<string, LayerEdit>): { errorRate?: Directive; slow?: Directive } {
  const found: { errorRate?: Directive; slow?: Directive } = {};
  for (const [path, edit] of edits) {
    if (edit.letter === 'D' || !(path === '/app/config' || path.startsWith('/app/config/'))) continue;
    for (const line of edit.content.split('\n')) {
      const [, key = '', value = ''] = /^\s*([a-z-]+)\s*=\s*(\d*\.?\d+)\s*$/.exec(line) ?? [];
      if (key === 'error-rate') found.errorRate = { value: Math.min(1, Number(value)), entry: edit.entry };
      if (key === 'slow' && Number(value) > 0) found.slow = { value: Number(value), entry: edit.entry };
    }
  }
  return found;
}

function indexOf(w: World, format: string): number {
  const i = w.formats.indexOf(format);
  return i >= 0 ? i : w.formats.push(format) - 1;
}

function assetsOf(w: World, name: string): number {
  const i = w.code.assets.indexOf(name);
  if (i >= 0) return i;
  w.code = { ...w.code, assets: [...w.code.assets, name] };
  return w.code.assets.length - 1;
}

/** Containers with the same edits are one variant: they answer alike. */
function variantOf(w: World, edits: ReadonlyMap<string, LayerEdit>): number {
  const content = [...edits]
    .filter(([path]) => isCode(path))
    .map(([path, e]) => `${e.letter} ${path}\n${e.content}`)
    .sort((a, b) => (a < b ? -1 : 1))
    .join('\n');
  const i = w.code.variants.indexOf(content);
  if (i >= 0) return i;
  w.code = { ...w.code, variants: [...w.code.variants, content] };
  return w.code.variants.length - 1;
}

/** A process migrates the database when its code is the first that wants another schema; it is never taken back by itself. */
export function migrate(w: World, c: Container): void {
  const app = w.services[c.service].def;
  if (app.role !== 'app') return;
  const { schema = '', migration } = versionOf(w, app, c);
  const done = w.code.migrations;
  if (done.some((m) => m.schema === schema)) return;
  const compatible = migration === 'compatible';
  const entry =
    done.length === 0
      ? -1
      : w.journal.add(w.now, 'schema-migrated', c.entry, c.id, -1, -1, Number(compatible), schema);
  w.code = { ...w.code, migrations: [...done, { schema, compatible, entry }] };
}

/** `paddock migrate`: the database goes back to a schema that it has had. False = it never had that one. */
export function migrateBack(w: World, schema: string, cause: number): boolean {
  const done = w.code.migrations;
  const at = done.findIndex((m) => m.schema === schema);
  if (at < 0) return false;
  if (at === done.length - 1) return true;
  const entry = w.journal.add(w.now, 'schema-migrated', cause, -1, -1, -1, 0, schema);
  w.code = { ...w.code, migrations: [...done.slice(0, at), { ...done[at], entry }] };
  return true;
}

/** Journal entry of the migration that a container's code cannot work with, or -1 if it can. */
export function brokenBy(w: World, c: Container): number {
  const done = w.code.migrations;
  const last = done[done.length - 1];
  if (last === undefined || last.schema === c.behaviour.schema) return -1;
  if (last.compatible && done[done.length - 2]?.schema === c.behaviour.schema) return -1;
  return last.entry;
}
