import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { Fleet, type MachineRow, type RunnerRow } from '../fleet.js';
import { ProvisioningWorld } from '../provisioning-world.js';

/** The two minutes for which an unprotected machine is kept are one of real time, which they always last at least. */
const SPEED = 2;
const KEPT_MS = 60_000;
let world: ProvisioningWorld;
let fleet: Fleet;

beforeAll(async () => {
  world = await ProvisioningWorld.start({ speed: SPEED });
  await world.connect();
  fleet = await Fleet.create(world);
  await world.want(fleet.poolId, 1);
});
afterAll(() => world.stop());

/** The firewall service tells whether the machine's firewalls are in force. */
const isProtected = (runner: RunnerRow, { id: machineId, generation }: MachineRow, value: boolean) =>
  world.tell(topics.machineProtection, {
    ...{ machineId, generation, runnerId: runner.id, poolId: fleet.poolId },
    protected: value,
    verifiedAt: timestampFromDate(world.clock.now()),
  });
const gitlabRunner = ({ gitlab_runner_id: id }: MachineRow) =>
  world.gitlab.call<{ paused: boolean }>('GET', `/runners/${id}`);

it('a waiting machine takes no job while it is unprotected, and is replaced where it stays so', async () => {
  const { runner, machine } = await fleet.becomeIdle();
  await isProtected(runner, machine, false);
  await eventually(async () => expect(await gitlabRunner(machine)).toMatchObject({ paused: true }));
  await isProtected(runner, machine, true);
  await eventually(async () => expect(await gitlabRunner(machine)).toMatchObject({ paused: false }));
  expect((await fleet.runners())[0]).toMatchObject({ state: 'IDLE', machine_id: machine.id });
  await isProtected(runner, machine, false);
  const since = performance.now();
  await eventually(
    async () => {
      const gone = (await fleet.machines()).find(({ id }) => id === machine.id);
      expect(gone?.deleted_at).not.toBeNull();
    },
    { within: 2 * KEPT_MS },
  );
  expect(performance.now() - since).toBeGreaterThan(0.9 * KEPT_MS);
  const timeline = await world.db.asAdmin('SELECT message FROM timeline WHERE runner_id = $1', [runner.id]);
  expect(timeline).toContainEqual({ message: 'its firewalls are not in force' });
});
