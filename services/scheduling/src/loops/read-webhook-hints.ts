import type { Loop } from '@cleanroom/kernel';
import { onceGitLabAllows } from '../actions/once-gitlab-allows.js';
import { readHintedJob } from '../actions/read-hinted-job.js';
import { isOfGitLab, type Ports } from '../ports.js';

/** Reads the job that a webhook has named from GitLab itself. */
export const readWebhookHints: Loop<Ports> = {
  table: 'webhook_hint',
  step: onceGitLabAllows('webhook_hint', readHintedJob),
  leaseSeconds: 15,
  isExpected: isOfGitLab,
};
