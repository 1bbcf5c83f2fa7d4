import type { Machine } from '../domain/machine.js';
import type { MachinePatch, ProvisioningPorts } from '../ports.js';

export const reportEvents = ['runner-started', 'job-started', 'job-finished', 'alive', 'failed'] as const;
export type ReportEvent = (typeof reportEvents)[number];

/** Hears what a machine says of itself. It is a witness, not a judge: GitLab is asked before a job counts as over by silence. */
export async function takeReport(
  { transactions, now }: ProvisioningPorts,
  organizationId: string,
  machineId: string,
  report: {
    generation: number;
    event: ReportEvent;
    jobId?: number | undefined;
    message?: string | undefined;
  },
): Promise<'heard' | 'gone'> {
  return transactions.inOrganization(organizationId, async (tx) => {
    const machine = await tx.machines.find(machineId);
    if (
      !machine ||
      machine.generation !== report.generation ||
      machine.deletedAt !== null ||
      machine.credentialRevoked
    )
      return 'gone';
    await tx.machines.change(machineId, { lastReportAt: now(), ...patchOf(report, machine) });
    if (report.event === 'failed') {
      const message = `the machine says: ${report.message ?? 'something failed'}`;
      await tx.timeline.add(machine.runnerId, { kind: 'machine', message, actor: 'machine' });
    }
    if (report.event !== 'alive') await tx.runners.makeDue(machine.runnerId, now());
    return 'heard';
  });
}

function patchOf(
  { event, jobId }: { event: ReportEvent; jobId?: number | undefined },
  machine: Machine,
): MachinePatch {
  const job = jobId === undefined ? {} : { gitlabJobId: jobId };
  switch (event) {
    case 'runner-started':
      return { startedGeneration: machine.generation };
    case 'job-started':
      return isDoneWith(machine, jobId)
        ? {}
        : { ...job, jobStarted: true, startedGeneration: machine.generation };
    case 'job-finished':
      return isDoneWith(machine, jobId) ? {} : { ...job, jobStarted: true, jobOver: true };
    // It starts no runner after that, so a machine that waits for work is replaced.
    case 'failed':
      return { startedGeneration: 0 };
    default:
      return {};
  }
}

/** GitLab told of the end before the machine did, and the machine has been made ready for another job since. */
const isDoneWith = ({ doneJobs }: Machine, jobId: number | undefined): boolean =>
  jobId !== undefined && doneJobs.includes(String(jobId));
