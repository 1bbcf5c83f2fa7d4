import { topics } from '@cleanroom/contracts';
import type { HetznerFirewall } from '@cleanroom/hetzner';
import { eventually } from '@cleanroom/testing';
import { INSTALLATION, RunningFirewall } from './running-firewall.js';

let world: RunningFirewall;
beforeEach(async () => {
  world = await RunningFirewall.start();
  await world.connect();
});
afterEach(() => world.stop());

const rule = (ports: string) => ({ protocol: 'TCP', ports, cidrs: ['203.0.113.0/24'] });
const selectorOf = (id: string) => `cleanroom-installation=${INSTALLATION},cleanroom-policy-${id}=on`;
const firewallOf = (id: string) => world.hetzner.findFirewallByName(`cr-policy-${id.replace('fwp_', '')}`);

async function mutate(mutation: string, variables: object = {}): Promise<{ id: string }> {
  const answer = await world.ask(mutation, variables);
  const [payload] = Object.values(answer.data ?? {}) as { userErrors: []; firewallPolicy?: { id: string } }[];
  expect([answer.errors, payload?.userErrors]).toEqual([undefined, []]);
  return payload?.firewallPolicy ?? { id: '' };
}
const create = async (inbound: object[] = [rule('8080')], outbound: object[] = []) => {
  const { id } = await mutate(
    `mutation ($input: FirewallPolicyInput!) { createFirewallPolicy(input: $input) { firewallPolicy { id } userErrors { code } } }`,
    { input: { name: 'Office', inbound, outbound } },
  );
  return id;
};
const update = (id: string, inbound: object[]) =>
  mutate(
    `mutation ($id: ID!, $input: FirewallPolicyInput!) { updateFirewallPolicy(id: $id, input: $input) { userErrors { code } } }`,
    { id, input: { name: 'Office', inbound } },
  );
const change = (verb: 'assign' | 'unassign', policyId: string, poolId: string) =>
  mutate(
    `mutation { ${verb}FirewallPolicy(policyId: "${policyId}", poolId: "${poolId}") { userErrors { code } } }`,
  );
const remove = (id: string) =>
  mutate(`mutation { deleteFirewallPolicy(id: "${id}") { userErrors { code } } }`);
const statusOf = async () => {
  const { data } = await world.ask('{ firewallPolicies(first: 1) { nodes { status pools { id } } } }');
  return (data?.firewallPolicies as unknown as { nodes: object[] }).nodes[0];
};
const driftedAt = async () => {
  const { data } = await world.ask('{ firewallPolicies(first: 1) { nodes { driftedAt } } }');
  return (data?.firewallPolicies as unknown as { nodes: { driftedAt: string | null }[] }).nodes[0]?.driftedAt;
};
const becomes = (id: string, expected: Partial<Record<keyof HetznerFirewall, unknown>>) =>
  eventually(async () => expect(await firewallOf(id)).toMatchObject(expected));

describe("a policy's firewall", () => {
  it('comes to be in the project of a pool that gets the policy, and finds its servers by label', async () => {
    const [pool, id] = [await world.pool(), await create([rule('8080')], [rule('25')])];
    expect(await statusOf()).toEqual({ status: 'APPLIED', pools: [] });
    expect(await firewallOf(id)).toBeUndefined();
    await world.simulator('POST', 'faults', {
      operation: 'create_firewall',
      mode: 'fail',
      status: 503,
      times: 5,
    });
    await change('assign', id, pool);
    expect(await statusOf()).toEqual({ status: 'PENDING', pools: [{ id: pool }] });
    await becomes(id, {
      labels: {
        'cleanroom-installation': INSTALLATION,
        'cleanroom-organization': world.organizationId,
        'cleanroom-policy': id,
      },
      appliedTo: [{ type: 'label_selector', selector: selectorOf(id) }],
    });
    const { rules } = (await firewallOf(id))!;
    expect(rules.map(({ direction, protocol, port }) => `${direction} ${protocol} ${port}`)).toEqual([
      'in tcp 8080',
      'out tcp 25',
      'out udp 53',
      'out tcp 53',
      'out tcp 443',
    ]);
    await eventually(async () =>
      expect(await statusOf()).toEqual({ status: 'APPLIED', pools: [{ id: pool }] }),
    );
    await eventually(async () =>
      expect(await world.published(topics.poolPolicies, pool)).toMatchObject([
        { version: 1n, policyIds: [id], organizationId: world.organizationId },
      ]),
    );
  });

  it('follows changes of the policy, and is set right when somebody else changed it', async () => {
    const [pool, id] = [await world.pool(), await create()];
    await change('assign', id, pool);
    await becomes(id, { rules: [expect.objectContaining({ port: '8080' })] });
    await update(id, [rule('9090')]);
    await becomes(id, { rules: [expect.objectContaining({ port: '9090' })] });
    await eventually(async () => expect(await statusOf()).toMatchObject({ status: 'APPLIED' }));
    expect(await driftedAt()).toBeNull();
    const firewall = (await firewallOf(id))!;
    await world.hetzner.setFirewallRules(firewall.id, []);
    await world.hetzner.removeFirewallFromLabelSelector(firewall.id, selectorOf(id));
    await becomes(id, {
      id: firewall.id,
      rules: [expect.objectContaining({ port: '9090' })],
      appliedTo: [{ type: 'label_selector', selector: selectorOf(id) }],
    });
    // That it was so stays known after it was set right.
    await eventually(async () => expect(await driftedAt()).toEqual(expect.any(String)));
    expect(await statusOf()).toMatchObject({ status: 'APPLIED' });
  });

  it('is taken off and deleted with its policy, and a name is free again', async () => {
    const [pool, id] = [await world.pool(), await create()];
    await change('assign', id, pool);
    await becomes(id, {});
    await change('unassign', id, pool);
    await eventually(async () =>
      expect((await world.published(topics.poolPolicies, pool)).at(-1)).toMatchObject({
        version: 2n,
        policyIds: [],
      }),
    );
    await remove(id);
    await eventually(async () => expect(await firewallOf(id)).toBeUndefined());
    await eventually(async () =>
      expect(await world.db.asAdmin('SELECT id FROM policy_firewall')).toEqual([]),
    );
    expect(await create()).not.toBe(id);
  });

  it("is left alone at the end when one of its name turns out to be somebody else's", async () => {
    const [pool, id] = [await world.pool(), await create()];
    const name = `cr-policy-${id.replace('fwp_', '')}`;
    const theirs = await world.hetzner.createFirewall({ name, labels: { team: 'web' }, rules: [] });
    await change('assign', id, pool);
    await change('unassign', id, pool);
    await remove(id);
    const refused = async () => {
      const { calls } = await world.simulator<{ calls: { operation: string }[] }>('GET', 'report');
      return calls.filter(({ operation }) => operation === 'list_firewalls').length;
    };
    const before = await refused();
    await eventually(async () => expect(await refused()).toBeGreaterThan(before + 2));
    expect(await firewallOf(id)).toMatchObject({ id: theirs.id, labels: { team: 'web' }, appliedTo: [] });
  });

  it('waits for the project, which may be heard of later than the pool', async () => {
    const later = await RunningFirewall.start();
    try {
      const [pool, first] = [await later.pool(), world];
      world = later;
      const id = await create();
      await change('assign', id, pool);
      await later.connect();
      await becomes(id, {});
      world = first;
    } finally {
      await later.stop();
    }
  });
});
