// Ways round the bans: each is another spelling of something that the engine may not do.
declare const x: number;
declare const y: number;
declare const key: 'sin' | 'floor';
declare const text: string;

export const results = [
  globalThis.Math.sin(x), // expect eslint(no-restricted-globals)
  globalThis['Date'].now(), // expect eslint(no-restricted-globals)
  (0, Math).sin(x), // expect paddock(sim-exact-math)
  Math[key](x), // expect paddock(sim-exact-math)
  Math[`sin`](x), // expect paddock(sim-exact-math)
  Math?.sin(x), // expect paddock(sim-exact-math)
  Reflect.get(Math, 'sin'), // expect paddock(sim-exact-math)
  [1, 2].map(Math.log), // expect paddock(sim-exact-math)
  x ** y, // expect paddock(sim-no-exponent)
  text['localeCompare'](text), // expect eslint(no-restricted-properties)
  text?.localeCompare(text), // expect eslint(no-restricted-properties)
  String.prototype.localeCompare.call(text, text), // expect eslint(no-restricted-properties)
  text.normalize(), // expect eslint(no-restricted-properties)
  new Error().stack, // expect eslint(no-restricted-properties)
  import.meta.url, // expect paddock(sim-no-meta)
];
const Clock = Date; // expect eslint(no-restricted-globals)
const { now } = Date; // expect eslint(no-restricted-globals)
const { sin, ...rest } = Math; // expect paddock(sim-exact-math)
const { localeCompare } = text; // expect eslint(no-restricted-properties)
const { hypot } = globalThis.Math; // expect eslint(no-restricted-globals)
const { Math: maths } = globalThis; // expect eslint(no-restricted-globals)
const { sin: sine } = { ...Math }; // expect paddock(sim-exact-math)
export const drawn = ({ random } = Math) => random(); // expect paddock(sim-exact-math)
export const late = async (): Promise<unknown> => await import('./target.ts'); // expect paddock(sim-no-dynamic-import)
export const lateToo = () => import(`./target.ts`); // expect paddock(sim-no-dynamic-import)
export const used = [Clock, now, sin, rest, localeCompare, hypot, maths, sine];
