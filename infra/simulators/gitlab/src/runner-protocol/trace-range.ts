export interface Range {
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
}

/** Reads a `Content-Range` of the runner, such as `0-41`. */
export function parseRange(header: string | undefined): Range | undefined {
  const match = /^(?:bytes )?(\d+)-(\d+)(?:\/.*)?$/.exec(header?.trim() ?? '');
  if (!match) return undefined;
  const [start, end] = [Number(match[1]), Number(match[2])];
  return end >= start ? { start, end } : undefined;
}

/**
 * Whether a piece continues a trace of `size` bytes. If not, the runner is told the size and resumes there: after a
 * lost answer it sends again what is already here.
 */
export const continuesTrace = (size: number, { start, end }: Range, length: number): boolean =>
  start === size && end - start + 1 === length;
