import { EntitySchema } from 'typeorm';
import type { Connection } from '../../ports.js';
import { bigNumber } from './big-number.js';

export type ConnectionRow = Omit<Connection, 'hookTokens'> & {
  readonly signingToken: Buffer;
  readonly plainToken: Buffer;
};

/** GitLab connections; each is due when the projects in its pools' scopes are to be listed again. */
export const ConnectionTable = new EntitySchema<ConnectionRow>({
  name: 'gitlab_connection',
  columns: {
    id: { type: 'text', primary: true },
    organizationId: { type: 'text', name: 'organization_id' },
    version: { type: 'bigint', transformer: bigNumber },
    status: { type: 'text' },
    url: { type: 'text' },
    accessToken: { type: 'bytea', name: 'access_token', nullable: true },
    webhookUrl: { type: 'text', name: 'webhook_url' },
    deleted: { type: 'boolean' },
    leftAt: { type: 'timestamptz', name: 'left_at', nullable: true },
    signingToken: { type: 'bytea', name: 'signing_token' },
    plainToken: { type: 'bytea', name: 'plain_token' },
  },
});
