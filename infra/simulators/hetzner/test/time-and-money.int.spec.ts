import { rawCall } from './raw-call.js';
import {
  hurriedClock,
  prepareOrder,
  simulateHetzner,
  until,
  type SimulatedHetzner,
} from './simulated-hetzner.js';

const HOUR = 3_600_000;

interface Life {
  readonly name: string;
  readonly hoursBilled: number;
  readonly billedNet: string;
  readonly priceHourlyNet: string;
  readonly rescales: { type: string; hourly: string }[];
}
interface Ledger {
  readonly now: string;
  readonly servers: Life[];
  readonly primaryIps: Life[];
}

let hetzner: SimulatedHetzner;

afterEach(() => hetzner.simulator.stop());

const jump = (hours: number): void => hetzner.simulator.advance(hours * HOUR);
const ledger = (): Promise<Ledger> => hetzner.admin<Ledger>('GET', 'report');

describe('a jump of the clock', () => {
  it('lives through what is due: an order becomes a server that has booted, all at its own time', async () => {
    hetzner = await simulateHetzner({ latency: 'realistic', seed: 4 });
    const order = await prepareOrder(hetzner.client);
    const { server, action } = await hetzner.client.createServer(order);
    jump(1);
    const { body } = await rawCall(hetzner, 'GET', `/actions/${action.id}`);
    const { started, finished, status } = (body as { action: Record<string, string> }).action;
    expect(status).toBe('success');
    const took = Date.parse(finished ?? '') - Date.parse(started ?? '');
    expect(took).toBeGreaterThan(0);
    expect(took).toBeLessThan(120_000);
    expect((await hetzner.client.getServer(server.id)).status).toBe('running');
    expect(hetzner.guests.map(({ serverId }) => serverId)).toEqual([server.id]);
  });

  it('fills the bucket of the rate limit again', async () => {
    hetzner = await simulateHetzner({ limits: { requestsPerHour: 2 } });
    const ask = async (): Promise<number> => (await rawCall(hetzner, 'GET', '/locations')).status;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
    jump(0.5);
    expect([await ask(), await ask()]).toEqual([200, 429]);
  });

  it('never goes back', async () => {
    hetzner = await simulateHetzner();
    const before = (await ledger()).now;
    hetzner.simulator.advance(-HOUR);
    expect(Date.parse((await ledger()).now)).toBeGreaterThanOrEqual(Date.parse(before));
  });
});

describe('the bill', () => {
  it('counts started hours, whatever was rebuilt or switched off, and stops at the deletion', async () => {
    hetzner = await simulateHetzner();
    const { server } = await hetzner.client.createServer(await prepareOrder(hetzner.client));
    jump(1.2);
    await hetzner.client.rebuildServer(server.id, { image: 'debian-12', userData: '' });
    jump(1);
    await rawCall(hetzner, 'POST', `/servers/${server.id}/actions/poweroff`);
    jump(1);
    await hetzner.client.deleteServer(server.id);
    jump(30);
    const { servers, primaryIps } = await ledger();
    expect(servers).toMatchObject([{ hoursBilled: 4, billedNet: '0.0352' }]);
    expect(primaryIps).toMatchObject([{ hoursBilled: 34, billedNet: '0.0272' }]);
  });

  it('keeps the price of the order until the server is rescaled', async () => {
    hetzner = await simulateHetzner();
    const { client } = hetzner;
    const { server: old, price } = await client.createServer(await prepareOrder(client, 'old'));
    await hetzner.admin('PUT', 'prices', {
      cx23: { hourly: '0.0100', monthly: '6.24' },
      cx33: { hourly: '0.0200', monthly: '12.48' },
    });
    jump(0.1);
    const { price: raised } = await client.createServer(await prepareOrder(client, 'new'));
    expect([price, raised].map((one) => [Number(one?.hourlyNet), Number(one?.monthlyNet)])).toEqual([
      [0.0088, 5.49],
      [0.01, 6.24],
    ]);
    expect((await ledger()).servers.map(({ priceHourlyNet }) => priceHourlyNet)).toEqual([
      '0.0088',
      '0.0100',
    ]);
    jump(1);
    await rawCall(hetzner, 'POST', `/servers/${old.id}/actions/poweroff`);
    jump(0.1);
    const wish = { server_type: 'cx33', upgrade_disk: true };
    expect((await rawCall(hetzner, 'POST', `/servers/${old.id}/actions/change_type`, wish)).status).toBe(201);
    jump(1);
    const [rescaled] = (await ledger()).servers;
    expect(rescaled).toMatchObject({
      hoursBilled: 3,
      billedNet: '0.0376',
      rescales: [{ type: 'cx33', hourly: '0.0200' }],
    });
  });

  it('tells new prices to everybody who asks for the list', async () => {
    hetzner = await simulateHetzner();
    await hetzner.admin('PUT', 'prices', { cx23: { hourly: '0.0100', monthly: '6.24' } });
    const { body } = await rawCall(hetzner, 'GET', '/server_types?name=cx23');
    const [type] = (body as { server_types: { prices: { price_hourly: { net: string } }[] }[] }).server_types;
    expect(type?.prices[0]?.price_hourly.net).toBe('0.0100000000000000');
  });
});

