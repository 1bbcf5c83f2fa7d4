import { listenOn } from './listen-on.js';

/** Whether nobody listens on a port of 127.0.0.1 right now. */
export async function isFreePort(port: number): Promise<boolean> {
  const server = await listenOn(port);
  if (!server) return false;
  await new Promise((closed) => server.close(closed));
  return true;
}
