import { createHash } from 'node:crypto';
import { parseJobHook, verifyWebhook } from '@cleanroom/gitlab';
import type { WebhookCheck } from '../../ports.js';

/** The check of signatures; their freshness is a matter of the wall clock, not of the product's. */
export const webhookCheck: WebhookCheck = {
  verify({ headers, body }, { signing, plain }) {
    const verdict = verifyWebhook({
      headers,
      rawBody: body,
      signingToken: signing.reveal(),
      plainToken: plain.reveal(),
      now: new Date(),
    });
    if (!verdict.ok) return undefined;
    const hook = parseJobHook(body);
    const deliveryId = verdict.deliveryId ?? createHash('sha256').update(body).digest('hex');
    return { deliveryId, ...(hook && { job: { projectId: hook.projectId, gitlabJobId: hook.jobId } }) };
  },
};
