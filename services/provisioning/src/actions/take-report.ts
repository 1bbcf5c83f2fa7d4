import { forRunnerEnd, type Machine } from '../domain/machine.js';
import type { Runner } from '../domain/runner.js';
import type { MachinePatch, ProvisioningPorts } from '../ports.js';

export const reportEvents = ['RUNNER_STARTED', 'JOB_STARTED', 'RUNNER_EXITED', 'FAILED', 'ALIVE'] as const;
export type ReportEvent = (typeof reportEvents)[number];

/** What a machine says of itself. */
export interface MachineReport {
  readonly generation: number;
  readonly event: ReportEvent;
  readonly gitlabJobId?: number | undefined;
  readonly message?: string | undefined;
  /** Whether it works on a job; left out by one that does not say. */
  readonly busy?: boolean | null | undefined;
}

/**
 * Hears what a machine says of itself; the same a second time changes nothing. It is a witness, not a judge: GitLab is
 * asked before a job counts as over.
 *
 * @returns `unknown` to a later generation than we know of, as after a backup was restored: `gone` would end its job
 */
export async function takeReport(
  { transactions, now }: ProvisioningPorts,
  organizationId: string,
  machineId: string,
  report: MachineReport,
): Promise<'heard' | 'gone' | 'unknown'> {
  return transactions.inOrganization(organizationId, async (tx) => {
    const machine = await tx.machines.find(machineId);
    if (machine && report.generation > machine.generation) return 'unknown';
    if (
      !machine ||
      machine.generation !== report.generation ||
      machine.deletedAt !== null ||
      machine.credentialRevoked
    )
      return 'gone';
    await tx.machines.change(machineId, {
      ...spoken(machine, report, now()),
      ...idle(report, now()),
      ...patchOf(report, machine),
    });
    if (report.event === 'FAILED' && machine.failedGeneration !== machine.generation) {
      const message = `the machine says: ${report.message ?? 'something failed'}`;
      await tx.timeline.add(machine.runnerId, { kind: 'machine', message, actor: 'machine' });
    }
    const runner = report.busy === false ? await tx.runners.find(machine.runnerId) : undefined;
    if (report.event !== 'ALIVE' || isOnItsWayOut(runner)) await tx.runners.makeDue(machine.runnerId, now());
    return 'heard';
  });
}

/** Whether it has no job may be all that it waits for. */
const isOnItsWayOut = (runner: Pick<Runner, 'state'> | undefined): boolean =>
  runner?.state === 'DRAINING' || runner?.state === 'STOPPING';

/** What is not said says nothing; that a job began takes the word back. */
const idle = ({ event, busy }: MachineReport, now: Date): MachinePatch => {
  if (event === 'ALIVE' && busy === false) return { idleSaidAt: now };
  return event === 'JOB_STARTED' || busy === true ? { idleSaidAt: null } : {};
};

/** Only one that says regularly that it lives can fall silent; then its other reports count as well. */
const spoken = ({ lastReportAt }: Machine, { event }: MachineReport, now: Date): MachinePatch =>
  event === 'ALIVE' || lastReportAt !== null ? { lastReportAt: now } : {};

function patchOf({ event, gitlabJobId }: MachineReport, machine: Machine): MachinePatch {
  switch (event) {
    case 'RUNNER_STARTED':
      return { startedGeneration: machine.generation };
    case 'JOB_STARTED':
      return isDoneWith(machine, gitlabJobId)
        ? {}
        : { ...jobOf(machine, gitlabJobId), jobStarted: true, startedGeneration: machine.generation };
    case 'RUNNER_EXITED':
      return { ...forRunnerEnd, ...(hadJob(machine, gitlabJobId) ? endOf(machine, gitlabJobId) : {}) };
    // It starts no runner after that, so a machine that waits for work is replaced.
    case 'FAILED':
      return { startedGeneration: 0, failedGeneration: machine.generation };
    case 'ALIVE':
      return {};
  }
}

/**
 * A runner that takes one job after the other has finished the one before when it begins the next. Whatever was heard of
 * an end was of the one before: of the next GitLab has said nothing yet.
 */
function jobOf(
  { jobStarted, gitlabJobId: before, doneJobs }: Machine,
  job: number | undefined,
): MachinePatch {
  if (job === undefined) return {};
  const claim = { gitlabJobId: job, claimedJobId: job };
  if (!jobStarted || before === job) return claim;
  return {
    ...claim,
    jobOver: false,
    quiet: false,
    ...(before === 0 ? {} : { doneJobs: [...doneJobs, String(before)] }),
  };
}

const hadJob = (machine: Machine, job: number | undefined): boolean =>
  job === undefined ? machine.jobStarted : !isDoneWith(machine, job);

const endOf = (machine: Machine, job: number | undefined): MachinePatch => ({
  ...jobOf(machine, job),
  jobStarted: true,
  jobOver: true,
});

/** GitLab told of the end before the machine did, and the machine has been made ready for another job since. */
const isDoneWith = ({ doneJobs }: Machine, jobId: number | undefined): boolean =>
  jobId !== undefined && doneJobs.includes(String(jobId));
