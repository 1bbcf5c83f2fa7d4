import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { newId, RunningBilling } from './running-billing.js';

const BEGINS = new Date('2026-11-02T08:00:00Z');
/** As fast as ours: an hour of the usual one is shorter than a reading. */
const FACTOR = 1;

let world: RunningBilling;
beforeAll(async () => {
  world = await RunningBilling.start(BEGINS, FACTOR);
});
afterAll(() => world.stop());

const tellOrder = () =>
  world.tell(topics.machine, {
    ...{ machineId: newId('machine'), runnerId: newId('runner'), poolId: 'pool_1' },
    ...{
      hetznerProjectId: world.projectId,
      version: 1n,
      generation: 1,
      serverType: 'cx23',
      location: 'fsn1',
    },
    orderedAt: timestampFromDate(BEGINS),
    createdAt: timestampFromDate(BEGINS),
    lastSeenAt: timestampFromDate(BEGINS),
  });
const reading = async () => {
  const [row] = await world.db.asAdmin(
    `SELECT lease_owner IS NOT NULL AS "isUnderWay", extract(epoch FROM due_at - read_at)::int AS "againAfter"
     FROM price_reading`,
  );
  return row;
};
const readings = async () => {
  const { calls } = await world.simulator<{ calls: { operation: string }[] }>('GET', 'report');
  return calls.filter(({ operation }) => operation === 'get_pricing').length;
};

it('another reading waits a minute where something was ordered while prices were read', async () => {
  await world.simulator('POST', 'faults', { operation: 'get_pricing', mode: 'delay', ms: 2_000, times: 1 });
  await world.connect();
  await eventually(async () => expect(await reading()).toMatchObject({ isUnderWay: true }));
  await tellOrder();
  await eventually(async () => expect(await world.db.asAdmin('SELECT FROM meter')).toHaveLength(1));
  expect(await reading()).toEqual({ isUnderWay: true, againAfter: null });
  await eventually(async () => expect(await reading()).toEqual({ isUnderWay: false, againAfter: 60 }));
  expect(await readings()).toBe(1);
});
