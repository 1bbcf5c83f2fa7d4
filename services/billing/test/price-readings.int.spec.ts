import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import pg from 'pg';
import { newId, RunningBilling } from './running-billing.js';

const BEGINS = new Date('2026-11-02T08:00:00Z');
/** As fast as ours: an hour of the usual one is shorter than a reading. */
const FACTOR = 1;

let world: RunningBilling;
beforeEach(async () => {
  world = await RunningBilling.start(BEGINS, FACTOR);
});
afterEach(() => world.stop());

const tellOrder = async (
  told: { orderedAt?: Date; hourlyMicros?: bigint; monthlyCapMicros?: bigint } = {},
) => {
  const runnerId = newId('runner');
  const orderedAt = timestampFromDate(told.orderedAt ?? BEGINS);
  await world.tell(topics.machine, {
    ...{ machineId: newId('machine'), runnerId, poolId: 'pool_1' },
    ...{
      hetznerProjectId: world.projectId,
      version: 1n,
      generation: 1,
      serverType: 'cx23',
      location: 'fsn1',
    },
    ...told,
    ...{ orderedAt, createdAt: orderedAt, lastSeenAt: orderedAt },
  });
  return runnerId;
};
const reading = async () => {
  const [row] = await world.db.asAdmin(
    `SELECT lease_owner IS NOT NULL AS "isUnderWay", extract(epoch FROM due_at - read_at)::int AS "againAfter"
     FROM price_reading`,
  );
  return row;
};
const isReadAgain = (againAfter: number) =>
  eventually(async () => expect(await reading()).toEqual({ isUnderWay: false, againAfter }));
const metered = (count: number) =>
  eventually(async () => expect(await world.db.asAdmin('SELECT FROM meter')).toHaveLength(count));
const readings = async () => {
  const { calls } = await world.simulator<{ calls: { operation: string }[] }>('GET', 'report');
  return calls.filter(({ operation }) => operation === 'get_pricing').length;
};

it('another reading waits a minute where something was ordered while prices were read', async () => {
  await world.simulator('POST', 'faults', { operation: 'get_pricing', mode: 'delay', ms: 2_000, times: 1 });
  await world.connect();
  await eventually(async () => expect(await reading()).toMatchObject({ isUnderWay: true }));
  await tellOrder();
  await metered(1);
  expect(await reading()).toEqual({ isUnderWay: true, againAfter: null });
  await isReadAgain(60);
  expect(await readings()).toBe(1);
});

it('orders do not wait for the row of a project that one of them has made due', async () => {
  await world.connect();
  await isReadAgain(6 * 3_600);
  await tellOrder();
  await isReadAgain(60);
  const other = new pg.Client({ connectionString: world.db.adminUrl });
  await other.connect();
  try {
    await other.query('BEGIN');
    await other.query('SELECT FROM price_reading FOR UPDATE');
    await tellOrder();
    await metered(2);
  } finally {
    await other.end();
  }
});

it('each of two orders between two readings is billed by its own price, and one that tells none by the book', async () => {
  await world.connect();
  await isReadAgain(6 * 3_600);
  const before = await tellOrder({
    ...{ orderedAt: world.clock.now(), hourlyMicros: 8_800n, monthlyCapMicros: 5_490_000n },
  });
  await world.simulator('PUT', 'prices', { cx23: { hourly: '0.0200', monthly: '12.49' } });
  const after = await tellOrder({
    ...{ orderedAt: world.clock.now(), hourlyMicros: 20_000n, monthlyCapMicros: 12_490_000n },
  });
  const untold = await tellOrder({ orderedAt: world.clock.now() });
  await metered(3);
  expect(await readings()).toBe(1);
  const costs = () => Promise.all([before, after, untold].map((runnerId) => world.costOf(runnerId)));
  expect(await costs()).toEqual(['0.0088 EUR', '0.02 EUR', '0.0088 EUR']);
  await world.db.asAdmin(`UPDATE price_reading SET read_at = read_at - interval '1 day'`);
  await world.connect();
  await eventually(async () => expect(await costs()).toEqual(['0.0088 EUR', '0.02 EUR', '0.02 EUR']));
});

it('a new price follows the one before, also where a version that keeps no time of its readings has read that', async () => {
  await world.connect();
  await isReadAgain(6 * 3_600);
  await world.db.asAdmin(`UPDATE price_reading SET read_at = read_at - interval '1 day'`);
  await world.simulator('PUT', 'prices', { cx23: { hourly: '0.0200', monthly: '12.49' } });
  await world.connect();
  const prices = `SELECT hourly_micros FROM price WHERE type = 'cx23' AND location = 'fsn1' ORDER BY valid_from`;
  await eventually(async () => expect(await world.db.asAdmin(prices)).toHaveLength(2));
  expect(await world.db.asAdmin(prices)).toEqual([{ hourly_micros: '8800' }, { hourly_micros: '20000' }]);
});
