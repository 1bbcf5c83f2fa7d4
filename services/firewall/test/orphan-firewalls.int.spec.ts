import { silentLog, systemClock } from '@cleanroom/kernel';
import { eventually, serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { removeOrphanFirewalls } from '../src/actions/remove-orphan-firewalls.js';
import { migrations } from '../src/adapters/postgres/migrations/index.js';
import { policyTable } from '../src/adapters/postgres/policy.table.js';
import { PostgresTransactions } from '../src/adapters/postgres/transactions.js';
import { baselineLabels, policyFirewallLabels, policySelector } from '../src/domain/firewall-name.js';
import { ProviderError, type FirewallPorts, type ProviderFirewalls } from '../src/ports.js';
import type { ListedFirewall } from '../src/sighted-firewall-port.js';
import { INSTALLATION, newId, RunningFirewall } from './running-firewall.js';

const installation = 'spec';
const created = new Date(Date.now() - 600_000);

let db: ServiceDatabase;
let listed: ListedFirewall[];
let calls: string[];
let owner: { installation: string; organizationId: string };
let hetznerProjectId: string;

beforeAll(async () => {
  db = await serviceDatabase({ name: 'firewall', migrations, entities: [policyTable] });
});
beforeEach(() => {
  [listed, calls] = [[], []];
  owner = { installation, organizationId: newId('organization') };
  hetznerProjectId = newId('hetznerProject');
});
afterAll(() => db.close());

const firewalls: Partial<ProviderFirewalls> = {
  list: async () => listed,
  removeFrom: async (id, selector) => void calls.push(`take ${id} off ${selector}`),
  delete: async (id) => {
    calls.push(`delete ${id}`);
    listed = listed.filter((firewall) => firewall.id !== id);
  },
};
const look = (provider: Partial<ProviderFirewalls> = firewalls) => {
  const open = async () => provider as ProviderFirewalls;
  const ports: FirewallPorts = {
    transactions: new PostgresTransactions(db, systemClock),
    provider: { firewallsOf: open, firewallsLeftIn: open },
    ...{ installation, now: () => new Date(), newPolicyId: () => newId('firewallPolicy'), log: silentLog },
  };
  const project = { organizationId: owner.organizationId, hetznerProjectId };
  return removeOrphanFirewalls(ports, project, provider as ProviderFirewalls);
};
const put = (id: number, policyId: string, labels: Record<string, string> = {}) => {
  const own = policyFirewallLabels(owner, policyId);
  listed.push({
    id,
    created,
    labels: { ...own, ...labels },
    selectors: [policySelector(installation, policyId)],
  });
};
const know = (policyId: string, projectId: string, firewallId: number) =>
  db.asAdmin(
    `INSERT INTO policy_firewall (id, organization_id, policy_id, hetzner_project_id, firewall_id) VALUES ($1, $2, $3, $4, $5)`,
    [`${policyId}.${projectId}`, owner.organizationId, policyId, projectId, firewallId],
  );

describe('a firewall of ours that nobody knows', () => {
  it('is taken off its servers and deleted when it is seen for the second time', async () => {
    const policyId = newId('firewallPolicy');
    put(7, policyId);
    await look();
    expect(calls).toEqual([]);
    await look();
    expect(calls).toEqual([`take 7 off ${policySelector(installation, policyId)}`, 'delete 7']);
  });

  it('is deleted at a later look where it was still in use', async () => {
    put(7, newId('firewallPolicy'));
    const inUse = async () => Promise.reject(new ProviderError('in-use', 'still applied'));
    for (let n = 0; n < 2; n++) await look({ ...firewalls, delete: inUse });
    await look();
    expect(calls.at(-1)).toBe('delete 7');
  });

  it('stays with many others, and the brake can be seen', async () => {
    for (const id of [1, 2, 3, 4]) put(id, newId('firewallPolicy'));
    for (let n = 0; n < 2; n++) await look();
    expect(calls).toEqual([]);
    const rows = await db.asAdmin('SELECT braked FROM sighted_firewall WHERE hetzner_project_id = $1', [
      hetznerProjectId,
    ]);
    expect(rows).toEqual(Array.from({ length: 4 }, () => ({ braked: true })));
  });
});

describe('a firewall that is not to be swept away', () => {
  it.each([
    ['is wanted in the project, and perhaps just being made', () => hetznerProjectId, 0],
    ['is known under another id of the same project', () => newId('hetznerProject'), 7],
  ])('%s', async (_, projectId, firewallId) => {
    const policyId = newId('firewallPolicy');
    put(7, policyId);
    await know(policyId, projectId(), firewallId);
    for (let n = 0; n < 3; n++) await look();
    expect(calls).toEqual([]);
  });

  it('is the baseline, another organisation’s, another installation’s, or of no policy', async () => {
    const policyId = newId('firewallPolicy');
    put(1, policyId, { 'cleanroom-organization': newId('organization') });
    put(2, policyId, { 'cleanroom-installation': 'another' });
    listed.push({ id: 3, created, labels: baselineLabels(owner), selectors: [] });
    for (let n = 0; n < 3; n++) await look();
    expect(calls).toEqual([]);
  });
});

it('is gone from Hetzner after some looks of the running service, and the baseline is not', async () => {
  const world = await RunningFirewall.start();
  try {
    await world.connect();
    const policyId = newId('firewallPolicy');
    const { organizationId } = world;
    const labels = policyFirewallLabels({ installation: INSTALLATION, organizationId }, policyId);
    await world.hetzner.createFirewall({ name: 'late', labels, rules: [] });
    const names = async () => (await world.hetzner.listFirewalls('')).map(({ name }) => name);
    await eventually(async () => expect(await names()).toEqual([world.baselineName]));
  } finally {
    await world.stop();
  }
});
