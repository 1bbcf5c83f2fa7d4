import { randomInt } from 'node:crypto';
import { isFreePort } from './is-free-port.js';

/**
 * Below the ports that systems give to outgoing connections, Linux from 32768 on: whoever begins to listen a moment later,
 * or begins again after a stop, could find such a one taken by a connection. Those from 20000 on are `freePortBlock`'s.
 */
const [LOWEST, TOO_HIGH] = [10_000, 20_000];

const given = new Set<number>();

/** A TCP port on 127.0.0.1 that nobody listens on right now, another one each time. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, TOO_HIGH);
    if (given.has(port) || !(await isFreePort(port))) continue;
    given.add(port);
    return port;
  }
}
