/** A stretch of time: the beginning belongs to it, the end does not. */
export interface Window {
  readonly from: Date;
  readonly to: Date;
}

/** All of time, for what has no bounds. */
export const ALWAYS: Window = { from: new Date(0), to: new Date(8.64e15) };
