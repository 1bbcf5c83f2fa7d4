import { topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { enrolledMachine, type EnrolledMachine } from './enrolled-machine.js';
import { RunningFirewall } from './running-firewall.js';

let world: RunningFirewall;
let machine: EnrolledMachine;
beforeEach(async () => {
  world = await RunningFirewall.start();
  machine = await enrolledMachine(world);
  await eventually(async () => expect(await shown()).toMatchObject({ protected: true, policies: [] }));
});
afterEach(() => world.stop());

interface Shown {
  readonly protected: boolean;
  readonly verifiedAt: string;
  readonly policies: { name: string; status: string }[];
}

/** What the API says of the runner's machine. */
async function shown(): Promise<Shown> {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) {
    ... on Runner { firewall { protected verifiedAt policies { name status } } } } }`;
  const { data } = await world.ask(query, { of: [{ __typename: 'Runner', id: machine.runnerId }] });
  return (data?._entities as unknown as { firewall: Shown }[])[0]!.firewall;
}
const becomes = (expected: object) =>
  eventually(async () => {
    const found = await shown();
    expect(found).toMatchObject(expected);
    return found;
  });
const named = (...names: string[]) => names.map((name) => expect.objectContaining({ name }));
const told = async () =>
  (await world.published(topics.machineProtection, machine.machineId)).map((event) => event.protected);

async function create(name: string): Promise<string> {
  const { data } = await world.ask(
    `mutation { createFirewallPolicy(input: { name: "${name}" }) { firewallPolicy { id } } }`,
  );
  return (data?.createFirewallPolicy as unknown as { firewallPolicy: { id: string } }).firewallPolicy.id;
}
const change = (verb: 'assign' | 'unassign', policyId: string) =>
  world.ask(
    `mutation { ${verb}FirewallPolicy(policyId: "${policyId}", poolId: "${machine.poolId}") { userErrors { code } } }`,
  );
const update = (id: string, name: string, ports: string) =>
  world.ask(
    `mutation { updateFirewallPolicy(id: "${id}", input: { name: "${name}",
       inbound: [{ protocol: TCP, ports: "${ports}", cidrs: ["203.0.113.0/24"] }] }) { userErrors { code } } }`,
  );
/** What provisioning does once it has heard of the pool's policies. */
const label = (...policyIds: string[]) =>
  world.hetzner.updateServerLabels(machine.serverId, {
    ...world.labels,
    ...Object.fromEntries(policyIds.map((id) => [`cleanroom-policy-${id}`, 'on'])),
  });
const fails = (operation: string) =>
  world.simulator('POST', 'faults', { operation, mode: 'fail', status: 503 });
const statusOf = async (policyId: string) => {
  const { data } = await world.ask('{ firewallPolicies(first: 9) { nodes { id status } } }');
  const { nodes } = data?.firewallPolicies as unknown as { nodes: { id: string; status: string }[] };
  return nodes.find(({ id }) => id === policyId)?.status;
};
const isInForce = async (policyId: string) => {
  const firewall = await world.hetzner.findFirewallByName(`cr-policy-${policyId.replace('fwp_', '')}`);
  const { firewalls } = await world.hetzner.getServer(machine.serverId);
  return firewalls.some(({ id, status }) => id === firewall?.id && status === 'applied');
};
/** One that began after this was called. */
const anotherLook = async () => {
  const looks = () => world.db.asAdmin('SELECT looked_at::text FROM verification');
  for (let begun = 0; begun < 2; begun++) {
    const before = await looks();
    await eventually(async () => expect(await looks()).not.toEqual(before));
  }
};
const inForce = async (...names: string[]) => {
  const ids = [];
  for (const name of names) ids.push(await create(name));
  for (const id of ids) await change('assign', id);
  await label(...ids);
  await becomes({ protected: true, policies: named(...names) });
  return ids;
};

it('a policy that the pool has just got is neither listed nor applied before it was seen on the machine', async () => {
  const before = await shown();
  const id = await create('Office');
  await change('assign', id);
  for (let looks = 0; looks < 5; looks++) {
    const { verifiedAt, ...rest } = await shown();
    expect(rest).toEqual({ protected: false, policies: [] });
    expect(verifiedAt >= before.verifiedAt).toBe(true);
    expect(await statusOf(id)).toBe('PENDING');
  }
  await label(id);
  const [status, after, isSo] = await eventually(async () => {
    const [status, found] = [await statusOf(id), await shown()];
    const isSaid = status === 'APPLIED' || found.protected || found.policies.length > 0;
    // Once it is in force it stays so: the first word of it is held against what is true afterwards.
    return isSaid && ([status, found, await isInForce(id)] as const);
  });
  expect([isSo, after.protected, after.policies]).toEqual([true, true, named('Office')]);
  if (status !== 'APPLIED') await eventually(async () => expect(await statusOf(id)).toBe('APPLIED'));
  expect(after.verifiedAt > before.verifiedAt).toBe(true);
});

it("the time of the verification moves with every look, without a word and without writing the machine's row", async () => {
  const row = () => world.db.asAdmin('SELECT xmin::text, version FROM machine');
  const before = await row();
  for (let looks = 0; looks < 2; looks++) {
    const { verifiedAt } = await shown();
    await eventually(async () => expect((await shown()).verifiedAt > verifiedAt).toBe(true));
  }
  expect(await row()).toEqual(before);
  expect(await told()).toEqual([true]);
});

it('a policy that is changed protects again once it was seen after the change; provisioning hears nothing of it', async () => {
  const [id = ''] = await inForce('Office');
  const toldBefore = await eventually(async () => {
    const all = await told();
    return all.at(-1) === true && all;
  });
  await fails('list_servers');
  const before = await shown();
  await update(id, 'Office', '9090');
  const notYet = { protected: false, policies: [{ name: 'Office', status: 'PENDING' }] };
  expect(await shown()).toMatchObject(notYet);
  // Also once it is changed at Hetzner, nobody has looked at the machine since.
  await eventually(async () =>
    expect(await world.db.asAdmin('SELECT status FROM policy_firewall')).toEqual([{ status: 'APPLIED' }]),
  );
  expect(await shown()).toMatchObject(notYet);
  await world.simulator('DELETE', 'faults');
  const after = await becomes({ protected: true, policies: [{ name: 'Office', status: 'APPLIED' }] });
  expect(after.verifiedAt > before.verifiedAt).toBe(true);
  expect(await told()).toEqual(toldBefore);
});

it('a policy that is only renamed stays in force, and one that is assigned again must be seen again', async () => {
  const [id = ''] = await inForce('Office');
  await update(id, 'Office', '9090');
  await becomes({ protected: true, policies: [{ name: 'Office', status: 'APPLIED' }] });
  await fails('list_servers');
  await update(id, 'Home', '9090');
  expect(await shown()).toMatchObject({ protected: true, policies: [{ name: 'Home', status: 'APPLIED' }] });
  await change('unassign', id);
  await change('assign', id);
  expect(await shown()).toMatchObject({ protected: false, policies: named('Home') });
  expect(await statusOf(id)).toBe('PENDING');
  await world.simulator('DELETE', 'faults');
  await becomes({ protected: true, policies: [{ name: 'Home', status: 'APPLIED' }] });
});

it('a policy that is missed is not listed, nor one that comes meanwhile, and the time stays that of when all was seen', async () => {
  const [kept = '', lost = ''] = await inForce('Kept', 'Lost');
  await label(kept);
  const missed = await becomes({ protected: false, policies: named('Kept') });
  const late = await create('Late');
  await change('assign', late);
  await label(kept, late);
  await eventually(async () => expect(await isInForce(late)).toBe(true));
  await anotherLook();
  expect(await shown()).toMatchObject({ ...missed, policies: named('Kept') });
  await label(kept, lost, late);
  const again = await becomes({ protected: true, policies: named('Kept', 'Lost', 'Late') });
  expect(again.verifiedAt > missed.verifiedAt).toBe(true);
});

it('a policy that the pool has no longer is listed for as long as it is in force on the machine', async () => {
  const [id = ''] = await inForce('Office');
  const { verifiedAt } = await shown();
  await change('unassign', id);
  await eventually(async () => expect((await shown()).verifiedAt > verifiedAt).toBe(true));
  expect(await shown()).toMatchObject({ protected: true, policies: named('Office') });
  await label();
  await becomes({ protected: true, policies: [] });
});

it('nothing is in force on the next generation of a machine before it was seen there', async () => {
  await inForce('Office');
  const { machineId, runnerId, poolId, serverId } = machine;
  await world.tell(topics.machine, {
    ...{ machineId, runnerId, poolId, serverId: BigInt(serverId), hetznerProjectId: world.projectId },
    ...{ version: 2n, generation: 2 },
  });
  await becomes({ protected: false, verifiedAt: null, policies: [] });
});
