/** A part of time, in ms of virtual time. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}
