import type { Loop } from '@cleanroom/kernel';
import { onceGitLabAllows } from '../actions/once-gitlab-allows.js';
import { pollProject } from '../actions/poll-project.js';
import { isOfGitLab, type Ports } from '../ports.js';

/** Finds jobs whose webhook was lost. */
export const pollProjects: Loop<Ports> = {
  table: 'gitlab_project',
  step: onceGitLabAllows('gitlab_project', pollProject),
  leaseSeconds: 60,
  comesRound: true,
  isExpected: isOfGitLab,
};
