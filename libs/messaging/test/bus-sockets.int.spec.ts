import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { BusSockets } from '../src/kafka/bus-sockets.js';

describe('the connections of a bus', () => {
  let server: Server;
  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const open = (sockets: BusSockets, onConnect: () => void) => {
    const { port } = server.address() as AddressInfo;
    return sockets.open({ host: '127.0.0.1', port, ssl: undefined as never, onConnect });
  };

  it('end with it, also one that nobody remembers', async () => {
    const sockets = new BusSockets();
    const arrived = once(server, 'connection');
    await new Promise<void>((resolve) => open(sockets, resolve));
    const [socket] = await arrived;
    socket.resume();
    sockets.close();
    await once(socket, 'close');
  });

  it('are not opened any more once it is closed', async () => {
    const sockets = new BusSockets();
    sockets.close();
    const socket = open(sockets, () => undefined);
    const [error] = await once(socket, 'error');
    expect((error as Error).message).toBe('the bus is closed');
  });
});
