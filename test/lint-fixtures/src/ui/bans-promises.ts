const work = async () => 1;

export function start() {
  work(); // expect typescript(no-floating-promises)
  if (work()) return 1; // expect typescript(no-misused-promises)
  return 2;
}
