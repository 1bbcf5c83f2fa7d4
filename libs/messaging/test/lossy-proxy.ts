import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** The number of a produce among the kinds of requests. */
const PRODUCE = 0;

/** Stands between clients and their broker, and loses answers of the broker when told to. */
export class LossyProxy {
  /** How many of the coming produces reach the broker, whose answer then does not reach the client. */
  losses = 0;
  /** How many answers were lost. */
  lost = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor(private readonly brokerPort: number) {
    this.#server = createServer((client) => this.#join(client));
  }

  /**
   * @param port where clients come
   * @param broker host:port, on this computer
   */
  static async start(port: number, broker: string): Promise<LossyProxy> {
    const proxy = new LossyProxy(Number(broker.split(':')[1]));
    proxy.#server.listen(port, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  async stop(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  #join(client: Socket): void {
    const broker = connect(this.brokerPort, '127.0.0.1');
    let isToLose = false;
    const look = readKinds((kind) => {
      if (kind !== PRODUCE || this.losses === 0) return;
      this.losses--;
      isToLose = true;
    });
    client.on('data', (bytes) => {
      look(bytes);
      broker.write(bytes);
    });
    broker.on('data', (bytes) => {
      if (!isToLose) return void client.write(bytes);
      // A producer of ours has one request under way: what comes now is the answer to it.
      this.lost++;
      isToLose = false;
      client.destroy();
    });
    this.#tie(client, broker);
    this.#tie(broker, client);
  }

  /** What ends one end of a connection ends the other. */
  #tie(socket: Socket, other: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      other.destroy();
    });
  }
}

/** Tells the kind of each request once all of it has passed. */
function readKinds(onKind: (kind: number) => void): (bytes: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (let end; rest.length > 4 && rest.length >= (end = 4 + rest.readInt32BE(0));) {
      onKind(rest.readInt16BE(4));
      rest = rest.subarray(end);
    }
  };
}
