/** Whether a control is offered: all of them where nothing is said, else those named. */
export function isOffered(only: readonly string[] | null, ...names: readonly string[]): boolean {
  return only === null || names.some((name) => only.includes(name));
}
