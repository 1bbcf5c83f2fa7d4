import { systemClock } from '@cleanroom/kernel';
import { inOrganization } from '@cleanroom/persistence';
import { idleRunner } from './idle-runner.js';

let world: Awaited<ReturnType<typeof idleRunner>>;
beforeEach(async () => {
  world = await idleRunner(systemClock, { runner: { state: 'ASLEEP', machineId: null }, works: false });
  await inOrganization(world.db, world.organizationId, (tx) =>
    tx.query(
      `INSERT INTO budget (scope_id, organization_id, version, holds, blocks) VALUES ($1, $2, 1, true, true)`,
      [world.poolId, world.organizationId],
    ),
  );
});
afterEach(() => world.stop());

const refuses = (because: string) =>
  world.db.asAdmin('UPDATE budget SET refused_until = $1, refused_because = $2', [
    new Date(Date.now() + 600_000),
    because,
  ]);
/** It is told of anew, and refuses another runner again. */
const changes = async (because: string) => {
  await world.db.asAdmin('UPDATE budget SET refused_until = NULL, refused_because = NULL');
  await world.step();
  await refuses(because);
  await world.step();
};
const told = async () =>
  (await world.db.asAdmin(`SELECT message FROM timeline ORDER BY timeline.id`)).map(({ message }) => message);

it('a runner that a budget holds back again and again says so once for each reason', async () => {
  await refuses('the month is used up');
  await world.step();
  expect(await world.runner()).toMatchObject({ heldByBudget: true, trouble: 'BUDGET' });
  await changes('the month is used up');
  expect(await world.runner()).toMatchObject({ heldByBudget: true, stateReason: 'the month is used up' });
  expect(await told()).toEqual(['the month is used up']);
  await changes('the day is used up');
  expect(await told()).toEqual(['the month is used up', 'the day is used up']);
});
