declare const x: number;
export const results = [
  Math.random(), // expect paddock(sim-exact-math)
  Math.log(x), // expect paddock(sim-exact-math)
  Math.log2(x), // expect paddock(sim-exact-math)
  Math.log10(x), // expect paddock(sim-exact-math)
  Math.log1p(x), // expect paddock(sim-exact-math)
  Math.exp(x), // expect paddock(sim-exact-math)
  Math.expm1(x), // expect paddock(sim-exact-math)
  Math.sin(x), // expect paddock(sim-exact-math)
  Math.cos(x), // expect paddock(sim-exact-math)
  Math.tan(x), // expect paddock(sim-exact-math)
  Math.asin(x), // expect paddock(sim-exact-math)
  Math.acos(x), // expect paddock(sim-exact-math)
  Math.atan(x), // expect paddock(sim-exact-math)
  Math.atan2(x, x), // expect paddock(sim-exact-math)
  Math.sinh(x), // expect paddock(sim-exact-math)
  Math.cosh(x), // expect paddock(sim-exact-math)
  Math.tanh(x), // expect paddock(sim-exact-math)
  Math.asinh(x), // expect paddock(sim-exact-math)
  Math.acosh(x), // expect paddock(sim-exact-math)
  Math.atanh(x), // expect paddock(sim-exact-math)
  Math.cbrt(x), // expect paddock(sim-exact-math)
  Math.hypot(x, x), // expect paddock(sim-exact-math)
  Math.pow(x, x), // expect paddock(sim-exact-math)
  Math['sin'](x), // expect paddock(sim-exact-math)
  x ** 2, // expect paddock(sim-no-exponent)
];
const { cos } = Math; // expect paddock(sim-exact-math)
const all = Math; // expect paddock(sim-exact-math)
export function power(y: number): number {
  y **= 2; // expect paddock(sim-no-exponent)
  return cos(all.sin(y));
}
