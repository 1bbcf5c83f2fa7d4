import { laterOf } from '@cleanroom/kernel';
import { isStarted, type Machine } from './machine.js';

/** A job may have begun since a word that is older. */
const FRESH_SECONDS = 120;
/** GitLab, too, gives a job up that it has not heard of for an hour. */
const DEAD_AFTER_SECONDS = 3_600;

type Heard = Pick<
  Machine,
  | 'generation'
  | 'startedGeneration'
  | 'failedGeneration'
  | 'gitlabRunnerId'
  | 'maxBuilds'
  | 'jobStarted'
  | 'jobOver'
  | 'idleSaidAt'
  | 'lastReportAt'
>;

/**
 * Whether no job runs on a machine by its own word alone, for whoever cannot ask GitLab. It takes a word: that nothing was
 * heard of a job says nothing, for what would have told of it may be what was lost.
 *
 * @param since from when on a word, or a silence, counts: when it was decided that the machine is to go
 */
export function saysIdle(machine: Heard, since: Date, now: Date): boolean {
  if (cannotHaveJob(machine) || isDead(machine, since, now)) return true;
  const { jobStarted, jobOver, maxBuilds, idleSaidAt } = machine;
  if (jobStarted && !jobOver) return false;
  // It was told to take one job, and that one is over: there is no other.
  if (jobStarted && maxBuilds !== 0) return true;
  return idleSaidAt !== null && idleSaidAt >= since && secondsBetween(idleSaidAt, now) <= FRESH_SECONDS;
}

/** Nobody has told it a token, its runner has ended, or it said that it can do no more. */
const cannotHaveJob = (machine: Heard): boolean =>
  machine.gitlabRunnerId === 0 ||
  machine.failedGeneration === machine.generation ||
  (machine.maxBuilds === null && !isStarted(machine) && (!machine.jobStarted || machine.jobOver));

/** Of one that says that it lives nothing has been heard for so long that nothing runs there of which anybody would hear. */
function isDead({ lastReportAt, jobStarted }: Heard, since: Date, now: Date): boolean {
  if (lastReportAt === null && jobStarted) return false;
  return secondsBetween(laterOf(lastReportAt ?? since, since), now) >= DEAD_AFTER_SECONDS;
}

const secondsBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000;
