export const loose = (x: any) => x == 1; // expect typescript(no-explicit-any) eslint(eqeqeq)
