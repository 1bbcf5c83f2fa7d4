import { systemClock } from '@cleanroom/kernel';
import { eventually } from '@cleanroom/testing';
import { Fleet } from './fleet.js';
import { idleRunner, newId } from './idle-runner.js';
import { ProvisioningWorld } from './provisioning-world.js';

const ENTIRELY_NEW = {
  serverId: 0,
  orderSentAt: null,
  createdAt: null,
  gitlabRunnerId: 0,
  gitlabIntentGeneration: 0,
};

describe('an order that is written down, and not sent yet', () => {
  let world: Awaited<ReturnType<typeof idleRunner>>;
  let orders: string[];
  beforeEach(async () => {
    orders = [];
    const servers = {
      order: async ({ name, labels }: { name: string; labels: Record<string, string> }) => {
        orders.push(name);
        return { id: 42, name, created: new Date(), labels };
      },
    };
    const runner = { state: 'STARTING' } as const;
    world = await idleRunner(systemClock, { runner, machine: ENTIRELY_NEW, servers, works: false });
  });
  afterEach(() => world.stop());

  /** Another machine's order of the same type and location that nobody has answered; made so many seconds ago. */
  const anotherIsAsked = (secondsAgo: number) =>
    world.db.asAdmin(
      `WITH free AS (SELECT set_config('session_replication_role', 'replica', true))
       INSERT INTO machine SELECT (jsonb_populate_record(own, $1)).* FROM machine AS own, free`,
      [
        JSON.stringify({
          id: newId('machine'),
          runner_id: newId('runner'),
          order_sent_at: new Date(Date.now() - secondsAgo * 1000),
        }),
      ],
    );

  it('is not sent where another has found its type sold out meanwhile', async () => {
    const until = new Date(Date.now() + 240_000);
    await world.ports.transactions.inOrganization(world.organizationId, (tx) =>
      tx.pools.markSoldOut(world.hetznerProjectId, { serverType: 'cx23', location: 'fsn1', until }),
    );
    await world.step();
    expect(orders).toEqual([]);
    expect(await world.runner()).toMatchObject({ state: 'ASLEEP', trouble: 'SOLD_OUT', retryAt: until });
  });

  it('waits for its turn while another of its type and location has no answer, and is sent then', async () => {
    await anotherIsAsked(1);
    await world.step();
    expect(orders).toEqual([]);
    expect(await world.runner()).toMatchObject({ state: 'STARTING' });
    await world.db.asAdmin('UPDATE machine SET server_id = 41 WHERE order_sent_at IS NOT NULL');
    await world.step();
    expect(orders).toHaveLength(1);
  });

  it('does not wait for an answer that is lost', async () => {
    await anotherIsAsked(11);
    await world.step();
    expect(orders).toHaveLength(1);
  });
});

describe('many orders of a type that is sold out', () => {
  interface Ledger {
    calls: { operation: string; status: number }[];
  }
  let world: ProvisioningWorld;
  beforeAll(async () => {
    world = await ProvisioningWorld.start();
    await world.connect();
  });
  afterAll(() => world.stop());

  it('are refused once, and all get another', async () => {
    const refused = async () =>
      (await world.hetzner.ledger<Ledger>()).calls.filter(
        ({ operation, status }) => operation === 'create_server' && status !== 201,
      );
    await world.hetzner.steer('PUT', 'stock', {
      serverType: 'cx23',
      location: 'fsn1',
      soldOut: 'resource_unavailable',
    });
    await world.hetzner.steer('POST', 'faults', { operation: 'create_server', mode: 'delay', ms: 200 });
    const fleet = await Fleet.create(world, { size: 8 });
    await world.want(fleet.poolId, 8);
    await eventually(async () => {
      const machines = await fleet.machines();
      expect(
        machines.filter(({ server_type: type, server_id: id }) => type === 'cpx22' && id !== '0'),
      ).toHaveLength(8);
    });
    expect(await refused()).toHaveLength(1);
  });
});
