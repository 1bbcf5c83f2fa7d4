import type { Job } from './job.js';

const HEADER = 'arrival,duration,tags';

/** What is wrong with a trace, with the line and the column (both from 1) where it is. */
export class TraceError extends Error {}

/**
 * Reads a trace: a header line, then one job a line: seconds of arrival, seconds of duration, tags parted by spaces.
 *
 * @throws TraceError at the first line that is not so.
 */
export function parseTrace(text: string): Job[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines[0] !== HEADER) throw new TraceError(`line 1, column 1: expected the header "${HEADER}"`);
  const jobs = lines.slice(1).flatMap((line, index) => (line === '' ? [] : [parseLine(line, index + 2)]));
  if (jobs.length === 0) throw new TraceError('line 2, column 1: expected at least one job');
  return jobs.sort((a, b) => a.arrival - b.arrival);
}

function parseLine(line: string, number: number): Job {
  const fields = line.split(',');
  const [arrival = '', duration = '', tags = ''] = fields;
  if (fields.length !== 3) {
    throw new TraceError(`line ${number}, column 1: expected 3 fields, found ${fields.length}`);
  }
  const jobArrival = seconds(arrival, 'arrival', number, 1);
  const jobDuration = seconds(duration, 'duration', number, arrival.length + 2);
  if (jobDuration === 0) {
    throw new TraceError(`line ${number}, column ${arrival.length + 2}: a duration is more than 0 seconds`);
  }
  return { arrival: jobArrival, duration: jobDuration, tags: tags.split(' ').filter((tag) => tag !== '') };
}

function seconds(text: string, name: string, line: number, column: number): number {
  if (/^\d{1,9}(\.\d{1,3})?$/.test(text)) return Math.round(Number(text) * 1000);
  throw new TraceError(`line ${line}, column ${column}: "${text}" is no ${name} in seconds`);
}
