import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { freePort } from './free-port.js';

describe('a free port', () => {
  const listen = (port: number): Promise<Server> =>
    new Promise((resolve, reject) => {
      const server = createServer();
      server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server));
    });

  it('can be listened on, and is another one each time', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, freePort));
    expect(new Set(ports).size).toBe(20);
    for (const server of await Promise.all(ports.map(listen))) server.close();
  });

  const range = '/proc/sys/net/ipv4/ip_local_port_range';
  const [lowest = 0] = existsSync(range) ? readFileSync(range, 'utf8').split(/\s/).map(Number) : [];

  // Where a system gives nearly all ports to outgoing connections, none is free of them.
  (lowest > 20_000 ? it : it.skip)('is none that an outgoing connection could get meanwhile', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, freePort));
    expect(Math.max(...ports)).toBeLessThan(lowest);
  });
});
