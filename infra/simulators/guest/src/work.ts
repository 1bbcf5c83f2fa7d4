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

/** The work of a machine: one job after the other, each of which the control plane has to allow, also after a reboot. */
export async function workOn(machine: Machine, plane: ControlPlane): Promise<void> {
  const { disk, log } = machine;
  while (await oneJob(machine, plane, await awaitRunner(machine, plane))) delete disk.runner;
  // A control plane that does not know of the job would take this machine for one that is still clean.
  log.warn({}, 'nobody hears of the job, so there is no further one');
}

/** Whether the control plane has heard that it is over. */
async function oneJob(machine: Machine, plane: ControlPlane, runner: RunnerConfig): Promise<boolean> {
  const { disk, voice, patience, log } = machine;
  const reports = new Reports(plane, patience, log);
  const gitlab = new GitLab(voice, runner, disk.systemId);
  if (!disk.job) await firstJob(machine, gitlab, reports);
  // Read again from the disk: what was put there and what is there need not be the same object.
  const { job } = disk;
  if (!job || job.reported === 'end') return true;
  // Not waited for: a job does not stand still while the control plane is away.
  void reportStart(reports, job);
  if (!job.ended) {
    await introduce(machine, plane, job);
    void keepTokensFresh(machine, plane, job);
    await new JobRun(machine, gitlab, job).toItsEnd();
  }
  const heard = await reports.send({ event: 'job-finished', jobId: job.id, exitCode: exitCodeOf(job) });
  if (heard) job.reported = 'end';
  log.info({ jobId: job.id, fate: job.fate }, 'the job is over');
  return heard;
}

async function firstJob(machine: Machine, gitlab: GitLab, reports: Reports): Promise<void> {
  await reports.send({ event: 'runner-started' });
  machine.disk.job = await takeJob(machine, gitlab);
}

async function reportStart(reports: Reports, job: Job): Promise<void> {
  if (job.reported !== 'nothing') return;
  try {
    await reports.send({ event: 'job-started', jobId: job.id });
    job.reported = 'start';
  } catch {
    // What went wrong comes up again with the report of the end, which is waited for.
  }
}

const exitCodeOf = ({ fate, plan }: Job): number => (fate === 'aborted' ? 1 : plan.exitCode);
