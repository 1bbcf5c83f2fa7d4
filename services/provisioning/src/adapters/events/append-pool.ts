import { FreshMachine, GitLabScopeKind, topics } from '@cleanroom/contracts';
import { appendEvent } from '@cleanroom/messaging';
import type { EntityManager } from 'typeorm';
import type { Pool } from '../../domain/pool.js';

/** Tells everybody what a pool is to be. */
export async function appendPool(tx: EntityManager, pool: Pool): Promise<void> {
  await appendEvent(tx, topics.pool, {
    poolId: pool.id,
    organizationId: pool.organizationId,
    version: BigInt(pool.version),
    name: pool.name,
    gitlabConnectionId: pool.gitlabConnectionId,
    hetznerProjectId: pool.hetznerProjectId,
    scopeKind: GitLabScopeKind[pool.scopeKind],
    scopePath: pool.scopePath,
    scopeId: BigInt(pool.scopeId),
    tags: [...pool.tags],
    runUntagged: pool.runUntagged,
    protectedRefsOnly: pool.protectedRefsOnly,
    serverTypes: [...pool.serverTypes],
    locations: [...pool.locations],
    image: pool.image,
    size: pool.size,
    freshMachine: FreshMachine[pool.freshMachine],
    idleTimeout: { seconds: BigInt(pool.idleTimeoutSeconds), nanos: 0 },
    maxMachineAge: { seconds: BigInt(pool.maxMachineAgeSeconds), nanos: 0 },
    paused: pool.paused,
    deleting: pool.deleting,
    deleted: pool.deleted,
  });
}
