import { silentLog, systemClock } from '@cleanroom/kernel';
import { serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { assignPolicy } from '../src/actions/assign-policy.js';
import { createPolicy } from '../src/actions/create-policy.js';
import { keepPolicyFirewall } from '../src/actions/keep-policy-firewall.js';
import { updatePolicy } from '../src/actions/update-policy.js';
import { migrations } from '../src/adapters/postgres/migrations/index.js';
import { policyTable } from '../src/adapters/postgres/policy.table.js';
import { PostgresTransactions } from '../src/adapters/postgres/transactions.js';
import type {
  FirewallPorts,
  PolicyFirewallStore,
  ProviderFirewall,
  ProviderFirewalls,
  Transactions,
} from '../src/ports.js';
import { newId } from './running-firewall.js';

let db: ServiceDatabase;
beforeAll(async () => {
  db = await serviceDatabase({ name: 'firewall', migrations, entities: [policyTable] });
});
afterAll(() => db.close());

const rules = (ports: string) => ({
  ...{ name: 'Office', outbound: [] },
  inbound: [{ protocol: 'TCP' as const, ports, cidrs: ['203.0.113.0/24'] }],
});

/** A provider that makes firewalls, while somebody does something. */
const portsWith = (whileMaking: () => Promise<unknown>): FirewallPorts => {
  let made: ProviderFirewall | undefined;
  const firewalls: Partial<ProviderFirewalls> = {
    findByName: async () => undefined,
    get: async () => made,
    setRules: async (_, rules) => {
      if (made) made = { ...made, rules };
    },
    create: async ({ labels, rules, selector }) => {
      await whileMaking();
      made = { id: 7, labels, rules, selectors: [selector], serverIds: [] };
      return made;
    },
  };
  return {
    transactions: new PostgresTransactions(db, systemClock),
    provider: {
      firewallsOf: async () => firewalls as ProviderFirewalls,
      firewallsLeftIn: async () => undefined,
    },
    ...{
      installation: 'spec',
      now: () => new Date(),
      newPolicyId: () => newId('firewallPolicy'),
      log: silentLog,
    },
  };
};

it.each([
  ['stays pending, and due at once, where its policy was changed', '9090', 'PENDING', true],
  ['is applied where its policy is as before', '8080', 'APPLIED', false],
])('a firewall that was made meanwhile %s', async (_, ports, status, isDue) => {
  const [organizationId, poolId, projectId] = [newId('organization'), newId('pool'), newId('hetznerProject')];
  const pool = `INSERT INTO pool (id, organization_id, version, hetzner_project_id, deleted) VALUES ($1, $2, 1, $3, false)`;
  await db.asAdmin(pool, [poolId, organizationId, projectId]);
  const quiet = portsWith(async () => undefined);
  const made = await createPolicy(quiet, organizationId, rules('8080'));
  const policyId = 'value' in made ? made.value.id : '';
  await assignPolicy(quiet, organizationId, { policyId, poolId });
  const id = `${policyId}.${projectId}`;
  await db.asAdmin('UPDATE policy_firewall SET due_at = NULL, lease_wakes = 0 WHERE id = $1', [id]);
  const busy = portsWith(() => updatePolicy(quiet, organizationId, policyId, rules(ports)));
  const lease = { id, organizationId, epoch: 0n, wakes: 0n };
  await keepPolicyFirewall(busy, lease);
  const row = `SELECT status, due_at < now() + interval '5 seconds' AS "isDue" FROM policy_firewall WHERE id = $1`;
  expect(await db.asAdmin(row, [id])).toEqual([{ status, isDue }]);
});

it('is not taken for changed by somebody else where its policy was changed while both were read', async () => {
  const [organizationId, poolId, projectId] = [newId('organization'), newId('pool'), newId('hetznerProject')];
  const pool = `INSERT INTO pool (id, organization_id, version, hetzner_project_id, deleted) VALUES ($1, $2, 1, $3, false)`;
  await db.asAdmin(pool, [poolId, organizationId, projectId]);
  const ports = portsWith(async () => undefined);
  const made = await createPolicy(ports, organizationId, { ...rules('8080'), name: 'Read' });
  const policyId = 'value' in made ? made.value.id : '';
  await assignPolicy(ports, organizationId, { policyId, poolId });
  const id = `${policyId}.${projectId}`;
  const lease = { id, organizationId, epoch: 0n, wakes: 0n };
  await keepPolicyFirewall(ports, lease);
  const change = () => updatePolicy(ports, organizationId, policyId, { ...rules('9090'), name: 'Read' });
  await keepPolicyFirewall({ ...ports, transactions: afterFirstFind(ports.transactions, change) }, lease);
  const row = `SELECT status, drifted_at FROM policy_firewall WHERE id = $1`;
  expect(await db.asAdmin(row, [id])).toEqual([{ status: 'APPLIED', drifted_at: null }]);
});

/** Transactions in which something else is committed right after a policy's firewall was read for the first time. */
function afterFirstFind(transactions: Transactions, meanwhile: () => Promise<unknown>): Transactions {
  let isFirst = true;
  return {
    inOrganization: (organizationId, work) =>
      transactions.inOrganization(organizationId, (tx) => {
        const find: PolicyFirewallStore['find'] = async (id) => {
          const found = await tx.policyFirewalls.find(id);
          if (isFirst) await meanwhile();
          isFirst = false;
          return found;
        };
        const policyFirewalls = new Proxy(tx.policyFirewalls, {
          get: (store, key: keyof PolicyFirewallStore) => (key === 'find' ? find : store[key].bind(store)),
        });
        return work({ ...tx, policyFirewalls });
      }),
  };
}
