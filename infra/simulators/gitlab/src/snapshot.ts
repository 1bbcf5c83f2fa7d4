import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PacedWriting, replaceFile } from '@cleanroom/simulator-journal';

/** How long changes wait at least to be written, in milliseconds of real time. */
const SHORTEST_WAIT_MS = 200;

export interface Snapshot<T> {
  /** What was written last; undefined at the first start. @throws Error where the file is damaged */
  readonly load: () => T | undefined;
  /** Writes soon. */
  readonly touch: () => void;
  /** Writes now, and never again. */
  readonly close: () => void;
}

/**
 * Keeps a value in a file that is replaced as a whole, so that a killed process leaves either the old or the new one.
 *
 * @param folder undefined keeps nothing
 */
export function createSnapshot<T>(folder: string | undefined, name: string, value: () => T): Snapshot<T> {
  let closed = false;
  const file = folder === undefined ? undefined : join(folder, name);
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const writing = new PacedWriting(() => {
    if (file) replaceFile(file, JSON.stringify(value()));
  }, SHORTEST_WAIT_MS);
  return {
    load: () => (file && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined),
    touch: () => {
      if (!closed) writing.soon();
    },
    close: () => {
      closed = true;
      writing.now();
    },
  };
}
