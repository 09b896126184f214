// The sanctioned place: nothing here may be reported.
export const keep = (key: string, value: string) => localStorage.setItem(key, value);
export const copy = (text: string) => navigator.clipboard.writeText(text);
export const here = () => location.href;
