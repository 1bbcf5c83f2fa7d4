import { topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { enrolledMachine, type EnrolledMachine } from './enrolled-machine.js';
import { INSTALLATION, RunningFirewall } from './running-firewall.js';

let world: RunningFirewall;
let machine: EnrolledMachine;
let policyId: string;
beforeEach(async () => {
  world = await RunningFirewall.start();
  machine = await enrolledMachine(world);
  await tellsAtLast({ protected: true });
  const { data } = await world.ask(
    `mutation { createFirewallPolicy(input: { name: "Office" }) { firewallPolicy { id } } }`,
  );
  policyId = (data?.createFirewallPolicy as unknown as { firewallPolicy: { id: string } }).firewallPolicy.id;
});
afterEach(() => world.stop());

const tellsAtLast = (expected: object) =>
  eventually(async () => {
    const told = await world.published(topics.machineProtection, machine.machineId);
    expect(told.at(-1)).toMatchObject(expected);
  });
const assignTo = (poolId: string) =>
  world.ask(
    `mutation { assignFirewallPolicy(policyId: "${policyId}", poolId: "${poolId}") { userErrors { code } } }`,
  );
const firewall = () => world.hetzner.findFirewallByName(`cr-policy-${policyId.replace('fwp_', '')}`);
const shown = async () => {
  const { data } = await world.ask('{ firewallPolicies(first: 1) { nodes { status driftedAt } } }');
  return (data?.firewallPolicies as unknown as { nodes: object[] }).nodes[0];
};

it('a policy whose firewall somebody takes off all servers says when, also once it is back', async () => {
  await assignTo(machine.poolId);
  const labels = { ...world.labels, [`cleanroom-policy-${policyId}`]: 'on' };
  await world.hetzner.updateServerLabels(machine.serverId, labels);
  await eventually(async () => {
    const { firewalls } = await world.hetzner.getServer(machine.serverId);
    expect(firewalls).toContainEqual({ id: (await firewall())?.id, status: 'applied' });
    expect(await shown()).toEqual({ status: 'APPLIED', driftedAt: null });
  });
  const selector = `cleanroom-installation=${INSTALLATION},cleanroom-policy-${policyId}=on`;
  await world.hetzner.removeFirewallFromLabelSelector((await firewall())?.id ?? 0, selector);
  await eventually(async () =>
    expect(await shown()).toEqual({ status: 'APPLIED', driftedAt: expect.any(String) }),
  );
});

it('a policy is not lost by a machine that was protected before its pool got it', async () => {
  // Another pool has it already, so that its firewall is there.
  await assignTo(await world.pool());
  await eventually(async () => expect(await firewall()).toBeDefined());
  await assignTo(machine.poolId);
  await tellsAtLast({ protected: false, version: 2n });
  expect(await shown()).toEqual({ status: 'PENDING', driftedAt: null });
});
