import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands before the replicas of a service, as a cluster's own balancer would. */
export interface Balancer {
  close(): Promise<void>;
}

/** Gives each connection to the next replica that takes it. */
export async function startBalancer(port: number, replicas: readonly number[]): Promise<Balancer> {
  const open = new Set<Socket>();
  let turn = 0;
  const server = createServer((client) => {
    open.add(client);
    client.once('close', () => open.delete(client));
    client.on('error', () => client.destroy());
    const first = turn++;
    void join(
      client,
      replicas.map((_, n) => replicas[(first + n) % replicas.length] ?? 0),
    );
  });
  await listening(server, port);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const client of open) client.destroy();
      }),
  };
}

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

async function join(client: Socket, ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    const replica = await reach(port, client.remoteAddress);
    if (!replica) continue;
    // One side that is gone takes the other with it, as if there were nothing between them.
    client.once('close', () => replica.destroy());
    replica.once('close', () => client.destroy());
    replica.on('error', () => client.destroy());
    client.pipe(replica).pipe(client);
    return;
  }
  client.destroy();
}

/** Under the caller's own address: a machine is known by where it speaks from. */
const reach = (port: number, localAddress: string | undefined): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
