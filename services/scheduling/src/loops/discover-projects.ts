import type { Loop } from '@cleanroom/kernel';
import { onceGitLabAllows } from '../actions/once-gitlab-allows.js';
import { discoverProjects as discoverProjectsOf } from '../actions/discover-projects.js';
import { isOfGitLab, type Ports } from '../ports.js';

/** Finds the projects of each connection that pools serve. */
export const discoverProjects: Loop<Ports> = {
  table: 'gitlab_connection',
  step: onceGitLabAllows('gitlab_connection', discoverProjectsOf),
  leaseSeconds: 60,
  comesRound: true,
  isExpected: isOfGitLab,
};
