import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { ConnectionStatus, StaticIpStatus, topics } from '@cleanroom/contracts';
import type { HetznerOrderPrice, HetznerServer } from '@cleanroom/hetzner';
import { parseMicros } from '@cleanroom/kernel';
import { eventually } from '@cleanroom/testing';
import { newId, RunningBilling } from './running-billing.js';

let world: RunningBilling;
let sshKeyId: number;
beforeEach(async () => {
  world = await RunningBilling.start();
  const publicKey = `ssh-ed25519 ${'A'.repeat(67)}= cleanroom`;
  sshKeyId = (await world.hetzner.createSshKey({ name: 'cleanroom', publicKey, labels: {} })).id;
});
afterEach(() => world.stop());

interface Life {
  id: number;
  deleted: string | null;
  hoursBilled: number;
  priceHourlyNet: string;
}
const ledger = () => world.simulator<{ servers: Life[]; primaryIps: Life[] }>('GET', 'report');
/** Billed hours times the price, in micro-units as the API writes them. */
const billed = (...lives: Life[]) => {
  const micros = lives.map(({ hoursBilled, priceHourlyNet }) =>
    Math.round(hoursBilled * Number(priceHourlyNet) * 1e6),
  );
  return `${micros.reduce((sum, each) => sum + each, 0) / 1e6} EUR`;
};
const prices = () => world.db.asAdmin('SELECT * FROM price ORDER BY kind, type, location, valid_from');
const pricesKnown = () => eventually(async () => expect((await prices()).length).toBeGreaterThan(0));

/** Deletes a machine; tells when it was gone, which is billed: on a busy computer an hour begins between order and deed. */
const deleted = async ({ server }: Order): Promise<Date> => {
  await world.hetzner.deleteServer(server.id);
  const gone = () => ledger().then(({ servers }) => servers.find(({ id }) => id === server.id)?.deleted);
  return new Date(await eventually(async () => (await gone()) ?? false));
};

interface Order {
  runnerId: string;
  server: HetznerServer;
  ip: { id: number; created: Date };
  orderedAt: Date;
  price: HetznerOrderPrice | undefined;
}
/** What identity and provisioning do for a runner that wakes. */
async function order(): Promise<Order> {
  const runnerId = newId('runner');
  const name = runnerId.replace('run_', '');
  const ip = await world.hetzner.createPrimaryIp({ name: `cr-ip-${name}`, location: 'fsn1', labels: {} });
  const orderedAt = world.clock.now();
  const { server, price } = await world.hetzner.createServer({
    ...{ name: `cr-${name}-1`, serverType: 'cx23', location: 'fsn1', image: 'debian-12', labels: {} },
    ...{ userData: '#cloud-config', sshKeyIds: [sshKeyId], firewallIds: [], primaryIpv4Id: ip.id },
  });
  return { runnerId, server, ip, orderedAt, price };
}
const tellIp = async ({ runnerId, ip }: Order) =>
  world.tell(topics.staticIp, {
    ...{ runnerId, poolId: 'pool_1', hetznerProjectId: world.projectId, version: 1n },
    ...{ status: StaticIpStatus.ACTIVE, location: 'fsn1', primaryIpId: BigInt(ip.id) },
    createdAt: timestampFromDate(ip.created),
    lastSeenAt: timestampFromDate(ip.created),
  });
const tellMachine = async ({ runnerId, server, orderedAt }: Order, deletedAt?: Date, price = {}) =>
  world.tell(topics.machine, {
    ...{ machineId: `mach_${server.id}`, runnerId, poolId: 'pool_1', hetznerProjectId: world.projectId },
    ...{ version: deletedAt ? 2n : 1n, generation: 1, serverType: server.serverType, location: 'fsn1' },
    orderedAt: timestampFromDate(orderedAt),
    createdAt: timestampFromDate(server.created),
    lastSeenAt: timestampFromDate(deletedAt ?? server.created),
    ...(deletedAt && { deletedAt: timestampFromDate(deletedAt) }),
    ...price,
  });
/** What the answer to the order said, as provisioning hands it on. */
const toldPrice = ({ price }: Order) => ({
  hourlyMicros: parseMicros(price?.hourlyNet ?? '') ?? 0n,
  monthlyCapMicros: parseMicros(price?.monthlyNet ?? '') ?? 0n,
});

/** The prices were asked for once more because of this order. */
const readSince = ({ orderedAt }: Order) =>
  eventually(async () => {
    const [reading] = await world.db.asAdmin('SELECT read_at FROM price_reading');
    expect(reading?.read_at).toEqual(expect.any(Date));
    expect(Number(reading?.read_at)).toBeGreaterThan(orderedAt.getTime());
  });

