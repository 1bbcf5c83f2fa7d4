import { connect } from 'node:net';
import { eventually, type EventuallyOptions } from './eventually.js';

/** Waits until somebody listens on a port of this machine. */
export async function waitForPort(
  port: number,
  options: EventuallyOptions & { host?: string } = {},
): Promise<void> {
  await eventually(() => isOpen(port, options.host ?? '127.0.0.1'), options);
}

const isOpen = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host }, () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