describe('shares of servers that go wrong', () => {
  it('spare the first orders of who sets nothing', async () => {
    hetzner = await simulateHetzner({ latency: 'realistic', clock: hurriedClock(), startGuest: 'none' });
    const order = { server_type: 'cx23', image: 'debian-12' };
    for (const name of ['a', 'b', 'c'])
      expect((await rawCall(hetzner, 'POST', '/servers', { name, ...order })).status).toBe(201);
    jump(1);
    const { body } = await rawCall(hetzner, 'GET', '/servers');
    const { servers } = body as { servers: { status: string }[] };
    expect(servers.map(({ status }) => status)).toEqual(['running', 'running', 'running']);
  });

  it('hang under a seed at the same orders, whatever else is asked between', async () => {
    hetzner = await simulateHetzner({ startGuest: 'none', limits: { servers: 100, primaryIps: 100 } });
    const fates = async (names: string[], isRebuilt: boolean): Promise<string[]> => {
      await hetzner.admin('PUT', 'guests', { stuckCreations: 0.5, seed: 7 });
      const found: string[] = [];
      for (const name of names) {
        const order = { name, server_type: 'cx23', image: 'debian-12' };
        const { body } = await rawCall(hetzner, 'POST', '/servers', order);
        const { id } = (body as { server: { id: number } }).server;
        jump(1);
        found.push((await hetzner.client.getServer(id)).status);
        if (isRebuilt)
          await rawCall(hetzner, 'POST', `/servers/${id}/actions/rebuild`, { image: 'debian-12' });
      }
      return found;
    };
    const first = await fates(['a', 'b', 'c', 'd', 'e', 'f'], false);
    expect(new Set(first)).toEqual(new Set(['initializing', 'running']));
    expect(await fates(['g', 'h', 'i', 'j', 'k', 'l'], true)).toEqual(first);
  });

  it('hang in their creation, and can be deleted all the same', async () => {
    hetzner = await simulateHetzner();
    await hetzner.admin('PUT', 'guests', { stuckCreations: 1 });
    const { server } = await hetzner.client.createServer(await prepareOrder(hetzner.client));
    jump(24);
    expect((await hetzner.client.getServer(server.id)).status).toBe('initializing');
    await hetzner.client.deleteServer(server.id);
    await until(
      () => hetzner.client.findServerByName('cr-a-1'),
      (found) => found === undefined,
    );
  });

  it('do not listen to a shutdown where nothing ever booted, but to the loss of power', async () => {
    hetzner = await simulateHetzner();
    await hetzner.admin('PUT', 'guests', { neverBoot: 1 });
    const { server } = await hetzner.client.createServer(await prepareOrder(hetzner.client));
    jump(1);
    await rawCall(hetzner, 'POST', `/servers/${server.id}/actions/shutdown`);
    jump(1);
    expect((await hetzner.client.getServer(server.id)).status).toBe('running');
    await rawCall(hetzner, 'POST', `/servers/${server.id}/actions/poweroff`);
    jump(1);
    expect((await hetzner.client.getServer(server.id)).status).toBe('off');
  });
});
