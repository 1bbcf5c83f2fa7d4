import { EntitySchema } from 'typeorm';
import type { Pool } from '../../ledger-port.js';
import { bigNumber } from './big-number.js';

/** Pools, as provisioning describes them. */
export const PoolTable = new EntitySchema<Pool>({
  name: 'pool',
  columns: {
    id: { type: 'text', primary: true },
    organizationId: { type: 'text', name: 'organization_id' },
    version: { type: 'bigint', transformer: bigNumber },
    name: { type: 'text' },
    connectionId: { type: 'text', name: 'connection_id' },
    hetznerProjectId: { type: 'text', name: 'hetzner_project_id' },
    scopeKind: { type: 'text', name: 'scope_kind' },
    scopePath: { type: 'text', name: 'scope_path' },
    scopeId: { type: 'bigint', name: 'scope_id', transformer: bigNumber },
    tags: { type: 'text', array: true },
    runUntagged: { type: 'boolean', name: 'run_untagged' },
    protectedRefsOnly: { type: 'boolean', name: 'protected_refs_only' },
    size: { type: 'int' },
    paused: { type: 'boolean' },
    deleting: { type: 'boolean' },
    deleted: { type: 'boolean' },
  },
});
