import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { StaticIpStatus, StaticIpTrouble } from '@cleanroom/contracts';
import { systemClock } from '@cleanroom/kernel';
import { inOrganization } from '@cleanroom/persistence';
import { onStaticIp } from '../src/adapters/events/on-static-ip.consumer.js';
import { idleRunner, type Given } from './idle-runner.js';

let world: Awaited<ReturnType<typeof idleRunner>>;
afterEach(() => world.stop());

const given = async (what: Given): Promise<void> => {
  world = await idleRunner(systemClock, { ...what, works: false });
};
const LOST = 'its address was deleted at Hetzner';
let version = 0n;
/** Identity tells of the runner's address; 0: it has none now. */
const tell = (primaryIpId: bigint, reason = '', trouble = StaticIpTrouble.UNSPECIFIED, refusedUntil?: Date) =>
  inOrganization(world.db, world.organizationId, (tx) => {
    const status = primaryIpId > 0n ? StaticIpStatus.ACTIVE : StaticIpStatus.RESERVING;
    const address = primaryIpId > 0n ? '127.64.0.2' : '';
    const message = { runnerId: world.runnerId, status, primaryIpId, address, location: 'fsn1' };
    const refused = refusedUntil && { refusedUntil: timestampFromDate(refusedUntil) };
    const event = { message: { ...message, reason, trouble, ...refused }, version: ++version };
    return onStaticIp(systemClock).handle(
      tx,
      event as unknown as Parameters<ReturnType<typeof onStaticIp>['handle']>[1],
    );
  });
const poolIsDue = async (): Promise<boolean> =>
  (await world.db.asAdmin('SELECT 1 FROM pool WHERE due_at IS NOT NULL')).length === 1;
const poolRests = () => world.db.asAdmin('UPDATE pool SET due_at = NULL');

it('a sleeping runner that loses its address says why, until it has another, and its pool decides anew', async () => {
  const retryAt = new Date(Date.now() + 60_000);
  await given({ runner: { state: 'ASLEEP', machineId: null, retryAt, heldByBudget: true } });
  await tell(7n);
  expect(await world.runner()).toMatchObject({ retryAt, heldByBudget: true });
  await poolRests();
  await tell(0n, LOST, StaticIpTrouble.LIMIT);
  expect(await world.runner()).toMatchObject({
    primaryIpId: 0,
    stateReason: LOST,
    trouble: 'LIMIT',
    retryAt: null,
    heldByBudget: false,
  });
  expect(await poolIsDue()).toBe(true);
  await poolRests();
  await tell(8n);
  expect(await world.runner()).toMatchObject({ primaryIpId: 8, stateReason: null, trouble: null });
  expect(await poolIsDue()).toBe(true);
});

it('a runner that is awake, or sleeps with its address, says of it nothing', async () => {
  await given({ runner: { state: 'ASLEEP', machineId: null, stateReason: 'sold out', trouble: 'SOLD_OUT' } });
  await tell(7n);
  expect(await world.runner()).toMatchObject({ stateReason: 'sold out', trouble: 'SOLD_OUT' });
  await world.db.asAdmin(`UPDATE runner SET state = 'IDLE', state_reason = 'a window', trouble = NULL`);
  await tell(0n, LOST, StaticIpTrouble.LIMIT);
  expect(await world.runner()).toMatchObject({ stateReason: 'a window', trouble: null });
});

const NO_ROOM = 'the budget of the pool, 1.00 EUR a month, is used up';
const timeline = () =>
  world.db.asAdmin(`SELECT message, actor FROM timeline WHERE kind = 'BUDGET_EXHAUSTED' ORDER BY id`);
/** What others were told of the runner, such as whoever says what its jobs wait for. */
const told = async () => Number((await world.db.asAdmin('SELECT version FROM runner'))[0]?.version);

it('a runner whose address a budget refuses says so once, to all who ask, until it is ordered', async () => {
  const until = new Date(Date.now() + 600_000);
  await given({ runner: { state: 'REQUESTED', machineId: null, primaryIpId: 0 } });
  const before = await told();
  await tell(0n, NO_ROOM, StaticIpTrouble.BUDGET, until);
  const refused = { stateReason: NO_ROOM, trouble: 'ADDRESS_BUDGET', retryAt: until };
  expect(await world.runner()).toMatchObject(refused);
  expect(await told()).toBe(before + 1);
  // It asks again, and is refused again.
  await tell(0n, NO_ROOM, StaticIpTrouble.BUDGET);
  expect(await world.runner()).toMatchObject({ ...refused, retryAt: null });
  await tell(0n, NO_ROOM, StaticIpTrouble.BUDGET, until);
  expect(await timeline()).toEqual([{ message: `no static IP is ordered: ${NO_ROOM}`, actor: 'identity' }]);
  await tell(7n);
  expect(await world.runner()).toMatchObject({
    primaryIpId: 7,
    stateReason: null,
    trouble: null,
    retryAt: null,
  });
});
