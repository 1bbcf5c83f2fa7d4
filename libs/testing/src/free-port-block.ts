import { randomInt } from 'node:crypto';
import { isFreePort } from './is-free-port.js';
import { listenOn } from './listen-on.js';

const FIRST = 20_000;
const BLOCKS = 200;
const SIZE = 40;

/**
 * The first of 39 ports in a row for one installation, none of which anybody listens on, below the ports of outgoing
 * connections. The fortieth is listened on until this process ends: so no other process takes the block before its
 * servers are up.
 */
export async function freePortBlock(): Promise<number> {
  for (;;) {
    const base = FIRST + randomInt(BLOCKS) * SIZE;
    const guard = await listenOn(base + SIZE - 1);
    if (!guard) continue;
    guard.unref();
    if (await allAreFree(base)) return base;
    guard.close();
  }
}

async function allAreFree(base: number): Promise<boolean> {
  for (let port = base; port < base + SIZE - 1; port++) {
    if (!(await isFreePort(port))) return false;
  }
  return true;
}
