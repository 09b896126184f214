/** All of the host that reads compose text: a chunk of its own, because a herd that comes with the app is read at build time. */
export { parseScenario } from '../scenario/parse.ts';
export { createReconfigure } from '../scenario/reconfigure.ts';
export { withHomes } from './homes-in-source.ts';
export { withSettings } from './settings-in-source.ts';
