import { z } from 'zod';

/** A job of a trace. */
export interface TracedJob {
  /** Seconds since the trace's beginning. */
  readonly arrival: number;
  /** Seconds of work. */
  readonly duration: number;
  readonly tags: readonly string[];
  /** Full path; undefined where the trace leaves it to chance. */
  readonly project?: string;
}

const columns = ['arrival', 'duration', 'tags', 'project'] as const;
const number = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .transform(Number);

/** CSV with the header `arrival,duration,tags[,project]`; seconds, and tags parted by spaces. */
export const traceCsv = z.string().transform((text, context): TracedJob[] => {
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const width = header.split(',').length;
  if (width < 3 || header !== columns.slice(0, width).join(',')) {
    context.addIssue({
      code: 'custom',
      message: `line 1: must be ${columns.slice(0, 3).join(',')}[,project]`,
    });
    return z.NEVER;
  }
  const jobs = lines.map(readLine);
  const bad = jobs.indexOf(undefined);
  if (bad >= 0)
    context.addIssue({ code: 'custom', message: `line ${bad + 2}: must hold two numbers and tags` });
  return jobs.filter((job) => job !== undefined).sort((a, b) => a.arrival - b.arrival);
});

function readLine(line: string): TracedJob | undefined {
  const [first = '', second = '', tags = '', project] = line.split(',');
  const [arrival, duration] = [number.safeParse(first), number.safeParse(second)];
  if (!arrival.success || !duration.success) return undefined;
  const job = { arrival: arrival.data, duration: duration.data, tags: tags.split(' ').filter(Boolean) };
  return project ? { ...job, project } : job;
}
