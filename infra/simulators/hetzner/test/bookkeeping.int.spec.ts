import fc from 'fast-check';
import { isHetznerError, type HetznerClient } from '@cleanroom/hetzner';
import { prepareOrder, simulateHetzner, until } from './simulated-hetzner.js';

interface Ledger {
  servers: { id: number; created: string; deleted: string | null }[];
  primaryIps: { id: number; address: string; created: string; deleted: string | null }[];
}
interface State {
  projects: { servers: { id: number }[]; running: number[] }[];
  plannedTasks: number;
}

const names = ['cr-a-1', 'cr-b-1', 'cr-c-1'] as const;
const step = fc.record({
  what: fc.constantFrom('order', 'order', 'rebuild', 'delete', 'release', 'label', 'wait'),
  name: fc.constantFrom(...names),
});

/** Part of life; a server may also be gone between two questions, for its deletion takes time. */
const refusals = ['locked', 'name-taken', 'invalid', 'must-be-unassigned', 'not-found', 'conflict'] as const;

/** Does one thing. */
async function take(client: HetznerClient, { what, name }: { what: string; name: string }): Promise<void> {
  const server = await client.findServerByName(name);
  const ip = await client.findPrimaryIpByName(`ip-${name}`);
  if (what === 'order' && ip)
    await client.createServer({ ...(await orderOf(client, name)), primaryIpv4Id: ip.id });
  if (what === 'order' && !ip) await client.createServer(await prepareOrder(client, name));
  if (what === 'rebuild' && server)
    await client.rebuildServer(server.id, { image: 'debian-12', userData: '' });
  if (what === 'delete' && server) await client.deleteServer(server.id);
  if (what === 'release' && ip) await client.deletePrimaryIp(ip.id);
  if (what === 'label' && server) await client.updateServerLabels(server.id, { policy: 'on' });
  if (what === 'wait') await new Promise((resolve) => setTimeout(resolve, 30));
}

const orderOf = async (client: HetznerClient, name: string): ReturnType<typeof prepareOrder> => {
  const order = await prepareOrder(client, `other-${name}`);
  await client.deletePrimaryIp(order.primaryIpv4Id);
  return { ...order, name };
};

describe('whatever is asked, in whatever order', () => {
  it('the ledger and the state tell the same story, and nobody shares an address', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const { simulator, client, admin, guests } = await simulateHetzner();
        const policy = { name: 'policy', labels: {}, rules: [], labelSelector: 'policy' };
        await client.createFirewall(policy);
        for (const each of steps) {
          await take(client, each).catch((error: unknown) => {
            if (!isHetznerError(error, ...refusals)) throw error;
          });
        }
        const { projects } = await until(
          () => admin<State>('GET', 'state'),
          ({ plannedTasks }) => plannedTasks === 0,
        );
        const ledger = await admin<Ledger>('GET', 'report');
        const speaking = guests.filter(({ stopped }) => !stopped).map(({ serverId }) => serverId);
        await simulator.stop();

        expect(projects[0]?.running).toEqual([]);
        const alive = ledger.servers.filter(({ deleted }) => deleted === null).map(({ id }) => id);
        expect(projects[0]?.servers.map(({ id }) => id)).toEqual(alive);
        for (const { created, deleted } of [...ledger.servers, ...ledger.primaryIps]) {
          expect(deleted === null || deleted >= created).toBe(true);
        }
        const addresses = ledger.primaryIps.map(({ address }) => address);
        expect(new Set(addresses).size).toBe(addresses.length);
        expect(speaking.sort()).toEqual(alive);
      }),
      { numRuns: 25 },
    );
  });
});
