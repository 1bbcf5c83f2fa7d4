import { GitLabScopeKind, topics, type RunnerPoolChanged } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer, type Consumer } from '@cleanroom/messaging';
import { followPool } from '../../actions/follow-pool.js';
import type { Pool } from '../../ledger-port.js';
import { ledgerOf } from '../postgres/ledger.store.js';

/** Hears of pools: their scope, tags and size decide where a job counts and how many runners are wanted. */
export const onPoolChanged = (clock: Clock): Consumer =>
  consumer(topics.pool, (tx, { message }) => followPool(ledgerOf(tx), poolOf(message), clock.now()));

const scopeKinds: Readonly<Record<number, Pool['scopeKind']>> = {
  [GitLabScopeKind.GROUP]: 'GROUP',
  [GitLabScopeKind.PROJECT]: 'PROJECT',
  [GitLabScopeKind.INSTANCE]: 'INSTANCE',
};

function poolOf(message: RunnerPoolChanged): Pool {
  const scopeKind = scopeKinds[message.scopeKind];
  if (!scopeKind) throw new RangeError(`pool ${message.poolId} has a scope of an unknown kind`);
  const {
    organizationId,
    name,
    scopePath,
    tags,
    runUntagged,
    protectedRefsOnly,
    size,
    paused,
    deleting,
    deleted,
  } = message;
  return {
    id: message.poolId,
    version: Number(message.version),
    connectionId: message.gitlabConnectionId,
    hetznerProjectId: message.hetznerProjectId,
    scopeKind,
    scopeId: Number(message.scopeId),
    ...{
      organizationId,
      name,
      scopePath,
      tags,
      runUntagged,
      protectedRefsOnly,
      size,
      paused,
      deleting,
      deleted,
    },
  };
}
