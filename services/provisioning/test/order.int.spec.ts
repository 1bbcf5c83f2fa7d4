import { topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { Fleet, poolOf } from './fleet.js';
import { ordersSent } from './orders-sent.js';
import { ProvisioningWorld } from './provisioning-world.js';

interface Server {
  id: number;
  name: string;
  labels: Record<string, string>;
  server_type: { name: string };
  public_net: { ipv4: { ip: string } | null; ipv6: object | null; firewalls: { id: number }[] };
}

let world: ProvisioningWorld;
let fleet: Fleet;

beforeAll(async () => {
  world = await ProvisioningWorld.start();
  await world.connect();
});
beforeEach(async () => {
  fleet = await Fleet.create(world);
});
afterEach(async () => {
  await world.hetzner.steer('DELETE', 'faults');
  await world.hetzner.steer('PUT', 'stock', { serverType: '*', location: '*', soldOut: null });
  await fleet.remove();
});
afterAll(() => world.stop());

const serversOfPool = () => fleet.servers<Server>();
const handled = async (): Promise<number> => {
  const sql = 'SELECT 1 FROM inbox WHERE topic = $1 AND outcome IS NOT NULL';
  return (await world.db.asAdmin(sql, [topics.capacity.name])).length;
};
const fault = (rule: object) => world.hetzner.steer('POST', 'faults', rule);
const stock = (soldOut: string | null, serverType = '*', location = '*') =>
  world.hetzner.steer('PUT', 'stock', { serverType, location, soldOut });

describe('an order', () => {
  it('is one call that names the machine, its address, its firewall and whose it is', async () => {
    const before = await ordersSent(world);
    await world.want(fleet.poolId, 1);
    const { id, attempt } = await fleet.reaches('ENROLLING');
    expect((await ordersSent(world)) - before).toBe(1);
    const [server] = await serversOfPool();
    const [{ address } = {}] = await world.db.asAdmin('SELECT address FROM runner WHERE id = $1', [id]);
    expect(server).toMatchObject({
      name: `cr-${id.slice(4).toLowerCase()}-${attempt}`,
      server_type: { name: 'cx23' },
      public_net: { ipv4: { ip: address }, ipv6: null, firewalls: [expect.anything()] },
      labels: { 'cleanroom-installation': 'spec', 'cleanroom-runner': id, 'cleanroom-pool': fleet.poolId },
    });
  });

  it.each([
    ['was lost', { mode: 'lose_answer' }],
    ['was cut off', { mode: 'truncate' }],
  ])('whose answer %s is found by its name: there is one server, not two', async (_, how) => {
    const before = await ordersSent(world);
    await fault({ operation: 'create_server', times: 1, ...how });
    await world.want(fleet.poolId, 1);
    await fleet.reaches('ENROLLING');
    expect(await serversOfPool()).toHaveLength(1);
    expect((await ordersSent(world)) - before).toBe(1);
  });

  it('that never arrived is sent again under the same name', async () => {
    await fault({ operation: 'create_server', mode: 'reset', times: 1 });
    await world.want(fleet.poolId, 1);
    const { id } = await fleet.reaches('ENROLLING');
    const [server] = await serversOfPool();
    expect(server?.name).toBe(`cr-${id.slice(4).toLowerCase()}-1`);
    expect(await fleet.machines()).toHaveLength(1);
  });

  it.each([
    ['bears no label', {}],
    ['is of another installation', { 'cleanroom-installation': 'other' }],
  ])('takes no server for its own that has its name and %s', async (_, labels) => {
    const [runner] = await fleet.runners();
    const foreign = await world.hetzner.call<{ server: { id: number } }>('POST', '/servers', {
      name: `cr-${runner?.id.slice(4).toLowerCase()}-1`,
      server_type: 'cx23',
      image: 'debian-12',
      location: 'nbg1',
      start_after_create: false,
      labels,
    });
    await world.want(fleet.poolId, 1);
    await fleet.reaches('ENROLLING');
    expect((await serversOfPool()).map(({ name }) => name)).toEqual([
      `cr-${runner?.id.slice(4).toLowerCase()}-2`,
    ]);
    await world.hetzner.call('DELETE', `/servers/${foreign.server.id}`);
  });

  it('does not go out before the runner has an address', async () => {
    const { data } = await world.ask(
      `mutation($input: CreateRunnerPoolInput!) { createRunnerPool(input: $input) { runnerPool { id } } }`,
      { input: poolOf(world) },
    );
    const { id } = (data as unknown as { createRunnerPool: { runnerPool: { id: string } } }).createRunnerPool
      .runnerPool;
    await world.want(id, 1);
    await eventually(async () => {
      const [pool] = await world.db.asAdmin('SELECT wanted, due_at FROM pool WHERE id = $1', [id]);
      expect(pool).toEqual({ wanted: 1, due_at: null });
    });
    expect(await world.db.asAdmin('SELECT 1 FROM machine WHERE pool_id = $1', [id])).toEqual([]);
  });

  it('does not go out for a number that was told late: a newer one is known', async () => {
    const before = await handled();
    await world.tell(topics.capacity, { poolId: fleet.poolId, wanted: 0, because: 'new', version: 1_000n });
    await world.tell(topics.capacity, { poolId: fleet.poolId, wanted: 1, because: 'old', version: 999n });
    await eventually(async () => expect(await handled()).toBe(before + 2));
    const known = await world.db.asAdmin('SELECT wanted_because FROM pool WHERE id = $1', [fleet.poolId]);
    expect(known).toEqual([{ wanted_because: 'new' }]);
    expect(await fleet.machines()).toEqual([]);
  });

  it.each(['resource_unavailable', 'invalid_input'])(
    'takes the next type where the first is sold out, as Hetzner says by %s',
    async (code) => {
      await stock(code, 'cx23', 'fsn1');
      await world.want(fleet.poolId, 1);
      await fleet.reaches('ENROLLING');
      expect((await serversOfPool())[0]?.server_type.name).toBe('cpx22');
    },
  );

  it.each(['resource_unavailable', 'invalid_input'])(
    'waits where every type is sold out, told by %s, and goes out once one is not',
    async (code) => {
      await stock(code);
      await world.want(fleet.poolId, 1);
      await eventually(async () =>
        expect((await fleet.runners())[0]).toMatchObject({
          state_reason: expect.stringContaining('sold out'),
          trouble: 'SOLD_OUT',
        }),
      );
      expect(await serversOfPool()).toEqual([]);
      await stock(null);
      await fleet.reaches('ENROLLING');
      expect((await fleet.runners())[0]?.trouble).toBeNull();
    },
  );

  it('that Hetzner refuses for good is told with its reason, which names nobody twice', async () => {
    await fault({
      operation: 'create_server',
      mode: 'fail',
      status: 422,
      code: 'invalid_input',
      message: 'user_data is too long',
      times: 1,
    });
    await world.want(fleet.poolId, 1);
    await eventually(async () =>
      expect((await fleet.runners())[0]?.state_reason).toBe(
        'Hetzner refused the order: user_data is too long',
      ),
    );
    expect(await serversOfPool()).toEqual([]);
  });

  it('is not repeated while Hetzner refuses, and goes out once it does not', async () => {
    await fault({ operation: 'create_server', mode: 'fail', status: 503, times: 2 });
    await world.want(fleet.poolId, 1);
    await fleet.reaches('ENROLLING');
    expect(await serversOfPool()).toHaveLength(1);
  });

  it('goes out once, whatever is told twice or late', async () => {
    const before = await ordersSent(world);
    await world.want(fleet.poolId, 1);
    await fleet.reaches('ENROLLING');
    await world.replay();
    await world.want(fleet.poolId, 1);
    await world.want(fleet.poolId, 1);
    expect(await fleet.machines()).toHaveLength(1);
    expect((await ordersSent(world)) - before).toBe(1);
  });
});
