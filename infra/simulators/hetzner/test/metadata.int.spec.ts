import { get } from 'node:http';
import { rawCall } from './raw-call.js';
import {
  PUBLIC_KEY,
  prepareOrder,
  simulateHetzner,
  until,
  type SimulatedHetzner,
} from './simulated-hetzner.js';

/** Asks from an address of one's own, as a machine would. */
function ask(
  { simulator }: SimulatedHetzner,
  path: string,
  localAddress: string,
): Promise<[status: number | undefined, text: string]> {
  return new Promise((resolve, reject) => {
    const question = get(`${simulator.url}/hetzner/v1/${path}`, { localAddress, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (part: Buffer) => (text += part.toString()));
      answer.on('end', () => resolve([answer.statusCode, text]));
    });
    question.on('error', reject);
  });
}

describe('the metadata service', () => {
  it('tells a server about itself by the address that it speaks from, and nobody else', async () => {
    const hetzner = await simulateHetzner();
    const order = { ...(await prepareOrder(hetzner.client)), userData: '#cloud-config\n# own' };
    const { server } = await hetzner.client.createServer(order);
    const subnets = [{ type: 'cloud', network_zone: 'eu-central', ip_range: '10.0.1.0/24' }];
    const range = { name: 'inside', ip_range: '10.0.0.0/16', subnets };
    const { body } = await rawCall(hetzner, 'POST', '/networks', range);
    const { id: network } = (body as { network: { id: number } }).network;
    await until(
      () => hetzner.client.getServer(server.id),
      ({ status, locked }) => status === 'running' && !locked,
    );
    const address = server.ipv4?.address ?? '';
    expect(await ask(hetzner, 'userdata', address)).toEqual([200, '#cloud-config\n# own']);
    const [, metadata] = await ask(hetzner, 'metadata', address);
    expect(metadata).toContain(`instance-id: ${server.id}\n`);
    expect(metadata).toContain('hostname: "cr-a-1"\n');
    expect(metadata).toContain('region: "eu-central"\n');
    expect(await ask(hetzner, 'metadata/public-keys', address)).toEqual([200, PUBLIC_KEY]);
    expect(await ask(hetzner, 'metadata/public-ipv4', address)).toEqual([200, address]);
    expect(await ask(hetzner, 'metadata/private-networks', address)).toEqual([200, '']);
    await rawCall(hetzner, 'POST', `/servers/${server.id}/actions/attach_to_network`, { network });
    const [, networks] = await until(
      () => ask(hetzner, 'metadata/private-networks', address),
      ([, told]) => told !== '',
    );
    expect(networks).toContain('- ip: "10.0.1.1"\n  alias_ips: []\n');
    expect(networks).toContain('  network: "10.0.0.0/16"\n  subnet: "10.0.1.0/24"\n  gateway: "10.0.0.1"');
    expect((await ask(hetzner, 'metadata/nothing', address))[0]).toBe(404);
    expect(await ask(hetzner, 'userdata', '127.0.0.1')).toEqual([404, '']);
    await hetzner.client.deleteServer(server.id);
    expect(await ask(hetzner, 'userdata', address)).toEqual([404, '']);
    await hetzner.simulator.stop();
  });
});
