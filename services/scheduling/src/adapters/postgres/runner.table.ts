import { EntitySchema } from 'typeorm';
import type { Runner } from '../../ledger-port.js';
import { bigNumber } from './big-number.js';

/** Runners, as provisioning describes them. */
export const RunnerTable = new EntitySchema<Runner>({
  name: 'runner',
  columns: {
    id: { type: 'text', primary: true },
    organizationId: { type: 'text', name: 'organization_id' },
    version: { type: 'bigint', transformer: bigNumber },
    poolId: { type: 'text', name: 'pool_id' },
    name: { type: 'text' },
    state: { type: 'text' },
    stateSince: { type: 'timestamptz', name: 'state_since' },
    stateReason: { type: 'text', name: 'state_reason' },
    trouble: { type: 'text', nullable: true },
    nextTryAt: { type: 'timestamptz', name: 'next_try_at', nullable: true },
    hasMachine: { type: 'boolean', name: 'has_machine' },
    gitlabRunnerId: { type: 'bigint', name: 'gitlab_runner_id', nullable: true, transformer: bigNumber },
    readyingBy: { type: 'text', name: 'readying_by', nullable: true },
    readyingSince: { type: 'timestamptz', name: 'readying_since', nullable: true },
  },
});

export interface GitLabRunnerRow {
  readonly runnerId: string;
  readonly gitlabRunnerId: number;
  readonly organizationId: string;
  readonly poolId: string;
}

/** Every number under which GitLab knew a runner: each generation has its own. */
export const GitLabRunnerTable = new EntitySchema<GitLabRunnerRow>({
  name: 'gitlab_runner',
  columns: {
    runnerId: { type: 'text', name: 'runner_id', primary: true },
    gitlabRunnerId: { type: 'bigint', name: 'gitlab_runner_id', primary: true, transformer: bigNumber },
    organizationId: { type: 'text', name: 'organization_id' },
    poolId: { type: 'text', name: 'pool_id' },
  },
});
