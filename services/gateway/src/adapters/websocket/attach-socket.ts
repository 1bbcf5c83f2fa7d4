import type { IncomingMessage } from 'node:http';
import type { Server } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Log } from '@cleanroom/kernel';
import type { SocketExtra } from './socket-extra.js';

/** A client that answers no ping for as long is gone, whether its network said so or not. */
const PING_EVERY_MS = 12_000;
const INTERNAL_ERROR = 1011;

/** Lets the protocol's server speak over a socket. */
export function attachSocket(
  server: Server<SocketExtra>,
  socket: WebSocket,
  request: IncomingMessage,
  log: Log,
): void {
  const left = new AbortController();
  const closed = server.opened(
    {
      protocol: socket.protocol,
      // Resolves when it has left, so that a slow reader slows only its own events down.
      send: (text) => new Promise<void>((resolve) => socket.send(text, () => resolve())),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) =>
        socket.on('message', (data) => {
          handle(String(data)).catch((error: unknown) => {
            log.error({ error }, 'a message on a socket failed');
            socket.close(INTERNAL_ERROR, 'Internal error');
          });
        }),
    },
    { socket, request, closed: left.signal },
  );
  const stopPinging = keepAlive(socket);
  socket.on('error', (error) => log.debug({ error }, 'a socket broke'));
  socket.once('close', (code, reason) => {
    stopPinging();
    left.abort();
    void closed(code, String(reason));
  });
}

function keepAlive(socket: WebSocket): () => void {
  let isAlive = true;
  socket.on('pong', () => (isAlive = true));
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, PING_EVERY_MS);
  return () => clearInterval(timer);
}
