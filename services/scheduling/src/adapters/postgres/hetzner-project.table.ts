import { EntitySchema } from 'typeorm';
import type { HetznerProject } from '../../ledger-port.js';
import { bigNumber } from './big-number.js';

/** Hetzner projects, as identity describes them; no credential is kept here. */
export const HetznerProjectTable = new EntitySchema<HetznerProject>({
  name: 'hetzner_project',
  columns: {
    id: { type: 'text', primary: true },
    organizationId: { type: 'text', name: 'organization_id' },
    version: { type: 'bigint', transformer: bigNumber },
    status: { type: 'text' },
  },
});
