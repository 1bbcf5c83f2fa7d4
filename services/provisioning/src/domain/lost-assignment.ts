import { atLeastReal } from './deadlines.js';
import type { Machine } from './machine.js';

/**
 * GitLab's answer to a runner's question for a job may get lost: for GitLab the job runs then, and nobody works on it. A
 * runner begins its log within seconds, so that one without a line after this long was lost.
 */
const LOST_AFTER_SECONDS = 3 * 60;

/**
 * Whether GitLab alone says that a job runs there: the machine has said nothing of the latest, or is done with it. Whose
 * assignment got lost asks again, and may be given another job, which then is done as any.
 */
export const mayHaveLostJob = ({ gitlabJobId, claimedJobId, jobOver }: Machine): boolean =>
  jobOver || (gitlabJobId !== 0 && gitlabJobId !== claimedJobId);

/** A job that runs for so many seconds, and of which nobody has written a line, never reached its machine. */
export const lostAfterSeconds = (clockFactor: number): number => atLeastReal(LOST_AFTER_SECONDS, clockFactor);

/** What becomes of such a job is GitLab's to say, an hour later at most unless its administrator chose otherwise. */
export const whyAssignmentLost = (jobIds: readonly number[]): string =>
  `GitLab gave it job ${jobIds.join(' and ')}, which never reached it; GitLab fails that job after its time-out`;
