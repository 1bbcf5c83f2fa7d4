import { z } from 'zod';
import { leftOut } from '../wire/left-out.js';

/** What a runner tells of the trace that it sent. */
export const toldTrace = z.object({ checksum: leftOut(z.string()), bytesize: leftOut(z.number()) });

/** `missing`: fewer bytes came than were sent. `different`: as many or more, but not those. */
export type TraceVerdict = 'complete' | 'missing' | 'different';

/** Holds the trace that came against what the runner tells; who tells nothing is believed. */
export function judgeTrace(
  { traceSize, traceChecksum }: { readonly traceSize: number; readonly traceChecksum: number },
  { checksum, bytesize = traceSize }: Partial<z.output<typeof toldTrace>> = {},
): TraceVerdict {
  if (bytesize > traceSize) return 'missing';
  const own = `crc32:${traceChecksum.toString(16).padStart(8, '0')}`;
  return bytesize === traceSize && (checksum ?? own) === own ? 'complete' : 'different';
}
