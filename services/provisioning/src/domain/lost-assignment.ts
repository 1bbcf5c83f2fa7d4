import { atLeastReal } from './deadlines.js';
import type { Machine } from './machine.js';

/**
 * GitLab's answer to a runner's question for a job may get lost: for GitLab the job runs then, and nobody works on it. A
 * runner begins its log within seconds, so that one without a line after this long was lost.
 */
const LOST_AFTER_SECONDS = 3 * 60;

/** Whether GitLab alone says that the machine has its job. */
export const isUnclaimed = ({ gitlabJobId, claimedJobId }: Machine): boolean =>
  gitlabJobId !== 0 && gitlabJobId !== claimedJobId;

/** A job that began before, and of which nobody has written a line, never reached its machine. */
export const lostIfBegunBefore = (now: Date, clockFactor: number): Date =>
  new Date(now.getTime() - atLeastReal(LOST_AFTER_SECONDS, clockFactor) * 1000);

/** What becomes of such a job is GitLab's to say, an hour later at most unless its administrator chose otherwise. */
export const whyAssignmentLost = ({ gitlabJobId }: Machine): string =>
  `GitLab gave it job ${gitlabJobId}, which never reached it; GitLab fails that job after its time-out`;
