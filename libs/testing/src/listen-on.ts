import { createServer, type Server } from 'node:net';

/**
 * Listens on a port of 127.0.0.1.
 *
 * @returns undefined where somebody else does
 * @throws Error where nobody can
 */
export const listenOn = (port: number): Promise<Server | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
