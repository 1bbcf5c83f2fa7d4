import type { JobFinished, JobPicked, JobQueued, RunnerCreated } from './ledger-event.js';
import type { LedgerEntry } from './ledger.js';

/** One job's whole history. */
export type JobRow = Omit<JobQueued, 'type'> & {
  queuedAt: string;
  pickedAt: string | null;
  finishedAt: string | null;
  status: string;
  failureReason: string | null;
  traceComplete: boolean | null;
  runnerId: number | null;
  systemId: string | null;
  sourceAddress: string | null;
};

/** One runner's whole history. More than one system id or job id means that a token was used again. */
export type RunnerRow = Omit<RunnerCreated, 'type'> & {
  createdAt: string;
  deletedAt: string | null;
  systemIds: string[];
  /** Of the programs that used its token. */
  revisions: string[];
  sourceAddresses: string[];
  jobIds: number[];
};

/** All jobs that ever were, oldest first. */
export function jobRows(entries: readonly LedgerEntry[]): JobRow[] {
  const rows = new Map<number, JobRow>();
  for (const entry of entries) {
    if (entry.type === 'job-queued') rows.set(entry.jobId, queuedRow(entry, entry.at));
    if (entry.type === 'job-picked')
      Object.assign(rows.get(entry.jobId) ?? {}, pickedColumns(entry, entry.at));
    if (entry.type === 'job-finished')
      Object.assign(rows.get(entry.jobId) ?? {}, finishedColumns(entry, entry.at));
  }
  return [...rows.values()];
}

/** All runners that ever were, oldest first. */
export function runnerRows(entries: readonly LedgerEntry[]): RunnerRow[] {
  const rows = new Map<number, RunnerRow>();
  for (const entry of entries) {
    if (entry.type === 'runner-created') rows.set(entry.runnerId, createdRow(entry, entry.at));
    if (!('runnerId' in entry)) continue;
    const row = rows.get(entry.runnerId);
    if (!row) continue;
    if (entry.type === 'runner-contacted') {
      addOnce(row.systemIds, entry.systemId);
      addOnce(row.revisions, entry.revision);
      addOnce(row.sourceAddresses, entry.sourceAddress);
    }
    if (entry.type === 'job-picked') row.jobIds.push(entry.jobId);
    if (entry.type === 'runner-deleted') row.deletedAt = entry.at;
  }
  return [...rows.values()];
}

const queuedRow = (queued: JobQueued, queuedAt: string): JobRow => {
  const { jobId, project, name, tags, ref, protected: isProtected, script } = queued;
  const unknown = { pickedAt: null, finishedAt: null, failureReason: null, traceComplete: null };
  const nobody = { runnerId: null, systemId: null, sourceAddress: null };
  const facts = { jobId, project, name, tags, ref, protected: isProtected, script };
  return { ...facts, queuedAt, status: 'pending', ...unknown, ...nobody };
};

const pickedColumns = ({ runnerId, systemId, sourceAddress }: JobPicked, pickedAt: string) => ({
  runnerId,
  systemId,
  sourceAddress,
  pickedAt,
  status: 'running',
});

const finishedColumns = ({ status, failureReason, traceComplete }: JobFinished, finishedAt: string) => ({
  status,
  failureReason,
  traceComplete,
  finishedAt,
});

const createdRow = (created: RunnerCreated, createdAt: string): RunnerRow => {
  const { runnerId, runnerType, groupId, projectId, description, maintenanceNote, tags } = created;
  const facts = { runnerId, runnerType, groupId, projectId, description, maintenanceNote, tags };
  return {
    ...facts,
    createdAt,
    deletedAt: null,
    systemIds: [],
    revisions: [],
    sourceAddresses: [],
    jobIds: [],
  };
};

const addOnce = (list: string[], value: string): void => {
  if (!list.includes(value)) list.push(value);
};
