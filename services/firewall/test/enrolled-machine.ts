import { EnrolmentStatus, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { newId, type RunningFirewall } from './running-firewall.js';

export interface EnrolledMachine {
  readonly machineId: string;
  readonly runnerId: string;
  readonly serverId: number;
  readonly poolId: string;
}

/** A server as provisioning orders it, whose machine has enrolled. */
export async function enrolledMachine(world: RunningFirewall): Promise<EnrolledMachine> {
  await world.connect();
  const poolId = await world.pool();
  const baselineId = await eventually(async () => {
    const [event] = await world.published(topics.baselineFirewall);
    expect(event).toBeDefined();
    return Number(event!.firewallId);
  });
  const [machineId, runnerId] = [newId('machine'), newId('runner')];
  const { labels } = world;
  const publicKey = `ssh-ed25519 ${'A'.repeat(67)}= cleanroom`;
  const key = await world.hetzner.createSshKey({ name: 'cleanroom', publicKey, labels: {} });
  const ip = await world.hetzner.createPrimaryIp({ name: 'ip', location: 'fsn1', labels });
  const { server } = await world.hetzner.createServer({
    ...{ name: 'cr-1', serverType: 'cx23', location: 'fsn1', image: 'debian-12', labels },
    ...{ userData: '#cloud-config', sshKeyIds: [key.id], firewallIds: [baselineId], primaryIpv4Id: ip.id },
  });
  const seat = { machineId, runnerId, poolId, version: 1n, generation: 1 };
  const serverId = BigInt(server.id);
  await world.tell(topics.machine, { ...seat, hetznerProjectId: world.projectId, serverId });
  await world.tell(topics.machineIdentity, { ...seat, status: EnrolmentStatus.ENROLLED });
  return { machineId, runnerId, serverId: server.id, poolId };
}
