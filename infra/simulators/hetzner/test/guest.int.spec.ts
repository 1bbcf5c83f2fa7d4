import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { renderUserData } from '@cleanroom/machine';
import { prepareOrder, simulateHetzner, until } from './simulated-hetzner.js';

describe('the simulated guest', () => {
  it('speaks by default from its server’s own address, as the user data says, until the server is deleted', async () => {
    const heard: string[] = [];
    const origin = createServer((request, response) => {
      heard.push(`${request.url} from ${request.socket.remoteAddress}`);
      response.writeHead(503, { 'retry-after': '1' }).end('{"error":"not_ready"}');
    });
    await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
    const { port } = origin.address() as AddressInfo;
    const { simulator, client } = await simulateHetzner({ startGuest: undefined });
    const userData = renderUserData({
      origin: `http://127.0.0.1:${port}`,
      machineId: 'mach_00000000000000000000000000',
      generation: 1,
      ticket: `crt_${'t'.repeat(43)}`,
    });
    const { server } = await client.createServer({ ...(await prepareOrder(client)), userData });
    await until(
      async () => heard,
      ([first]) => first === `/machine/v1/enrol from ${server.ipv4?.address}`,
    );
    await until(
      () => client.getServer(server.id),
      ({ status, locked }) => status === 'running' && !locked,
    );
    await client.deleteServer(server.id);
    const last = heard.length;
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    // One request may have been under way when the power was cut.
    expect(heard.length - last).toBeLessThanOrEqual(1);
    await simulator.stop();
    await new Promise((resolve) => origin.close(resolve));
  });
});
