import { ConnectionStatus, EnrolmentStatus, topics } from '@cleanroom/contracts';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { eventually } from '@cleanroom/testing';
import { INSTALLATION, newId, RunningFirewall } from './running-firewall.js';

let world: RunningFirewall;
let poolId: string;
let baselineId: number;
beforeEach(async () => {
  world = await RunningFirewall.start();
  await world.connect();
  poolId = await world.pool();
  baselineId = await eventually(async () => {
    const [event] = await world.published(topics.baselineFirewall);
    expect(event).toBeDefined();
    return Number(event!.firewallId);
  });
});
afterEach(() => world.stop());

interface Machine {
  readonly machineId: string;
  readonly runnerId: string;
  readonly serverId: number;
}

/** A server as provisioning orders it. */
async function order(labels: Record<string, string> = {}): Promise<Machine> {
  const [machineId, runnerId] = [newId('machine'), newId('runner')];
  const own = { ...world.labels, ...labels };
  const name = `cr-${runnerId.replace('run_', '')}-1`;
  const key =
    (await world.hetzner.findSshKeyByName('cleanroom')) ??
    (await world.hetzner.createSshKey({
      name: 'cleanroom',
      publicKey: `ssh-ed25519 ${'A'.repeat(67)}= cleanroom`,
      labels: {},
    }));
  const ip = await world.hetzner.createPrimaryIp({ name: `ip-${name}`, location: 'fsn1', labels: own });
  const { server } = await world.hetzner.createServer({
    ...{ name, serverType: 'cx23', location: 'fsn1', image: 'debian-12', labels: own },
    ...{ userData: '#cloud-config', sshKeyIds: [key.id], firewallIds: [baselineId], primaryIpv4Id: ip.id },
  });
  return { machineId, runnerId, serverId: server.id };
}

const tellMachine = ({ serverId, ...machine }: Machine, version: bigint, generation = 1, deletedAt?: Date) =>
  world.tell(topics.machine, {
    ...machine,
    ...{ poolId, hetznerProjectId: world.projectId, serverId: BigInt(serverId), version, generation },
    ...(deletedAt && { deletedAt: timestampFromDate(deletedAt) }),
  });
const tellEnrolled = ({ machineId, runnerId }: Machine, generation = 1) =>
  world.tell(topics.machineIdentity, {
    ...{ machineId, runnerId, poolId, generation, version: BigInt(generation) },
    status: EnrolmentStatus.ENROLLED,
  });
const told = ({ machineId }: Machine) => world.published(topics.machineProtection, machineId);
const tellsAtLast = (machine: Machine, expected: object) =>
  eventually(async () => expect((await told(machine)).at(-1)).toMatchObject(expected));
/** Enough looks for something wrong to have been said. */
const someLooksLater = async (looksMore = 3) => {
  const looks = async () => {
    const { calls } = await world.simulator<{ calls: { operation: string }[] }>('GET', 'report');
    return calls.filter(({ operation }) => operation === 'list_servers').length;
  };
  const before = await looks();
  await eventually(async () => expect(await looks()).toBeGreaterThanOrEqual(before + looksMore));
};

async function policyOfPool(): Promise<{ id: string; firewallId: number }> {
  const created = await world.ask(
    `mutation { createFirewallPolicy(input: { name: "Office", inbound: [{ protocol: TCP, ports: "8080", cidrs: ["203.0.113.0/24"] }] }) { firewallPolicy { id } } }`,
  );
  const { id } = (created.data?.createFirewallPolicy as unknown as { firewallPolicy: { id: string } })
    .firewallPolicy;
  await world.ask(
    `mutation { assignFirewallPolicy(policyId: "${id}", poolId: "${poolId}") { userErrors { code } } }`,
  );
  return eventually(async () => {
    const firewall = await world.hetzner.findFirewallByName(`cr-policy-${id.replace('fwp_', '')}`);
    expect(firewall).toBeDefined();
    return { id, firewallId: firewall!.id };
  });
}

