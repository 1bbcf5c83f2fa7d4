import { readFileSync } from 'node:fs';
import type { Job } from './job.js';
import { parseTrace, TraceError } from './parse-trace.js';

/**
 * Reads a trace from its file.
 *
 * @throws TraceError where the file cannot be read, or is none
 */
export function readTrace(file: string | URL): Job[] {
  return parseTrace(textOf(file));
}

function textOf(file: string | URL): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new TraceError(`it cannot be read (${(error as NodeJS.ErrnoException).code})`, { cause: error });
  }
}
