import { EntitySchema } from 'typeorm';

/** PostgreSQL's bigint arrives as text; ids of the provider fit a number. */
const asNumber = { to: (value: number) => value, from: (value: string) => Number(value) };

export interface MachineRow {
  id: string;
  organizationId: string;
  runnerId: string;
  poolId: string;
  hetznerProjectId: string;
  generation: number;
  serverId: number;
  enrolledGeneration: number;
  deleted: boolean;
  version: number;
  protected: boolean;
  verifiedAt: Date | null;
  /** Version of the provisioning event that the row was last brought up to. */
  sourceVersion: number;
  /** Version of the identity event that the row was last brought up to. */
  identityVersion: number;
}

export const machineTable = new EntitySchema<MachineRow>({
  name: 'machine',
  columns: {
    id: { type: 'text', primary: true },
    organizationId: { type: 'text', name: 'organization_id' },
    runnerId: { type: 'text', name: 'runner_id' },
    poolId: { type: 'text', name: 'pool_id' },
    hetznerProjectId: { type: 'text', name: 'hetzner_project_id' },
    generation: { type: 'integer' },
    serverId: { type: 'bigint', name: 'server_id', transformer: asNumber },
    enrolledGeneration: { type: 'integer', name: 'enrolled_generation' },
    deleted: { type: 'boolean' },
    version: { type: 'integer' },
    protected: { type: 'boolean' },
    verifiedAt: { type: 'timestamptz', name: 'verified_at', nullable: true },
    sourceVersion: { type: 'bigint', name: 'source_version', transformer: asNumber },
    identityVersion: { type: 'bigint', name: 'identity_version', transformer: asNumber },
  },
});
