import { entriesAt, isListAt, itemsAt, textAt, type Place } from '../yaml/place.ts';
import type { Advice } from './rules.ts';

const SECRET = /(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY)$/i;

/** Whether a variable of this name holds a secret; one that names a file does not. */
export const isSecret = (name: string): boolean => SECRET.test(name);

/** What a service's environment sets to a value that is written in the file. */
function environmentOf(service: Place): Map<string, string> {
  const at = entriesAt(service).get('environment');
  const found = new Map<string, string>();
  if (at === undefined) return found;
  if (isListAt(at))
    for (const item of itemsAt(at)) {
      const [name = '', ...value] = (textAt(item) ?? '').split('=');
      if (value.length > 0) found.set(name, value.join('='));
    }
  else for (const [name, value] of entriesAt(at)) found.set(name, textAt(value) ?? '');
  return found;
}

/** Passwords in the open, and a PostgreSQL that does not start for want of one (S-113, S-122). */
export function secretsIn(name: string, service: Place, isPostgres: boolean): readonly Advice[] {
  const at = ['services', name, 'environment'];
  const environment = environmentOf(service);
  const open = [...environment].filter(([variable, value]) => isSecret(variable) && value !== '');
  const advice = open.map(([variable]) => ({
    rule: 'S-118',
    at: [...at, variable],
    says: `${variable} is written in the file and fixed when a container is made: changing it recreates every container; mount a secret`,
  }));
  const names = new Set(environment.keys());
  const able = ['POSTGRES_PASSWORD', 'POSTGRES_PASSWORD_FILE', 'POSTGRES_HOST_AUTH_METHOD'];
  if (!isPostgres || able.some((variable) => names.has(variable))) return advice;
  return [
    ...advice,
    { rule: 'S-113', at, says: 'the postgres image does not start without POSTGRES_PASSWORD (or its _FILE)' },
  ];
}
