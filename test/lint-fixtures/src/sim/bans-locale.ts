declare const x: number;
declare const text: string;
declare const day: { toLocaleDateString(): string; toLocaleTimeString(): string };

export const words = [
  x.toLocaleString(), // expect eslint(no-restricted-properties)
  day.toLocaleDateString(), // expect eslint(no-restricted-properties)
  day.toLocaleTimeString(), // expect eslint(no-restricted-properties)
  text.toLocaleLowerCase(), // expect eslint(no-restricted-properties)
  text.toLocaleUpperCase(), // expect eslint(no-restricted-properties)
  text.localeCompare(text), // expect eslint(no-restricted-properties)
];
