import { topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { enrolledMachine } from './enrolled-machine.js';
import { INSTALLATION, newId, RunningFirewall } from './running-firewall.js';

let world: RunningFirewall;
beforeEach(async () => {
  world = await RunningFirewall.start();
});
afterEach(() => world.stop());

const all = async () => (await world.hetzner.listFirewalls('')).map(({ id }) => id);
const told = async (projectId = world.projectId) =>
  (await world.published(topics.baselineFirewall, projectId)).map(({ firewallId }) => Number(firewallId));
const baselineOf = (projectId = world.projectId) =>
  eventually(async () => {
    const [id] = await told(projectId);
    expect(id).toBeDefined();
    return id!;
  });
const due = () =>
  world.db.asAdmin(`SELECT id FROM baseline_firewall WHERE due_at IS NOT NULL
    UNION ALL SELECT id FROM policy_firewall UNION ALL SELECT id FROM verification WHERE due_at IS NOT NULL`);
const calls = async () => (await world.simulator<{ calls: { operation: string }[] }>('GET', 'report')).calls;
const tokens = () =>
  world.db.asAdmin(`SELECT usable, token_sealed IS NOT NULL AS kept FROM hetzner_project ORDER BY id`);
const policyOfPool = async () => {
  const { data } = await world.ask(
    `mutation { createFirewallPolicy(input: { name: "Office" }) { firewallPolicy { id } } }`,
  );
  const { id } = (data?.createFirewallPolicy as unknown as { firewallPolicy: { id: string } }).firewallPolicy;
  const pool = await world.pool();
  const verb = (name: string) => `${name}FirewallPolicy(policyId: "${id}", poolId: "${pool}")`;
  await world.ask(`mutation { ${verb('assign')} { userErrors { code } } }`);
  await eventually(async () => expect(await all()).toHaveLength(2));
  await world.ask(`mutation { ${verb('unassign')} { userErrors { code } } }`);
  return id;
};

describe('a project that is disconnected', () => {
  it('keeps none of our firewalls, and we nothing of its token', async () => {
    await world.connect();
    await baselineOf();
    const policy = await policyOfPool();
    await world.disconnect();
    await eventually(async () => expect(await all()).toEqual([]));
    await eventually(async () => expect(await tokens()).toEqual([{ usable: false, kept: false }]));
    await world.ask(`mutation { deleteFirewallPolicy(id: "${policy}") { userErrors { code } } }`);
    await eventually(async () => expect(await due()).toEqual([]));
  });

  it('is left once the last server that has the firewall is gone, and asked for nothing else meanwhile', async () => {
    const { serverId } = await enrolledMachine(world);
    await world.disconnect();
    await eventually(async () => {
      const baseline = await world.hetzner.findFirewallByName(world.baselineName);
      expect(baseline?.appliedTo.filter(({ type }) => type === 'label_selector')).toEqual([]);
      expect(await due()).toEqual([{ id: world.projectId }]);
    });
    expect(await tokens()).toEqual([{ usable: false, kept: true }]);
    const before = (await calls()).length;
    await world.hetzner.deleteServer(serverId);
    await eventually(async () => expect(await all()).toEqual([]));
    await eventually(async () => expect(await tokens()).toEqual([{ usable: false, kept: false }]));
    const asked = (await calls()).slice(before).map(({ operation }) => operation);
    expect(asked).not.toContain('list_servers');
    expect(asked).not.toContain('create_firewall');
  });

  it('is given up where its token is not accepted any more', async () => {
    await world.connect();
    const id = await baselineOf();
    await world.connect(undefined, 'a-token-that-was-revoked');
    await world.disconnect();
    await eventually(async () => expect(await tokens()).toEqual([{ usable: false, kept: false }]));
    await eventually(async () => expect(await due()).toEqual([]));
    expect(await all()).toEqual([id]);
  });

  it('is given up after a day, whatever still uses its firewall', async () => {
    await enrolledMachine(world);
    await world.disconnect();
    await eventually(async () => expect(await tokens()).toEqual([{ usable: false, kept: true }]));
    await world.db.asAdmin(`UPDATE hetzner_project SET left_at = left_at - interval '25 hours'`);
    await eventually(async () => expect(await tokens()).toEqual([{ usable: false, kept: false }]));
    await eventually(async () => expect(await due()).toEqual([]));
  });
});

describe('a project that is connected again', () => {
  const again = { projectId: newId('hetznerProject'), organizationId: '' };

  it('keeps the firewalls that it has taken up from before', async () => {
    await world.connect();
    const id = await baselineOf();
    await world.connect(undefined, undefined, { ...again, organizationId: world.organizationId });
    expect(await baselineOf(again.projectId)).toBe(id);
    await world.disconnect();
    await eventually(async () => expect(await tokens()).toContainEqual({ usable: false, kept: false }));
    expect(await all()).toEqual([id]);
    expect(await told(again.projectId)).toEqual([id]);
  });

  it('is waited for where it may be about to take them up', async () => {
    await world.connect();
    const id = await baselineOf();
    await world.connect(undefined, undefined, { ...again, organizationId: world.organizationId });
    await baselineOf(again.projectId);
    // As it was before it knew.
    await world.db.asAdmin(
      `UPDATE baseline_firewall SET firewall_id = 0, due_at = NULL WHERE id = '${again.projectId}'`,
    );
    await world.disconnect();
    await eventually(async () => expect(await tokens()).toContainEqual({ usable: false, kept: true }));
    const looks = async () => {
      const [row] = await world.db.asAdmin(
        `SELECT lease_epoch::int AS looks FROM baseline_firewall WHERE id = '${world.projectId}'`,
      );
      return Number(row?.looks);
    };
    const first = await looks();
    await eventually(async () => expect(await looks()).toBeGreaterThan(first + 1));
    expect(await all()).toEqual([id]);
    expect(await tokens()).toContainEqual({ usable: false, kept: true });
  });

  it('by another organisation has a baseline of its own, also beside one that stayed', async () => {
    const older = await world.hetzner.createFirewall({
      name: `cr-baseline-${INSTALLATION}`,
      labels: { ...world.labels, 'cleanroom-baseline': 'true' },
      rules: [],
      labelSelector: `cleanroom-installation=${INSTALLATION}`,
    });
    await world.connect(undefined, undefined, { ...again, organizationId: newId('organization') });
    const id = await baselineOf(again.projectId);
    expect(id).not.toBe(older.id);
    await eventually(async () => expect((await world.hetzner.getFirewall(older.id)).appliedTo).toEqual([]));
  });
});
