import { EntitySchema } from 'typeorm';
import type { FirewallRule } from '../../domain/firewall-rule.js';

export interface PolicyRow {
  id: string;
  organizationId: string;
  name: string;
  inbound: readonly FirewallRule[];
  outbound: readonly FirewallRule[];
  createdAt: Date;
  deleted: boolean;
}

export const policyTable = new EntitySchema<PolicyRow>({
  name: 'firewall_policy',
  columns: {
    id: { type: 'text', primary: true },
    organizationId: { type: 'text', name: 'organization_id' },
    name: { type: 'text' },
    inbound: { type: 'jsonb' },
    outbound: { type: 'jsonb' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    deleted: { type: 'boolean' },
  },
});
