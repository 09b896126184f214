/** Places in the app, as fragments: `/`, `/sandbox?scenario=pet`, `/lesson/pets-and-cattle`. */

export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'sandbox'; readonly query: Readonly<Record<string, string>> }
  | { readonly page: 'lesson'; readonly id: string }
  | { readonly page: 'lost'; readonly path: string };

export function parseRoute(fragment: string): Route {
  const [path = '', query = ''] = fragment.split('?', 2);
  const [first = '', second] = path.split('/').filter((part) => part !== '');
  if (first === '') return { page: 'home' };
  if (first === 'sandbox') return { page: 'sandbox', query: Object.fromEntries(new URLSearchParams(query)) };
  if (first === 'lesson' && second) return { page: 'lesson', id: second };
  return { page: 'lost', path };
}

export const HOME_HREF = '#/';
export const SANDBOX_HREF = '#/sandbox';
export const lessonHref = (id: string): string => `#/lesson/${id}`;