describe('prices', () => {
  it('are read from the provider as soon as a project is connected', async () => {
    await world.connect();
    await pricesKnown();
    const of = (kind: string, type: string) =>
      `SELECT hourly_micros, monthly_cap_micros, currency FROM price
       WHERE kind = '${kind}' AND type = '${type}' AND location = 'fsn1'`;
    expect(await world.db.asAdmin(of('machine', 'cx23'))).toEqual([
      { hourly_micros: '8800', monthly_cap_micros: '5490000', currency: 'EUR' },
    ]);
    expect(await world.db.asAdmin(of('static-ip', 'ipv4'))).toEqual([
      { hourly_micros: '800', monthly_cap_micros: '500000', currency: 'EUR' },
    ]);
  });

  it('are stored again only where they changed', async () => {
    await world.connect();
    await pricesKnown();
    const before = await prices();
    await world.db.asAdmin(
      `UPDATE price SET hourly_micros = 1 WHERE kind = 'machine' AND type = 'cx23' AND location = 'fsn1'`,
    );
    await world.connect();
    await eventually(async () => expect(await prices()).toHaveLength(before.length + 1));
    const known = await world.db.asAdmin(
      `SELECT hourly_micros FROM price WHERE kind = 'machine' AND type = 'cx23' AND location = 'fsn1'
       ORDER BY valid_from`,
    );
    expect(known).toEqual([{ hourly_micros: '1' }, { hourly_micros: '8800' }]);
  });

  it('are read again by and by, and at once with new credentials', async () => {
    const reads = async () => {
      const { calls } = await world.simulator<{ calls: { operation: string; status: number }[] }>(
        'GET',
        'report',
      );
      const of = calls.filter(({ operation }) => operation === 'get_pricing');
      return of.filter(({ status }) => status === 200).length;
    };
    await world.connect(ConnectionStatus.CREDENTIALS_INVALID, 'revoked');
    await eventually(async () =>
      expect(await world.db.asAdmin('SELECT usable FROM hetzner_project')).toEqual([{ usable: false }]),
    );
    await world.connect(ConnectionStatus.CONNECTED, 'revoked as well');
    await eventually(async () =>
      expect(await world.db.asAdmin('SELECT usable FROM hetzner_project')).toEqual([{ usable: true }]),
    );
    expect(await reads()).toBe(0);
    await world.connect();
    const first = await eventually(async () => (await reads()) || false);
    await eventually(async () => expect(await reads()).toBeGreaterThan(first));
  });
});

describe('the cost of a runner to date', () => {
  it("is the provider's billed hours times their prices, for its machines and its static IP", async () => {
    await world.connect();
    await pricesKnown();
    const ordered = await order();
    await tellIp(ordered);
    await tellMachine(ordered);
    await eventually(async () => expect((await ledger()).servers[0]?.hoursBilled).toBeGreaterThan(2));
    await tellMachine(ordered, await deleted(ordered));
    await eventually(async () => {
      const before = await ledger();
      const cost = await world.costOf(ordered.runnerId);
      const after = await ledger();
      // The IP goes on: compare only where no hour began between the two looks.
      expect(after.primaryIps[0]?.hoursBilled).toBe(before.primaryIps[0]?.hoursBilled);
      expect(cost).toBe(billed(...after.servers, ...after.primaryIps));
    });
    expect((await ledger()).servers[0]?.hoursBilled).toBeGreaterThan(2);
  });

  it('grows with every hour that begins, and stands still once all is gone', async () => {
    await world.connect();
    await pricesKnown();
    const ordered = await order();
    await tellMachine(ordered);
    await eventually(async () => expect(await world.costOf(ordered.runnerId)).not.toBeNull());
    const first = parseFloat((await world.costOf(ordered.runnerId))!);
    await eventually(async () =>
      expect(parseFloat((await world.costOf(ordered.runnerId))!)).toBeGreaterThan(first),
    );
    await tellMachine(ordered, await deleted(ordered));
    const ended = async () => {
      const { servers } = await ledger();
      return billed(...servers);
    };
    await eventually(async () => expect(await world.costOf(ordered.runnerId)).toBe(await ended()));
    const hour = world.clock.now().getTime() + 3_600_000;
    await eventually(() => world.clock.now().getTime() > hour);
    expect(await world.costOf(ordered.runnerId)).toBe(await ended());
  });

  it('is by the price of each order, also of one that came soon after the prices had changed', async () => {
    await world.connect();
    await pricesKnown();
    const before = await order();
    await tellMachine(before);
    await readSince(before);
    await world.simulator('PUT', 'prices', { cx23: { hourly: '0.0200', monthly: '12.49' } });
    const after = await order();
    await tellMachine(after);
    await readSince(after);
    for (const each of [before, after]) {
      await tellMachine(each, await deleted(each));
    }
    const { servers } = await ledger();
    expect(servers.map(({ priceHourlyNet }) => Number(priceHourlyNet))).toEqual([0.0088, 0.02]);
    for (const { runnerId, server } of [before, after])
      await eventually(async () =>
        expect(await world.costOf(runnerId)).toBe(billed(servers.find(({ id }) => id === server.id)!)),
      );
  });

  it('is by the price that the answer to each order told, also where prices changed in between unseen', async () => {
    const before = await order();
    await world.simulator('PUT', 'prices', { cx23: { hourly: '0.0200', monthly: '12.49' } });
    const after = await order();
    await world.connect();
    await pricesKnown();
    for (const each of [before, after]) {
      await tellMachine(each, await deleted(each), toldPrice(each));
    }
    const { servers } = await ledger();
    expect(servers.map(({ priceHourlyNet }) => Number(priceHourlyNet))).toEqual([0.0088, 0.02]);
    for (const { runnerId, server } of [before, after])
      await eventually(async () =>
        expect(await world.costOf(runnerId)).toBe(billed(servers.find(({ id }) => id === server.id)!)),
      );
  });

  it('is unknown for a runner that nothing was metered for, and to another organisation', async () => {
    await world.connect();
    await pricesKnown();
    const ordered = await order();
    await tellIp(ordered);
    await eventually(async () => expect(await world.costOf(ordered.runnerId)).not.toBeNull());
    expect(await world.costOf(newId('runner'))).toBeNull();
    expect(await world.costOf(ordered.runnerId, world.caller(newId('organization')))).toBeNull();
  });

  it('is unknown, not too small, while a price is not known', async () => {
    const ordered = await order();
    await tellIp(ordered);
    await eventually(async () => expect(await world.db.asAdmin('SELECT 1 FROM meter')).toHaveLength(1));
    expect(await world.costOf(ordered.runnerId)).toBeNull();
    await world.connect();
    await eventually(async () => expect(await world.costOf(ordered.runnerId)).not.toBeNull());
  });
});
