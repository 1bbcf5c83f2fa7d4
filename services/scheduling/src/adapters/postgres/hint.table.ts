import { EntitySchema } from 'typeorm';
import type { Hint } from '../../ledger-port.js';
import { bigNumber } from './big-number.js';

/** Verified webhooks; each is due until its job was read from GitLab, and is kept to know a repetition. */
export const HintTable = new EntitySchema<Hint>({
  name: 'webhook_hint',
  columns: {
    id: { type: 'text', primary: true },
    organizationId: { type: 'text', name: 'organization_id' },
    connectionId: { type: 'text', name: 'connection_id' },
    projectId: { type: 'bigint', name: 'project_id', transformer: bigNumber },
    gitlabJobId: { type: 'bigint', name: 'gitlab_job_id', transformer: bigNumber },
    receivedAt: { type: 'timestamptz', name: 'received_at' },
  },
});
