import { crc32 } from 'node:zlib';
import type { Job } from './job.js';

/** The part of a trace that is written after so many clock ms, and after the job's end its last line too. */
export function traceAt(job: Job, elapsed: number): Buffer {
  const lines = job.plan.lines.filter(({ at }) => at <= elapsed).map(({ text }) => text);
  if (elapsed >= job.plan.duration) lines.push(lastLine(job));
  return Buffer.from(lines.join(''));
}

/** How gitlab-runner sums up a whole trace, so that GitLab can tell that nothing is missing. */
export const traceSummary = (trace: Buffer): { checksum: string; bytesize: number } => ({
  checksum: `crc32:${crc32(trace).toString(16).padStart(8, '0')}`,
  bytesize: trace.length,
});

function lastLine({ fate, plan }: Job): string {
  if (fate === 'canceled') return 'ERROR: Job failed: canceled\n';
  return plan.exitCode === 0 ? 'Job succeeded\n' : `ERROR: Job failed: exit code ${plan.exitCode}\n`;
}
