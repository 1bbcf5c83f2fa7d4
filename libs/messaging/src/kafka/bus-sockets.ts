import { connect, isIP, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

const KEEP_ALIVE_MS = 60_000;

/**
 * The connections of one bus. The client forgets one that it opens while it disconnects; such a one would keep its
 * process from ending until the broker has had enough of the silence, ten minutes later.
 */
export class BusSockets {
  readonly #open = new Set<Socket>();
  #closed = false;

  /** Opens a connection as the client itself would; once the bus is closed, none. */
  readonly open: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    if (this.#closed) return new Socket().destroy(new Error('the bus is closed'));
    const socket = ssl
      ? connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }), ...ssl }, onConnect)
      : connect({ host, port }, onConnect);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    return socket;
  };

  /** Ends what is left. To be called when everything that speaks has stopped. */
  close(): void {
    this.#closed = true;
    for (const socket of this.#open) socket.destroy();
  }
}
