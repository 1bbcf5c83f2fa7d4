import { topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { Fleet } from './fleet.js';
import { ProvisioningWorld } from './provisioning-world.js';

let world: ProvisioningWorld;
let fleet: Fleet;

beforeAll(async () => {
  world = await ProvisioningWorld.start();
  await world.connect();
});
beforeEach(async () => {
  await setPrice({ hourly: '0.0123', monthly: '7.68' });
  fleet = await Fleet.create(world);
});
afterEach(async () => {
  await world.hetzner.steer('DELETE', 'faults');
  await fleet.remove();
});
afterAll(() => world.stop());

const setPrice = (cx23: object) => world.hetzner.steer('PUT', 'prices', { cx23 });
const kept = async () =>
  world.db.asAdmin('SELECT hourly_micros, monthly_cap_micros FROM machine WHERE pool_id = $1', [
    fleet.poolId,
  ]);
/** The prices that the events of the pool's machines tell, from the one on that tells of a server. */
const told = async () => {
  const events = (await world.published(topics.machine)).filter(
    ({ poolId, createdAt }) => poolId === fleet.poolId && createdAt !== undefined,
  );
  return new Set(events.map(({ hourlyMicros, monthlyCapMicros }) => `${hourlyMicros} ${monthlyCapMicros}`));
};
/** Events are published after what they tell of can be read. */
const isTold = (prices: string) => eventually(async () => expect(await told()).toEqual(new Set([prices])));

describe('what a machine was ordered at', () => {
  it('is kept and told from the answer to its order on, whatever prices are later', async () => {
    await world.want(fleet.poolId, 1);
    await fleet.reaches('ENROLLING');
    await setPrice({ hourly: '0.0200', monthly: '12.49' });
    await fleet.becomeIdle();
    expect(await kept()).toEqual([{ hourly_micros: '12300', monthly_cap_micros: '7680000' }]);
    await isTold('12300 7680000');
  });

  it.each([
    ['the answer was lost', { mode: 'lose_answer' }],
    ['the answer was cut off', { mode: 'truncate' }],
  ])('is unknown where %s: what its server shows when it is found is another price', async (_, how) => {
    await world.hetzner.steer('POST', 'faults', { operation: 'create_server', times: 1, ...how });
    await world.want(fleet.poolId, 1);
    await fleet.reaches('ENROLLING');
    expect(await kept()).toEqual([{ hourly_micros: null, monthly_cap_micros: null }]);
    await isTold('0 0');
  });

  it('is unknown where the answer names no amount, which hurts nothing', async () => {
    await setPrice({ hourly: '0', monthly: '7.68' });
    await world.want(fleet.poolId, 1);
    await fleet.becomeIdle();
    expect(await kept()).toEqual([{ hourly_micros: null, monthly_cap_micros: null }]);
    expect(await told()).toEqual(new Set(['0 0']));
    expect(await fleet.servers()).toHaveLength(1);
  });
});
