import type { Loop } from '@cleanroom/kernel';
import { checkGitLabConnection } from '../actions/check-connection.js';
import type { IdentityPorts } from '../ports.js';

/** Asks whether the token of each GitLab is still good. */
export const checkGitlabConnections: Loop<IdentityPorts> = {
  table: 'gitlab_check',
  step: checkGitLabConnection,
};
