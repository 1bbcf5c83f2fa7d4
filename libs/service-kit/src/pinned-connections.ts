import { isIP, type LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';

/** Customers' servers that are spoken to at the same time; those beyond cost a new connection. */
const MOST_ADDRESSES = 64;

/** Connections that go to addresses that were checked, whatever a resolver says by then. Names still decide certificates. */
export class PinnedConnections {
  readonly #agents = new Map<string, Agent>();

  to(address: string): Dispatcher {
    const agent = this.#agents.get(address) ?? pinnedAgent(address);
    this.#agents.delete(address);
    this.#agents.set(address, agent);
    const [oldest] = this.#agents;
    if (oldest && this.#agents.size > MOST_ADDRESSES) {
      this.#agents.delete(oldest[0]);
      // Waits for the calls that still use it.
      void oldest[1].close();
    }
    return agent;
  }
}

function pinnedAgent(address: string): Agent {
  const family = isIP(address);
  const lookup: LookupFunction = (_host, options, callback) =>
    options.all ? callback(null, [{ address, family }]) : callback(null, address, family);
  return new Agent({ connect: { lookup }, connections: 16, keepAliveTimeout: 10_000 });
}
