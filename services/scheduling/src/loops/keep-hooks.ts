import type { Loop } from '@cleanroom/kernel';
import { onceGitLabAllows } from '../actions/once-gitlab-allows.js';
import { keepHook } from '../actions/keep-hook.js';
import { isOfGitLab, type Ports } from '../ports.js';

/** Keeps a webhook where pools need it, and takes away the others. */
export const keepHooks: Loop<Ports> = {
  table: 'gitlab_hook',
  step: onceGitLabAllows('gitlab_hook', keepHook),
  leaseSeconds: 30,
  comesRound: true,
  isExpected: isOfGitLab,
};
