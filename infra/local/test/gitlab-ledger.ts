import { simulatorAdmin } from './simulator-admin.js';

export interface JobFacts {
  jobId: number;
  project: string;
  queuedAt: string;
  pickedAt: string | null;
  finishedAt: string | null;
  status: string;
  /** Why it failed; null while it has not. */
  failureReason: string | null;
  runnerId: number | null;
  systemId: string | null;
  sourceAddress: string | null;
}

export interface GitLabFacts {
  /** How many calls the ledger no longer shows; a judgement by calls would be none with any. */
  callsForgotten: number;
  calls: { operation: string; status: number | null; sourceAddress: string; fault?: string }[];
  jobs: JobFacts[];
  runners: {
    runnerId: number;
    description: string;
    tags: string[];
    maintenanceNote: string | null;
    createdAt: string;
    deletedAt: string | null;
    systemIds: string[];
    sourceAddresses: string[];
    jobIds: number[];
  }[];
}

export interface Jobs {
  seconds?: number;
  tags?: string[];
  count?: number;
}

/** The simulated GitLab: its controls, and what really happened there. */
export const gitlabLedger = (url: string) => {
  const admin = simulatorAdmin(url);
  const read = async (): Promise<GitLabFacts> => {
    const facts = await admin.call<GitLabFacts>('GET', 'report');
    if (facts.callsForgotten > 0)
      throw new Error(`GitLab's ledger forgot ${facts.callsForgotten} calls: ask for fewer of them`);
    return facts;
  };
  /** Jobs and runners without the calls, which are many after a while. */
  const rows = () => admin.call<GitLabFacts>('GET', 'report?operation=none');
  return {
    ...admin,
    read,
    /** Queues jobs that sleep for so many seconds of the virtual clock. */
    queueJobs: async ({ seconds = 60, tags = ['linux'], count = 1 }: Jobs = {}): Promise<number[]> => {
      const body = { project: 'acme/web', script: [`sleep ${seconds}`], tags };
      const ids: number[] = [];
      while (ids.length < count) ids.push((await admin.call<{ id: number }>('POST', 'jobs', body)).id);
      return ids;
    },
    allJobs: async () => (await rows()).jobs,
    jobs: async (ids: readonly number[]) => (await rows()).jobs.filter(({ jobId }) => ids.includes(jobId)),
    livingRunners: async () => (await rows()).runners.filter(({ deletedAt }) => deletedAt === null),
  };
};

export type GitLabLedger = ReturnType<typeof gitlabLedger>;
