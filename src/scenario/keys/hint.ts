/** Where an `x-paddock` key belongs that stands in the wrong place. */
import { nearest } from '../../commands/suggest.ts';
import { DEPLOY_KEYS, SERVICE_KEYS } from '../compose/known-keys.ts';
import { APP_DEFAULTS, BALANCER_DEFAULTS, STORE_DEFAULTS, TOP_DEFAULTS } from '../defaults.ts';
import type { Role } from '../roles.ts';

/** Keys by the role that has them; `state-model` keys are not among them. */
const KEYS_OF: Readonly<Record<Role, Readonly<Record<string, string>>>> = {
  app: APP_DEFAULTS,
  balancer: BALANCER_DEFAULTS,
  store: STORE_DEFAULTS,
};

const ROLES: readonly Role[] = ['app', 'balancer', 'store'];

/** For a key under `x-paddock` of a service with this role. */
export function xKeyHint(role: Role): (key: string) => string | null {
  return (key) => {
    const owner = ROLES.find((other) => Object.hasOwn(KEYS_OF[other], key));
    if (owner !== undefined && owner !== role)
      return `it belongs to ${owner === 'app' ? 'an app' : `a ${owner}`}; this service is ${role === 'app' ? 'an app' : `a ${role}`}`;
    return Object.hasOwn(TOP_DEFAULTS, key) ? 'it belongs under x-paddock at the top of the file' : null;
  };
}

/** For a key that stands beside `x-paddock` or `deploy` instead of under it, slips of the keyboard included. */
export function underXPaddock(key: string): string | null {
  if (ROLES.some((role) => Object.hasOwn(KEYS_OF[role], key))) return 'it belongs under x-paddock';
  if (Object.hasOwn(DEPLOY_KEYS, key)) return 'it belongs under deploy';
  const slip =
    nearest(key, Object.keys(SERVICE_KEYS)) === null ? nearest(key, Object.keys(DEPLOY_KEYS)) : null;
  return slip === null ? null : `did you mean '${slip}', under deploy?`;
}

/** For a key at the top of the file. */
export function underTopXPaddock(key: string): string | null {
  return Object.hasOwn(TOP_DEFAULTS, key) ? 'it belongs under x-paddock' : null;
}