describe('a machine', () => {
  it('is protected within seconds once it has enrolled, and not before', async () => {
    const machine = await order();
    await tellMachine(machine, 1n);
    await world.pool({ poolId, version: 2n });
    await eventually(async () =>
      expect(await world.db.asAdmin('SELECT version::int FROM pool')).toEqual([{ version: 2 }]),
    );
    expect(await told(machine)).toEqual([]);
    await tellEnrolled(machine);
    const { serverId: _, ...ids } = machine;
    await tellsAtLast(machine, { ...ids, poolId, version: 1n, generation: 1, protected: true });
    expect((await told(machine))[0]?.verifiedAt).toBeDefined();
  });

  it('is protected when the news of its enrolment overtakes that of the machine itself', async () => {
    const machine = await order();
    await tellEnrolled(machine);
    await eventually(async () =>
      expect(await world.db.asAdmin('SELECT server_id::int FROM machine')).toEqual([{ server_id: 0 }]),
    );
    await tellMachine(machine, 1n);
    await tellsAtLast(machine, { protected: true, generation: 1 });
  });

  it("is not protected before its policies' firewalls are applied to it", async () => {
    const policy = await policyOfPool();
    const machine = await order();
    await tellMachine(machine, 1n);
    await tellEnrolled(machine);
    await someLooksLater();
    expect(await told(machine)).toEqual([]);
    const labels = { ...world.labels, [`cleanroom-policy-${policy.id}`]: 'on' };
    await world.hetzner.updateServerLabels(machine.serverId, labels);
    await tellsAtLast(machine, { protected: true, version: 1n });
    const { firewalls } = await world.hetzner.getServer(machine.serverId);
    expect(firewalls).toContainEqual({ id: policy.firewallId, status: 'applied' });
  });

  it('is not protected while a firewall that it needs does not exist', async () => {
    await world.simulator('POST', 'faults', { operation: 'create_firewall', mode: 'fail' });
    await world.ask(`mutation { createFirewallPolicy(input: { name: "Office" }) { firewallPolicy { id } } }`);
    const { data } = await world.ask('{ firewallPolicies(first: 1) { nodes { id } } }');
    const [{ id } = { id: '' }] = (data?.firewallPolicies as unknown as { nodes: { id: string }[] }).nodes;
    await world.ask(
      `mutation { assignFirewallPolicy(policyId: "${id}", poolId: "${poolId}") { userErrors { code } } }`,
    );
    const machine = await order({ [`cleanroom-policy-${id}`]: 'on' });
    await tellMachine(machine, 1n);
    await tellEnrolled(machine);
    await someLooksLater();
    expect(await told(machine)).toEqual([]);
    await world.simulator('DELETE', 'faults');
    await tellsAtLast(machine, { protected: true, version: 1n });
  });

  it('is reported unprotected when somebody takes its label away, and protected when it is back', async () => {
    const policy = await policyOfPool();
    const labels = { ...world.labels, [`cleanroom-policy-${policy.id}`]: 'on' };
    const machine = await order(labels);
    await tellMachine(machine, 1n);
    await tellEnrolled(machine);
    await tellsAtLast(machine, { protected: true, version: 1n });
    await world.hetzner.updateServerLabels(machine.serverId, world.labels);
    await tellsAtLast(machine, { protected: false, version: 2n });
    await world.hetzner.updateServerLabels(machine.serverId, labels);
    await tellsAtLast(machine, { protected: true, version: 3n });
  });

  it('gets its policy back when somebody takes the firewall off all servers', async () => {
    const policy = await policyOfPool();
    const machine = await order({ [`cleanroom-policy-${policy.id}`]: 'on' });
    await tellMachine(machine, 1n);
    await tellEnrolled(machine);
    await tellsAtLast(machine, { protected: true, version: 1n });
    const selector = `cleanroom-installation=${INSTALLATION},cleanroom-policy-${policy.id}=on`;
    await world.hetzner.removeFirewallFromLabelSelector(policy.firewallId, selector);
    await eventually(async () => {
      const { firewalls } = await world.hetzner.getServer(machine.serverId);
      expect(firewalls).toContainEqual({ id: policy.firewallId, status: 'applied' });
    });
    await eventually(async () => expect((await told(machine)).at(-1)).toMatchObject({ protected: true }));
  });

  it('keeps its baseline when somebody takes it off the server', async () => {
    const machine = await order();
    await tellMachine(machine, 1n);
    await tellEnrolled(machine);
    await tellsAtLast(machine, { protected: true, version: 1n });
    await world.inConsole('POST', `/firewalls/${baselineId}/actions/remove_from_resources`, {
      remove_from: [{ type: 'server', server: { id: machine.serverId } }],
    });
    await someLooksLater(1);
    const { firewalls } = await world.hetzner.getServer(machine.serverId);
    expect(firewalls).toEqual([{ id: baselineId, status: 'applied' }]);
    expect((await told(machine)).at(-1)).toMatchObject({ protected: true });
  });

  it('is verified anew in its next generation', async () => {
    const machine = await order();
    await tellMachine(machine, 1n);
    await tellEnrolled(machine);
    await tellsAtLast(machine, { protected: true, generation: 1, version: 1n });
    await tellMachine(machine, 2n, 2);
    await eventually(async () =>
      expect(await world.db.asAdmin('SELECT generation, protected FROM machine')).toEqual([
        { generation: 2, protected: false },
      ]),
    );
    expect(await told(machine)).toHaveLength(1);
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Runner { firewall { protected verifiedAt } } } }`;
    const of = [{ __typename: 'Runner', id: machine.runnerId }];
    expect((await world.ask(query, { of })).data).toEqual({
      _entities: [{ firewall: { protected: false, verifiedAt: null } }],
    });
    await tellEnrolled(machine, 2);
    await tellsAtLast(machine, { protected: true, generation: 2, version: 2n });
    expect((await world.ask(query, { of })).data).toEqual({
      _entities: [{ firewall: { protected: true, verifiedAt: expect.any(String) } }],
    });
  });

  it('is not looked for any more once it is deleted', async () => {
    const machine = await order();
    await tellMachine(machine, 1n);
    await tellEnrolled(machine);
    await tellsAtLast(machine, { protected: true });
    await tellMachine(machine, 2n, 1, new Date());
    await world.hetzner.deleteServer(machine.serverId);
    await eventually(async () =>
      expect(await world.db.asAdmin('SELECT deleted, protected FROM machine')).toEqual([
        { deleted: true, protected: false },
      ]),
    );
    expect(await told(machine)).toHaveLength(1);
  });

  it('is not verified with credentials that are known to be refused, and is with new ones', async () => {
    await world.connect(ConnectionStatus.CREDENTIALS_INVALID);
    await eventually(async () =>
      expect(await world.db.asAdmin('SELECT usable FROM hetzner_project')).toEqual([{ usable: false }]),
    );
    const machine = await order();
    const before = await world.simulator<{ calls: unknown[] }>('GET', 'report');
    await tellMachine(machine, 1n);
    await tellEnrolled(machine);
    await eventually(async () =>
      expect(await world.db.asAdmin('SELECT enrolled_generation FROM machine')).toEqual([
        { enrolled_generation: 1 },
      ]),
    );
    expect(await world.simulator('GET', 'report')).toMatchObject({ calls: before.calls });
    await world.connect();
    await tellsAtLast(machine, { protected: true });
  });
});
