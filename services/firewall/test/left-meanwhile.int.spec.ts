import { silentLog, systemClock } from '@cleanroom/kernel';
import { serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { keepBaseline } from '../src/actions/keep-baseline.js';
import { migrations } from '../src/adapters/postgres/migrations/index.js';
import { policyTable } from '../src/adapters/postgres/policy.table.js';
import { PostgresTransactions } from '../src/adapters/postgres/transactions.js';
import { baselineLabels, baselineName, baselineSelector } from '../src/domain/firewall-name.js';
import type { FirewallPorts, ProviderFirewall, ProviderFirewalls } from '../src/ports.js';
import { newId } from './running-firewall.js';

let db: ServiceDatabase;
beforeAll(async () => {
  db = await serviceDatabase({ name: 'firewall', migrations, entities: [policyTable] });
});
afterAll(() => db.close());

const organizationId = newId('organization');
const [before, again] = [newId('hetznerProject'), newId('hetznerProject')];
const leaseOf = (id: string) => ({ id, organizationId, epoch: 0n, wakes: 0n });
const row = (id: string) =>
  db.asAdmin(`SELECT firewall_id::int AS id FROM baseline_firewall WHERE id = '${id}'`);

it('a firewall is not taken up for a project while it is being deleted for the same one under its former id', async () => {
  const project = `INSERT INTO hetzner_project (id, organization_id, version, endpoint, usable, deleted, left_at)
    VALUES ($1, $2, 1, 'https://hetzner', $3, NOT $3, now())`;
  const baseline = `INSERT INTO baseline_firewall (id, organization_id, firewall_id, lease_until) VALUES ($1, $2, $3, $4)`;
  await db.asAdmin(project, [before, organizationId, false]);
  await db.asAdmin(baseline, [before, organizationId, 7, new Date(Date.now() + 60_000)]);
  const owner = { installation: 'spec', organizationId };
  let firewall: ProviderFirewall | undefined = {
    ...{
      id: 7,
      labels: baselineLabels(owner),
      rules: [],
      selectors: [baselineSelector(owner)],
      serverIds: [],
    },
  };
  const firewalls: Partial<ProviderFirewalls> = {
    get: async () => firewall,
    list: async () => [],
    findByName: async (name) => (name === baselineName(owner) ? firewall : undefined),
    removeFrom: async () => {
      await db.asAdmin(project, [again, organizationId, true]);
      await db.asAdmin(baseline, [again, organizationId, 0, null]);
      await keepBaseline(ports, leaseOf(again));
    },
    delete: async () => {
      firewall = undefined;
    },
    create: async ({ labels, rules, selector }) => {
      firewall = { id: 8, labels, rules, selectors: [selector], serverIds: [] };
      return firewall;
    },
  };
  const open = async () => firewalls as ProviderFirewalls;
  const ports: FirewallPorts = {
    transactions: new PostgresTransactions(db, systemClock),
    provider: { firewallsOf: open, firewallsLeftIn: open },
    ...{ installation: 'spec', now: () => new Date(), newPolicyId: () => newId('firewallPolicy') },
    log: silentLog,
  };
  await keepBaseline(ports, leaseOf(before));
  expect([await row(before), await row(again)]).toEqual([[], [{ id: 0 }]]);
  await keepBaseline(ports, leaseOf(again));
  expect(await row(again)).toEqual([{ id: 8 }]);
});
