import { EntitySchema } from 'typeorm';
import type { Hook } from '../../ledger-port.js';
import { bigNumber } from './big-number.js';

export type HookRow = Omit<Hook, 'target'> & {
  readonly targetKind: Hook['target']['kind'];
  readonly targetId: number;
};

/** Webhooks of ours in GitLab; each is due when it is to be looked at. */
export const HookTable = new EntitySchema<HookRow>({
  name: 'gitlab_hook',
  columns: {
    id: { type: 'text', primary: true },
    organizationId: { type: 'text', name: 'organization_id' },
    connectionId: { type: 'text', name: 'connection_id' },
    targetKind: { type: 'text', name: 'target_kind' },
    targetId: { type: 'bigint', name: 'target_id', transformer: bigNumber },
    state: { type: 'text' },
    gitlabHookId: { type: 'bigint', name: 'gitlab_hook_id', nullable: true, transformer: bigNumber },
    unwanted: { type: 'boolean' },
  },
});
