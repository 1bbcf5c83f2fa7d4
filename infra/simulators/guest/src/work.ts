import { awaitRunner } from './await-runner.js';
import type { ControlPlane } from './control-plane.js';
import { GitLab } from './gitlab.js';
import type { RunnerConfig } from './guest-disk.js';
import { keepTokensFresh } from './identity.js';
import { introduce } from './introduce.js';
import type { Job } from './job.js';
import type { Machine } from './machine.js';
import { Reports } from './reports.js';
import { JobRun } from './run-job.js';
import { takeJob } from './take-job.js';

/** The work of a machine: each start of its runner the control plane has to allow, also after a reboot. */
export async function workOn(machine: Machine, plane: ControlPlane): Promise<never> {
  for (;;) {
    await oneRun(machine, plane, await awaitRunner(machine, plane));
    delete machine.disk.runner;
  }
}

/** What `gitlab-runner run-single` does until it ends, and what the agent says of it. */
async function oneRun(machine: Machine, plane: ControlPlane, runner: RunnerConfig): Promise<void> {
  const { disk, voice, patience, log } = machine;
  const reports = new Reports(plane, patience);
  const gitlab = new GitLab(voice, runner, disk.systemId);
  if (!disk.job) await reports.send({ event: 'RUNNER_STARTED' });
  while (mayTakeAnother(machine, runner)) {
    if (!disk.job || disk.job.ended) disk.job = await takeJob(machine, gitlab);
    // Read again from the disk: what was put there and what is there need not be the same object.
    const { job } = disk;
    await oneJob({ machine, plane, reports, gitlab }, job);
    disk.builds = (disk.builds ?? 0) + 1;
    log.info({ jobId: job.id, fate: job.fate }, 'the job is over');
  }
  const { job } = disk;
  if (!job || job.reported === 'end') return;
  await reports.send({ event: 'RUNNER_EXITED', gitlabJobId: job.id, exitCode: exitCodeOf(job) });
  job.reported = 'end';
}

const mayTakeAnother = ({ disk: { builds = 0 } }: Machine, { maxBuilds }: RunnerConfig): boolean =>
  maxBuilds === 0 || builds < maxBuilds;

interface Run {
  readonly machine: Machine;
  readonly plane: ControlPlane;
  readonly reports: Reports;
  readonly gitlab: GitLab;
}

async function oneJob({ machine, plane, reports, gitlab }: Run, job: Job): Promise<void> {
  // Not waited for: a job does not stand still while the control plane is away.
  void reportStart(reports, job);
  await introduce(machine, plane, job);
  void keepTokensFresh(machine, plane, job);
  await new JobRun(machine, gitlab, job).toItsEnd();
}

async function reportStart(reports: Reports, job: Job): Promise<void> {
  if (job.reported !== 'nothing') return;
  try {
    await reports.send({ event: 'JOB_STARTED', gitlabJobId: job.id });
    if (job.reported === 'nothing') job.reported = 'start';
  } catch {
    // What went wrong comes up again with the next report.
  }
}

const exitCodeOf = ({ fate, plan }: Job): number => (fate === 'aborted' ? 1 : plan.exitCode);
