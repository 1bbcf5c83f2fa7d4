import { eventually } from '@cleanroom/testing';
import { Fleet, type MachineRow, type RunnerRow } from '../fleet.js';
import { ProvisioningWorld } from '../provisioning-world.js';

/** The five minutes after which a machine is silent are one of real time, which they always last at least. */
const SPEED = 5;
const SILENCE_MS = 60_000;
let world: ProvisioningWorld;

beforeAll(async () => {
  world = await ProvisioningWorld.start({ speed: SPEED });
  await world.connect();
});
afterAll(() => world.stop());

interface Idle {
  readonly fleet: Fleet;
  readonly runner: RunnerRow;
  readonly machine: MachineRow;
}

const idle = async (): Promise<Idle> => {
  const fleet = await Fleet.create(world);
  await world.want(fleet.poolId, 1);
  return { fleet, ...(await fleet.becomeIdle()) };
};

/** All was last heard a quarter of an hour ago, and is due. */
const makeLongUnheard = async () => {
  const then = new Date(world.clock.now().getTime() - 15 * 60_000);
  await world.db.asAdmin('UPDATE machine SET last_report_at = $1, ready_at = $1', [then]);
  await world.db.asAdmin('UPDATE runner SET state_since = $1, due_at = $1', [then]);
};

const stateOf = async ({ fleet, machine }: Idle) =>
  (await fleet.runners()).find(({ machine_id }) => machine_id === machine.id)?.state;

it('after an outage of ours a machine that reports again is kept, and one that stays silent is replaced', async () => {
  const speaking = await idle();
  const silent = await idle();
  await world.whileAway(makeLongUnheard);
  await eventually(
    async () => {
      await speaking.fleet.report(speaking.runner, speaking.machine, { event: 'ALIVE' });
      expect(await stateOf(speaking)).toBe('IDLE');
      expect(await stateOf(silent)).not.toBe('IDLE');
    },
    { within: 2 * SILENCE_MS, every: 100 },
  );
  const timeline = 'SELECT message FROM timeline WHERE runner_id = $1';
  const silence = { message: 'its machine is silent' };
  expect(await world.db.asAdmin(timeline, [silent.runner.id])).toContainEqual(silence);
  expect(await world.db.asAdmin(timeline, [speaking.runner.id])).not.toContainEqual(silence);
});
